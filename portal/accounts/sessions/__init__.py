"""Where somebody is signed in: as they see it themselves, and end it."""
