"""What a new connector or a new service begins with: its files, and the names filled in."""
