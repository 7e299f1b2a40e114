"""Background work, ordered in the very commit that causes it."""
