"""Help with an application: who helps whom, and how they agreed to it."""
