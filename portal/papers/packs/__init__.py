"""All published papers of a meeting in one file."""
