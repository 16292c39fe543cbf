"""Mentoring: mentors, matching, pairs with their sessions and sealed notes, and the pulse."""
