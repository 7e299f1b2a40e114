"""Files received and letters made: checked, re-encoded, kept with the rows they belong to."""
