"""The officer’s desk: every rep of a board and everything due, on one page."""
