"""The page on which a board's administrators read who did what, and the daily email with the head of the chain."""
