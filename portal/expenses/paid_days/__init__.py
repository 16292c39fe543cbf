"""Correcting the day on which a payment run was paid."""
