"""The attributes we may ask or hold."""
