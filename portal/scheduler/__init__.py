"""The process that watches the clock: what is due, the mail, and the work queue."""
