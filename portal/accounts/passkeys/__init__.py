"""Passkeys: signing in with a key that a phone or computer keeps, beside passwords and codes."""
