"""Deciding on claims."""
