"""The one door to outside systems: what we ask of them, and how we call them."""
