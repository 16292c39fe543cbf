"""Answers that hold no more since a meeting is online only, as parts of a statement on meetings and check-ins."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Label, and_, case

from portal.check_in.models import CheckIn
from portal.check_in.rules import IN_PERSON
from portal.meetings.models import Meeting


def is_outdated() -> ColumnElement[bool]:
    """Whether somebody said that they come in person to what is online only by now."""
    return and_(CheckIn.coming == IN_PERSON, Meeting.link != "", Meeting.place == "")


def answered_for() -> Label[date | None]:
    """For which day an answer holds; none, where it holds no more."""
    return case((~is_outdated(), CheckIn.answered_for)).label("answered_for")
