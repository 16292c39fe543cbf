"""What a rep has been asked for and has not answered yet, as lines that lead to where an officer sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from portal.check_in.rules import LACKS_ANSWER
from portal.core.clock import london_day
from portal.core.text import short_day_words
from portal.expenses.claims.rules import QUERIED
from portal.expenses.on_behalf.rules import waits_for_rep
from portal.infra.todo_line import BY, SINCE, Line
from portal.training.inductions import rules as inductions

if TYPE_CHECKING:
    from portal.check_in.todo import Asked
    from portal.expenses.models import Claim
    from portal.replacement_care.models import CareRequest
    from portal.role_descriptions.models import RoleDescription
    from portal.training.inductions.queries import Induction

REP = "rep"  # who is to agree to a change of care


def of_meetings(asked: Sequence[Asked], groups: Mapping[UUID, str], today: date) -> Iterator[Line]:
    """Whether they come to a meeting: from when they were asked, until they, or a depute who goes, have answered."""
    for one in asked:
        if one.answer(today) in LACKS_ANSWER:
            title = f"Whether they’re coming: {groups.get(one.meeting_id, '')}, {short_day_words(one.meets_on)}"
            who = "Their depute is down to go, and has not answered yet" if one.has_depute else ""
            yield _line("check_in.coming", one.meets_on, title, who, meeting_id=one.meeting_id)


def of_roles(to_agree: Sequence[RoleDescription], groups: Mapping[UUID, str], board: str) -> Iterator[Line]:
    for one in to_agree:
        if one.published_at:
            title = f"Agreement to the role description: {groups[one.group_id]}, version {one.number}"
            day = london_day(one.published_at)
            yield _since("role_descriptions.show", day, title, board=board, group_id=one.group_id)


def of_induction(induction: Induction | None, board: str, today: date) -> Iterator[Line]:
    """Steps that are theirs to do, and late or due within a week."""
    if induction is None:
        return
    for task in induction.tasks:
        is_asked = task.state(today, induction.appointment.until_on) in (inductions.LATE, inductions.DUE)
        if task.owner == inductions.REP and is_asked:
            line = _line("training.inductions", task.due_on, task.title, "A step of their induction", board=board)
            yield replace(line, is_late=task.due_on < today)


def of_care(care: Sequence[CareRequest], now: datetime) -> Iterator[Line]:
    for one in care:
        day = short_day_words(one.on_day)
        if one.ends_at <= now:
            title = f"Whether their replacement care took place: {day}"
            yield _since("replacement_care.arrange", one.on_day, title, request_id=one.id)
        elif one.to_agree == REP:
            title = f"Whether the offered times for replacement care suit them: {day}"
            yield _line("replacement_care.arrange", one.on_day, title, request_id=one.id)


def of_claims(claims: Sequence[Claim], board: str) -> Iterator[Line]:
    """Of claims that the officer who looks wrote for them."""
    for one in claims:
        if one.to_confirm_at and waits_for_rep(one.status):
            what = "An answer about" if one.status == QUERIED else "A check of"
            title = f"{what} the claim you wrote for them: {one.title}, {short_day_words(one.happened_on)}"
            yield _since("expenses.for_reps", london_day(one.to_confirm_at), title, board=board)


def _line(endpoint: str, day: date, title: str, detail: str = "", **where: object) -> Line:
    return Line(day, title, detail, where, day_is=BY, endpoint=endpoint)


def _since(endpoint: str, day: date, title: str, **where: object) -> Line:
    return Line(day, title, "", where, day_is=SINCE, endpoint=endpoint)
