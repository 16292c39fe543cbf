"""Who did what, append-only: one line an event, written with the change, chained afterwards so that tampering shows."""
