"""Boards, their groups, seats, appointments, staff roles and settings."""
