"""People and how they get in: invitations, sign-in, sessions, mailed links, preferences."""
