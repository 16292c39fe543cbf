"""Saying that one cannot come, and undoing it within ten minutes."""
