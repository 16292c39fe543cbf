"""Courses, of boards and of the nation."""
