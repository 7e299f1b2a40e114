"""Ordering Blue Badges from the badge management service of the Department for Transport."""
