"""Sending a claim, and withdrawing it."""
