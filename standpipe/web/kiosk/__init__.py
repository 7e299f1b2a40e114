"""Pages of a public computer: opening one, needing more time, and forgetting all."""
