"""Answering an invitation by its link."""
