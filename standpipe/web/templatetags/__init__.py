"""Tags for the templates of Django that allauth brings; all others are Jinja."""
