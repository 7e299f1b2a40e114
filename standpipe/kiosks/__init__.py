"""Public computers of organisations, which forget whoever used them."""
