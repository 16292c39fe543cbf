"""Everything held about one person: worked out from the columns that point to people, so that no table is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, not_, or_, select

from portal.accounts.models import Person
from portal.audit import queries as audit
from portal.audit.models import AuditLine
from portal.boards.models import Board, Group, Seat
from portal.capability import gathered
from portal.core.events import sentence_of
from portal.core.text import day_words, moment_words
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sealed import NOT_OPENED, CannotOpen, Sealed
from portal.meetings.models import Meeting
from portal.papers.models import Paper
from portal.privacy.labels import label
from portal.retention.queries import points_to_people
from portal.retention.rule import RetentionRule

YOU, SOMEONE = "you", "someone else"
SAID = "what_happened"  # of a line of the trail; on paper it stands in the place of the event's name
ID_LENGTH = len(str(UUID(int=0)))
Row = dict[str, Any]  # a row as it is shown: any column, any value
Held = dict[str, list[Row]]
LABELS: dict[str, tuple[Any, Any]] = {  # a model, and its column to show
    "board_id": (Board, Board.short_name),
    "group_id": (Group, Group.name),
    "seat_id": (Seat, Seat.title),
    "meeting_id": (Meeting, Meeting.meets_on),
    "paper_id": (Paper, Paper.title),
}


def everything_about(person_id: UUID) -> Held:
    """What is held about a person, by what it is in plain words; ids of things stand beside their names."""
    found = {rule.what: _rows(rule, person_id) for rule in gathered().retention}
    held = {what: rows for what, rows in found.items() if rows}
    rows = [row for rows in held.values() for row in rows]
    _name_things(rows)
    others = _people_in(rows) - {person_id}
    return {what: [_of_nobody_else(row, person_id, others) for row in rows] for what, rows in held.items()}


def _people_in(rows: Sequence[Row]) -> set[UUID]:
    """Who is pointed to by an id anywhere in these rows."""
    ids = {one for row in rows for one in _ids(row)}
    return set(db.session.scalars(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id)))


def _ids(value: object) -> Iterator[UUID]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _ids(one)
    elif (found := _as_id(value)) is not None:
        yield found


def _as_id(value: object) -> UUID | None:
    """An id, also one that stands as text among the facts of a line."""
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value) if isinstance(value, str) and len(value) == ID_LENGTH else None
    except ValueError:
        return None


def _of_nobody_else(row: Row, me: UUID, others: set[UUID]) -> Row:
    """The same row, or part of one, without the id of anybody else."""
    return {key: one if key == "id" else _without(one, me, others) for key, one in row.items()}


def _without(value: object, me: UUID, others: set[UUID]) -> object:
    if isinstance(value, dict):
        return _of_nobody_else(value, me, others)
    if isinstance(value, list):
        return [_without(one, me, others) for one in value]
    found = _as_id(value)
    return YOU if found == me else SOMEONE if found in others else value


def _rows(rule: RetentionRule, person_id: UUID) -> list[Row]:
    if rule.model is AuditLine:
        return [_row(rule, line) for line in audit.lines_about(person_id)]
    own = [column == person_id for column in _whose(rule)] + ([rule.also(person_id)] if rule.also else [])
    if not own:
        return []
    [key] = rule.model.__mapper__.primary_key
    others = [not_(rule.unless())] if rule.unless else []
    statement = select(rule.model).where(or_(*own), *others).order_by(key)
    return [_row(rule, one) for one in db.session.scalars(across_boards(statement, CrossBoardReason.OWN_DATA)).unique()]


def _whose(rule: RetentionRule) -> list[ColumnElement[object]]:
    """The columns that say whose a row is: whoever only did something with it has a line of the trail for that."""
    people = list(_pointing_to_people(rule.model))
    return [column for column in people if column.key in rule.whose] or people


def _pointing_to_people(model: Any) -> Iterator[Any]:  # any model
    if model is Person:
        yield model.__table__.c.id
    for column in model.__table__.columns:
        if points_to_people(column):
            yield column


def _row(rule: RetentionRule, thing: Any) -> Row:  # a row of any model
    """The columns of one row that its person may see, sealed ones opened."""
    sealed = {one.column.column: name for name, one in vars(rule.model).items() if isinstance(one, Sealed)}
    row: Row = {}
    for column in rule.model.__table__.columns:
        value = getattr(thing, column.key)
        if column.key in sealed and column.key not in rule.secret:
            row[sealed[column.key]] = getattr(thing, sealed[column.key]) if value else None
        elif column.key not in rule.secret:
            row[column.key] = value
    return {**_of_trail(thing), **row} if rule.model is AuditLine else row


def _of_trail(line: AuditLine) -> Row:
    """What a line of the trail says, in its own sentence, and what of it can be erased."""
    personal = {"personal": _about_people(line)} if line.sealed_personal else {}
    return {SAID: sentence_of(line.event), **personal}


def _about_people(line: AuditLine) -> dict[str, str] | str:
    try:
        return line.about_people
    except CannotOpen:
        return NOT_OPENED


def _name_things(rows: Sequence[Row]) -> None:
    """Put the name of each board, group, seat, meeting and paper beside its id, in one query for each kind."""
    for key, (model, title) in LABELS.items():
        ids = {row[key] for row in rows if row.get(key)}
        statement = across_boards(select(model.id, title).where(model.id.in_(ids)), CrossBoardReason.OWN_DATA)
        names = {thing: name for thing, name in db.session.execute(statement.order_by(model.id))}  # noqa: C416 - rows are not pairs to mypy
        for row in rows:
            if row.get(key) in names:
                row[key.removesuffix("_id")] = names[row[key]]


def as_json(held: Held) -> str:
    return json.dumps(held, indent=2, ensure_ascii=False, default=str)


def as_pdf(held: Held, name: str, now: datetime) -> bytes:
    """The same for reading on paper: no ids where there is a name, no empty fields."""
    from portal.privacy.printing import printed  # reportlab is heavy

    sections = [(what, [_printed(row) for row in rows]) for what, rows in held.items()]
    return printed(f"What is held about {name}", f"On {moment_words(now)}", sections)


def _printed(row: Row) -> list[tuple[str, str]]:
    named = {key for key in LABELS if key.removesuffix("_id") in row} | {"id"}
    named |= {"event"} if SAID in row else set()
    shown = ((key, value) for key, value in row.items() if key not in named and value not in (None, "", [], {}))
    return [(label(key), _words(value)) for key, value in shown]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, dict):
        return "; ".join(f"{label(key)}: {_words(one)}" for key, one in value.items() if one not in (None, "", []))
    return ", ".join(map(_words, value)) if isinstance(value, list) else str(value)
