"""The drill of kills, in parts: who submits, who dies, what is counted, and two wrong servers."""
