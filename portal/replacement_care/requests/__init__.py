"""A request for care, as its rep makes it."""
