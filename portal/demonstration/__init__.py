"""The demonstration: two fictional boards with everything filled in. None of it exists in production."""
