"""Payment runs, and the books of a month."""
