"""What if: a changed rule as a draft, its effects, and its publication."""
