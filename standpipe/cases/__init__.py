"""Work for a person: status, tasks, clock, decision; every change an event."""
