"""The full dialect: every boxed expression of DMN 1.5, one decision at a time."""
