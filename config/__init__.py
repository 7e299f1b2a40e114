"""Where the house is wired: settings, environment, URLs, command line."""
