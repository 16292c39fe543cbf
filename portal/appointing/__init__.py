"""Proposed appointments: an engagement officer says who should have a seat, and an administrator confirms it."""
