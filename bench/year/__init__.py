"""A year of a county, played in an hour: who asks when, what they answer, what the office does."""
