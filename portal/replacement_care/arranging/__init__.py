"""Arranging the care that was asked for."""
