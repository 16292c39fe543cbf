"""Deputes: a rep nominates somebody, the board's officer confirms, and the depute agrees to the role."""
