"""The form of a service on paper: made from the same pages as the web's, and read back from it."""
