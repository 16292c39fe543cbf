"""What is said on the next page when nothing was done."""

from __future__ import annotations

from flask import flash

REFUSED = "refused"  # the category of such a message


def not_done(why: str) -> None:
    """Say that nothing was done and why: not as what was saved is said, and read out at once."""
    flash(why, REFUSED)
