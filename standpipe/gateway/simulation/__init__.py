"""What every simulator of an outside system is made of: a server that can also fail."""
