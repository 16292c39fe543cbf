"""Support meetings before a board meets, the points reps bring, and how a meeting was for them."""
