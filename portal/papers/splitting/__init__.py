"""Splitting a combined pack into the papers that are in it."""
