"""Where an uploaded file belongs, from its name: pure functions, and no database."""
