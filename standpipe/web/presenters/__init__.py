"""Values turned into the plain dicts that templates show; no request, no database."""
