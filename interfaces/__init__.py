"""Other bodies' published APIs, served by us: a client of theirs works against this place."""
