"""What `./run drill mutation` runs in a folder of its own: breaks, and asks the tests each time."""
