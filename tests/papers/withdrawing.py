"""Withdrawing in tests: outside of requests, each in a context of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.destination import Destination
from portal.papers.models import Pack, Paper, PaperVersion
from portal.papers.packs import queries as pack_queries
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing import actions, queries
from portal.papers.withdrawing.rules import ERROR, WHOLE
from portal.scheduler.run import work_once
from tests.cast import anywhere
from tests.made_papers import made_paper

Outside = Callable[[], AbstractContextManager[Any]]
Answer = TypeVar("Answer")
Given = ParamSpec("Given")
INSIDE: list[Outside] = []


def outside(find: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The same in a context of its own: one that is shared would tell each request who made the one before."""

    @wraps(find)
    def found(*args: Given.args, **named: Given.kwargs) -> Answer:
        with INSIDE[0]():
            return find(*args, **named)

    return found


def packs_of(things: dict[str, Any]) -> Sequence[Pack]:
    return pack_queries.packs(things["meeting_id"])


@outside
def loaded(paper_id: UUID) -> Paper:
    return queries.paper_by_id(paper_id)


@outside
def versions(things: dict[str, Any]) -> Sequence[PaperVersion]:
    return queries.versions(things["paper_id"])


@outside
def every(statement: Any) -> list[Any]:
    return list(db.session.scalars(anywhere(statement)))


@outside
def version_of_meeting(things: dict[str, Any]) -> int:
    return meeting_by_id(things["meeting_id"]).version


@outside
def withdraw(things: dict[str, Any], reason: str, what: str = WHOLE, paper: str = "paper_id", **more: str) -> UUID:
    with unit_of_work():
        version = meeting_by_id(things["meeting_id"]).version
        made = actions.withdraw(queries.paper_by_id(things[paper]), version, what, reason, **more).id
    while work_once():
        pass
    return made


@outside
def upload(things: dict[str, Any], place: Destination, words: str, publish: bool = True) -> UUID:
    """A file for a place, published at once if wanted; its version."""
    with unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        [version] = preparing.upload(meeting, [(f"{words}.pdf", made_paper(words, 2))], 50_000_000)
        version_id = version.id
    while work_once():
        pass
    with unit_of_work():
        preparing.sort_files(meeting_by_id(things["meeting_id"]), [Sorted(version_id, place, words)])
        if publish:
            meeting = meeting_by_id(things["meeting_id"])
            preparing.publish(meeting, meeting.version)
    while work_once():
        pass
    return version_id


@outside
def told(template: str) -> dict[UUID, Email]:
    statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
    return {one.person_id: one for one in db.session.scalars(anywhere(statement))}


def form(things: dict[str, Any], visitor: Any, **more: str) -> dict[str, str]:
    """What the second step sends, once the first was answered."""
    typed = {"what": WHOLE, "reason": ERROR, "words": "", "title": "Budget", **more}
    first = {name: typed[name] for name in ("what", "reason")}
    page = visitor.post(f"/papers/{things['paper_id']}/withdraw", first).text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    return {**typed, "version": version}
