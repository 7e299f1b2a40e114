"""Ask once: what is known of a person, from whom, since when, and for how long."""
