"""The rows that one act adds, written together."""
