"""The platform: what reads the words, services, places and connectors at the root."""
