"""Carer Awareness for everybody on a board."""
