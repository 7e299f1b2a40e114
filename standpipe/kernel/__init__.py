"""Errors, identifiers, texts, money and data files: what every floor stands on."""
