"""A claim, from its first line to the moment it is sent."""
