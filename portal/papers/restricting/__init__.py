"""Restricting an item that is published, and lifting that: who can read it then is said before."""
