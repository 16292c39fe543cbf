"""Emails: who hears of what, the outbox, and the mailer that empties it."""
