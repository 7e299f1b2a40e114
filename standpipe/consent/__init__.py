"""May we use this attribute, for this purpose, on which basis? The only maker of permissions."""
