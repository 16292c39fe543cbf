"""Correcting what “Are papers on time?” rests on: the day of a meeting, whether it was held, the target for papers."""
