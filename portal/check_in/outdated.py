"""Which answers hold, as parts of a statement on meetings: of check-ins in it, and of whoever goes instead of a rep."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Label, SQLColumnExpression, and_, case, or_, select
from sqlalchemy.orm import aliased

from portal.check_in.models import CheckIn
from portal.check_in.rules import IN_PERSON, NO
from portal.meetings.models import Meeting, StandIn


def is_outdated() -> ColumnElement[bool]:
    """Whether somebody said that they come in person to what is online only by now."""
    return and_(CheckIn.coming == IN_PERSON, Meeting.link != "", Meeting.place == "")


def answered_for() -> Label[date | None]:
    """For which day an answer holds; none, where it holds no more."""
    return case((~is_outdated(), CheckIn.answered_for)).label("answered_for")


def said_instead_of(rep_id: SQLColumnExpression[UUID]) -> Label[str | None]:
    """What the depute of a rep has said, as said_by_depute has it; none where nobody is down to go, or has said it."""
    goes, theirs = aliased(StandIn), aliased(CheckIn)
    is_theirs = and_(theirs.meeting_id == goes.meeting_id, theirs.person_id == goes.person_id)
    of_rep = (goes.board_id == Meeting.board_id, goes.meeting_id == Meeting.id, goes.on_behalf_of_id == rep_id)
    holds = or_(theirs.coming == NO, theirs.answered_for == Meeting.meets_on)
    said = select(theirs.coming).join(goes, is_theirs).where(*of_rep, holds)
    return said.order_by(goes.id).limit(1).correlate_except(goes, theirs).scalar_subquery().label("depute_said")
