"""Meetings, their agenda, who is coming, and calendar feeds."""
