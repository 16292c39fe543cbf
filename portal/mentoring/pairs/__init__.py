"""One's own mentoring: asking, pairs with their sessions and notes, and the pulse."""
