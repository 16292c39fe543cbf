"""A rep says that they want to stop, and what becomes of it."""
