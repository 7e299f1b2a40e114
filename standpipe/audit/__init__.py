"""What was done, by whom, about whom, on what basis: append-only and hash-chained."""
