"""Training sessions and who has a place."""
