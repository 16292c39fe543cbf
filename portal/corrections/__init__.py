"""Corrections: facts of the past put right by somebody entitled, with a reason, and both values kept."""
