"""Looking again at decided cases: a sample that anybody can draw again, marked by another."""
