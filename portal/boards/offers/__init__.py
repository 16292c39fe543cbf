"""Inviting somebody whose account another board gave them: an offer, which they accept or decline."""
