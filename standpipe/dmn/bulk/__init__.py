"""The same tables over whole populations: as Polars expressions and as SQL."""
