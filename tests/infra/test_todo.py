"""What waits for somebody is asked for at once, each kind with its own columns, and said by day and title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Date, String, Uuid, event, literal, select

from portal.access.permissions import DESK_READ
from portal.access.roles import Viewer
from portal.boards.models import Appointment
from portal.infra.database import UtcMoment, db
from portal.infra.kept import Whoever
from portal.infra.scope import NoBoardScope
from portal.infra.todo import MOST_KEPT, Rows, Says, ToDo, Waiting, Whom, _question, ask
from portal.infra.todo_line import Line, several_late

ANN, BOB = Viewer(UUID(int=9)), Viewer(UUID(int=8))
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


@dataclass(frozen=True)
class Time:
    """What time it was, as the database was told."""

    board_id: UUID
    day: date
    next_day: date
    moment: datetime


@dataclass(frozen=True)
class Board:
    board_id: UUID


def papers(_who: Whoever) -> Rows:
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


def seen(who: Whoever) -> Rows:
    moments = (literal(AT, UtcMoment()).label("seen_at"), _board(HERE))
    return select(*moments, who.id.label("person_id"))


def nothing(who: Whoever) -> Rows:
    return seen(who).where(who.may(DESK_READ))


def times(who: Whoever) -> Rows:
    days = {"day": who.today, "next_day": who.today + timedelta(days=1), "moment": who.now}
    return select(_board(HERE), *(value.__clause_element__().label(name) for name, value in days.items()))


def every_seat(_who: Whoever) -> Rows:
    """It forgets to say whose."""
    return select(Appointment.board_id).where(Appointment.from_on <= TODAY)


def read(found: Sequence[Paper], today: date) -> Iterator[Line]:
    for one in found:
        yield Line(one.due_on, f"Read {one.title}", f"{one.pages} pages", is_late=one.due_on < today)


def look(found: Sequence[Seen], today: date) -> Iterator[Line]:
    yield Line(today, f"Look at {len(found)}")


PAPERS = ToDo("papers", Whom.THEMSELVES, Paper, papers, first_page=Says("home.index", read))
TIMES = ToDo("time", Whom.NOBODY, Time, times)
SEEN = ToDo("seen", Whom.STAFF, Seen, seen, first_page=Says("help.index", look), in_table=True)
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
    assert [line.endpoint for line in lines] == ["help.index", "home.index", "home.index"]


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


def test_whoever_is_alike_is_asked_the_same_and_finds_their_own(work: Any, dialect: str) -> None:
    before = _question.cache_info()
    with work():
        for person in (ANN, BOB, ANN):
            assert ask([SEEN], person, TODAY).of(SEEN) == [Seen(AT, HERE, person.id)]
        for board_id in (HERE, THERE, HERE):
            found = ask([SEEN, PAPERS], ANN, TODAY, board_id)
            assert {one.board_id for kind in (SEEN, PAPERS) for one in found.of(kind)} == {board_id}
    made = _question.cache_info().misses - before.misses
    assert made <= 2, "one of all boards, one of one board"


def test_what_is_kept_is_told_the_day_and_the_moment_anew(work: Any, dialect: str, at: Any) -> None:
    with work():
        for later in (timedelta(), timedelta(days=3), timedelta(hours=2)):
            at(AT + later)
            day = TODAY + later
            assert ask([TIMES], ANN, day).of(TIMES) == [Time(HERE, day, day + timedelta(days=1), AT + later)]


def test_a_row_of_one_column_is_read(work: Any, dialect: str) -> None:
    kind = ToDo("board", Whom.NOBODY, Board, lambda _who: select(_board(HERE)))
    with work():
        assert ask([kind], ANN, TODAY).of(kind) == [Board(HERE)]


def test_a_kind_that_forgets_to_say_whose_is_refused(work: Any) -> None:
    kind = ToDo("every seat", Whom.STAFF, Board, every_seat)
    with work():
        for _ in range(2):
            with pytest.raises(NoBoardScope, match="appointments"):
                ask([SEEN, kind], ANN, TODAY)
        assert len(ask([SEEN, kind], ANN, TODAY, HERE).rows) == 2, "of one board, it is said"


def test_no_more_is_kept_than_so_much() -> None:
    assert _question.cache_info().maxsize == MOST_KEPT


def test_columns_that_are_not_the_fields_of_the_row_are_refused() -> None:
    with pytest.raises(AssertionError, match="seen"):
        ask([ToDo("papers as seen", Whom.STAFF, Seen, papers)], ANN, TODAY)


def test_what_is_late_stands_above_what_is_not() -> None:
    kind: ToDo[Board] = ToDo("x", Whom.STAFF, Board, lambda _who: select())
    day = timedelta(days=1)
    said = [Line(TODAY - 9 * day, "Old", day_is="Since"), Line(TODAY - day, "Late"), Line(TODAY - 2 * day, "Later")]
    says: Says[Board] = Says("home.index", lambda _rows, _today: said)
    lines = Waiting({kind: [Board(HERE)]}).lines(lambda _kind: says, TODAY)
    assert [line.title for line in lines] == ["Later", "Late", "Old"]


@pytest.mark.parametrize(("late", "of", "words"), [(1, 1, "Late"), (3, 3, "Late"), (1, 3, "1 of them late")])
def test_a_line_for_several_things_says_how_many_are_late(late: int, of: int, words: str) -> None:
    assert several_late(late, of) == words
