"""Correcting what the record of notice rests on: the day of a meeting, whether it was held, the target for papers."""
