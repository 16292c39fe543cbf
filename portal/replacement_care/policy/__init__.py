"""What a board offers, and the providers it knows."""
