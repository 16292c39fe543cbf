"""An agenda quickly: the last one again, a group's standing items, a pasted list; and numbers that follow the order."""
