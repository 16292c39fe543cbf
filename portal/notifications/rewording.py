"""A title that names someone goes from what is kept of emails."""

from __future__ import annotations

from uuid import UUID

from portal.notifications import queries


def reword(meeting_id: UUID, was: str, now: str) -> None:
    """A title that names someone goes from the facts of every email about a meeting, sent or not."""
    for email in queries.emails_of_meeting(meeting_id):
        facts = _reworded(email.facts, was, now)
        if isinstance(facts, dict) and facts != email.facts:
            email.facts = facts


def _reworded(value: object, was: str, now: str) -> object:
    """The same JSON with one text in the place of another."""
    if isinstance(value, dict):
        return {key: _reworded(one, was, now) for key, one in value.items()}
    if isinstance(value, list):
        return [_reworded(one, was, now) for one in value]
    return now if value == was else value
