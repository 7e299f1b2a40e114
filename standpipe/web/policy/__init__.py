"""Pages on which the owners of a service change its rules, and see what that does."""
