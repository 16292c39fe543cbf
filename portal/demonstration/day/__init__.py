"""Moving the demonstration to another day, and back."""
