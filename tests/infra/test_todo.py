"""What waits for somebody is asked for at once, each kind with its own columns, and said by day and title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Date, String, Uuid, event, literal, select

from portal.access.roles import Viewer
from portal.infra.database import UtcMoment, db
from portal.infra.todo import Line, Rows, Says, ToDo, Whom, ask

ANN = Viewer(UUID(int=9))
HERE, THERE = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 3)
AT = datetime(2026, 3, 3, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Paper:
    board_id: UUID
    title: str
    author: str
    due_on: date
    pages: int
    is_late: bool


@dataclass(frozen=True)
class Seen:
    seen_at: datetime | None
    board_id: UUID
    person_id: UUID


def papers(_person: Viewer, _today: date) -> Rows:
    """One paper of each of two boards."""
    two = [_paper(HERE, "Zinc", date(2026, 3, 5), True), _paper(THERE, "Apples", date(2026, 3, 5), False)]
    found = two[0].union_all(two[1]).subquery()
    return select(*found.c)


def _paper(board_id: UUID, title: str, day: date, is_late: bool) -> Any:
    words = (literal(title, String()).label("title"), literal("Bo", String()).label("author"))
    rest = (literal(day, Date()).label("due_on"), literal(3).label("pages"))
    return select(_board(board_id), *words, *rest, literal(is_late, Boolean()).label("is_late"))


def _board(board_id: UUID) -> Any:
    return literal(board_id, Uuid()).label("board_id")


def seen(person: Viewer, _today: date) -> Rows:
    moments = (literal(AT, UtcMoment()).label("seen_at"), _board(HERE))
    return select(*moments, literal(person.id, Uuid()).label("person_id"))


def nothing(_person: Viewer, _today: date) -> Rows | None:
    return None


def read(found: Sequence[Paper], today: date) -> Iterator[Line]:
    for one in found:
        yield Line(one.due_on, f"Read {one.title}", f"{one.pages} pages", is_late=one.due_on < today)


def look(found: Sequence[Seen], today: date) -> Iterator[Line]:
    yield Line(today, f"Look at {len(found)}")


PAPERS = ToDo("papers", Whom.THEMSELVES, Paper, papers, first_page=Says("home.index", read))
SEEN = ToDo("seen", Whom.STAFF, Seen, seen, first_page=Says("home.help_page", look), in_table=True)
NOTHING = ToDo("nothing", Whom.STAFF, Seen, nothing, first_page=Says("home.index", look))


def test_each_kind_keeps_its_own_columns_in_one_query(work: Any, dialect: str) -> None:
    asked: list[str] = []
    with work():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
        found = ask([PAPERS, NOTHING, SEEN], ANN, TODAY)
    assert [one for one in asked if "UNION ALL" in one] == [one for one in asked if one.startswith("SELECT")]
    assert Paper(HERE, "Zinc", "Bo", date(2026, 3, 5), 3, True) in found.of(PAPERS)
    assert found.of(SEEN) == [Seen(AT, HERE, ANN.id)]
    assert found.of(NOTHING) == ()


def test_lines_stand_by_day_and_then_by_title(work: Any, dialect: str) -> None:
    with work():
        lines = ask([PAPERS, SEEN], ANN, TODAY).lines(lambda kind: kind.first_page, TODAY)
    assert [line.title for line in lines] == ["Look at 1", "Read Apples", "Read Zinc"]
    assert [line.endpoint for line in lines] == ["home.help_page", "home.index", "home.index"]


def test_of_one_board_nothing_of_another_is_found(work: Any, dialect: str) -> None:
    with work():
        found = ask([PAPERS, SEEN], ANN, TODAY, THERE)
    assert [one.title for one in found.of(PAPERS)] == ["Apples"]
    assert found.of(SEEN) == []


def test_the_table_finds_rows_by_person(work: Any, dialect: str) -> None:
    with work():
        found = ask([PAPERS, SEEN], ANN, TODAY)
    assert len(found.about(SEEN, ANN.id)) == 1
    assert found.about(SEEN, HERE) == ()


def test_a_kind_that_says_nothing_makes_no_line(work: Any, dialect: str) -> None:
    with work():
        assert ask([PAPERS, SEEN], ANN, TODAY).lines(lambda kind: kind.desk, TODAY) == []


def test_nothing_is_asked_for_where_nothing_can_wait() -> None:
    assert ask([NOTHING], ANN, TODAY).rows == {}


def test_columns_that_are_not_the_fields_of_the_row_are_refused() -> None:
    with pytest.raises(AssertionError, match="seen"):
        ask([ToDo("papers as seen", Whom.STAFF, Seen, papers)], ANN, TODAY)
