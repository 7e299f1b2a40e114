"""Pages for assessors: what they were asked, and nothing else of the case."""
