"""Expenses: the board's policy, a rep's claims priced by it, decided by somebody else, and paid."""
