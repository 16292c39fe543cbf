"""Who did what, append-only: one line an event, written in the same transaction as the change."""
