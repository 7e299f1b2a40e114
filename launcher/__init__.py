"""What `./run` does: set-up, PostgreSQL, and the processes of a demo or of the tests."""
