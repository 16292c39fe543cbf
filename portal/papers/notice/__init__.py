"""How much notice papers gave."""
