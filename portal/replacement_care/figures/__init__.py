"""Care in figures."""
