"""Withdrawing a published paper or a version of it, and what becomes of the file."""
