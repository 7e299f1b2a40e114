"""Pages for citizens and staff; decides nothing."""
