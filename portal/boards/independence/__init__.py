"""Whether of two people on a board neither owes their role there to the other."""
