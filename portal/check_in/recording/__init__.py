"""Recording who came."""
