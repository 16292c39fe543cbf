"""Notes that a rep shares with whoever goes for them."""
