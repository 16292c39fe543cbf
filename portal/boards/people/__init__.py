"""People of a board: roles, accounts, and lists of them."""
