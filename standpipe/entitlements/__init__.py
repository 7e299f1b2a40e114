"""What was granted: the register of badges, permits and licences, and the check by number."""
