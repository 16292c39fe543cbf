"""Whatever is done in the ordinary way, what a board is judged by for a meeting that is over stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.decide import Reach
from portal.boards import actions as boards
from portal.boards.models import Board
from portal.boards.queries import groups
from portal.boards.rules import BEGINNING, NewTarget, new_target, target_for
from portal.check_in.recording import actions as check_ins
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import Settled
from portal.meetings.models import AgendaItem, Meeting
from portal.papers.models import Paper, PaperVersion
from portal.papers.notice.queries import MeetingNotice, by_quarter, notice_of_meetings, overall, share_by
from portal.papers.notice.rules import notice_words, replaced_words
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import MINUTES
from tests.cast import NOW, TODAY, Cast

OVER = NOW + timedelta(days=12)
Step = Callable[[Meeting, int], object]


def _item(meeting: Meeting, number: int) -> AgendaItem:
    found = meeting_queries.items(meeting.id)
    statement = select(AgendaItem).where(AgendaItem.id == found[number % len(found)].id)
    return db.session.scalars(statement.options(joinedload(AgendaItem.meeting))).one()


def _publish_paper(meeting: Meeting, number: int, kind: str = "paper") -> object:
    """A checked file of an item, or minutes, as if it had been uploaded; and Publish."""
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    item = _item(meeting, number) if kind == "paper" else None
    paper = Paper(
        **of, title="Late", kind=kind, stage="draft", created_at=clock.now(), item_id=item.id if item else None
    )
    db.session.add(paper)
    db.session.flush()
    _version(paper, of, 1)
    return preparing.publish(meeting, meeting.version)


def _version(paper: Paper, of: Any, number: int) -> None:
    version = PaperVersion(**of, paper_id=paper.id, number=number, file_name="late.pdf", uploaded_at=clock.now())
    version.status, version.is_sorted, version.pages = "ready", True, 1
    version.stored_as, version.sha256 = f"papers/none/{version.id.hex}.pdf", "0" * 64
    db.session.add(version)
    db.session.flush()


def _replace_paper(meeting: Meeting, number: int) -> object:
    published = select(Paper).where(Paper.meeting_id == meeting.id, Paper.first_published_on.is_not(None))
    found = db.session.scalars(published.where(Paper.kind != MINUTES).order_by(Paper.id)).all()
    paper = found[number % len(found)]
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    _version(paper, of, preparing.queries.next_version_number(paper.id))
    return preparing.publish(meeting, meeting.version)


ORDINARY: dict[str, Step] = {
    "cancel": lambda m, n: meetings.cancel(m, m.version, "Snow"),
    "move": lambda m, n: meetings.change(m, m.version, clock.today() + timedelta(days=n), time(23), "", "", "ordinary"),
    "adjourn": lambda m, n: meetings.adjourn(m, m.version, clock.today() + timedelta(days=n), time(10), "Quorum"),
    "not held": lambda m, n: meetings.mark_not_held(m, m.version, "Quorum"),
    "add item": lambda m, n: meetings.add_item(m, title="Added", is_verbal=bool(n % 2)),
    "change item": lambda m, n: meetings.change_item(_item(m, n), title="Other", is_verbal=bool(n % 2)),
    "remove item": lambda m, n: meetings.remove_item(_item(m, n)),
    "publish": _publish_paper,
    "replace": _replace_paper,
    "minutes": lambda m, n: _publish_paper(m, n, MINUTES),
    "attendance": lambda m, n: check_ins.confirm_attendance(m, []),
    "target": lambda m, n: boards.set_paper_target(db.session.get_one(Board, m.board_id), n, None),
    "target later": lambda m, n: boards.set_paper_target(
        db.session.get_one(Board, m.board_id), 61 - n, clock.today() + timedelta(days=n)
    ),
    "another meeting of the past": lambda m, n: meetings.schedule(
        groups(m.board_id)[0], clock.today() - timedelta(days=n), time(10)
    ),
}
steps = st.lists(st.tuples(st.sampled_from(sorted(ORDINARY)), st.integers(1, 60), st.integers(0, 3)), max_size=6)


def judged(cast: Cast) -> list[MeetingNotice]:
    reach = Reach(boards=frozenset({cast.northfirth.id}))
    return notice_of_meetings(reach, cast.northfirth.id, clock.today())


def of_meetings(held: list[MeetingNotice]) -> list[tuple[Any, ...]]:
    """What a board is judged by: papers in time, days of notice, the target, held or not. Minutes may still come."""
    return [
        (m.meeting_id, m.opened_on, m.is_held, m.target, m.days, m.never, m.met, m.pack_days, m.replaced_late)
        for m in held
    ]


@pytest.mark.same_anywhere
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_no_ordinary_actions_change_what_is_judged_of_a_meeting_that_is_over(
    app: Any, rolled_back: Any, things: dict[str, Any], cast: Cast, tried: list[tuple[str, int, int]]
) -> None:
    with app.app_context():
        nested = rolled_back.begin_nested()
        try:
            clock.use(lambda: NOW)
            with unit_of_work():
                meetings.add_item(meeting_queries.meeting_by_id(things["meeting_id"]), title="Never came")
            clock.use(lambda: OVER)
            before = of_meetings(judged(cast))
            assert [(one[5], one[6]) for one in before] == [(1, 2)], "one paper never came, and two were in time"
            for number, (name, n, later) in enumerate(tried):
                clock.use(lambda moment=OVER + timedelta(days=number + later): moment)
                try:
                    with unit_of_work():
                        ORDINARY[name](meeting_queries.meeting_by_id(things["meeting_id"]), n)
                except (Settled, EditConflict):
                    pass
                db.session.expire_all()
                now = {one[0]: one for one in of_meetings(judged(cast))}
                assert [now.get(one[0]) for one in before] == before, name
                adds_up(judged(cast))
        finally:
            db.session.rollback()
            nested.rollback()


def adds_up(held: list[MeetingNotice]) -> None:
    """A total equals its rows; a share lies within 0 and 100 without being capped; no days are negative."""
    total = overall(held)
    for shares in (by_quarter(held), share_by(held, lambda meeting: meeting.group)):
        assert (sum(one.met for one in shares), sum(one.papers for one in shares)) == (total.met, total.papers)
        assert all(0 <= one.met <= one.papers for one in shares)
    assert all(day >= 0 for one in held for day in one.days)
    assert all((one.days_to_minutes or 0) >= 0 for one in held)


targets = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 90)), max_size=6)


@given(targets, st.integers(0, 200))
def test_a_new_target_never_measures_a_meeting_whose_papers_were_due_before(
    changes: list[tuple[int, int]], meets_after: int
) -> None:
    first = NewTarget(7, BEGINNING, BEGINNING)
    known, day = [first], TODAY
    for days, later in changes:
        day += timedelta(days=later + 1)
        meets_on = TODAY + timedelta(days=meets_after)
        before = target_for(known, meets_on)
        known.append(new_target(days, day, known[-1]))
        if meets_on - timedelta(days=before) < day:
            assert target_for(known, meets_on) == before, "its papers were due when the new target began"


@pytest.mark.parametrize(
    ("before", "words"), [(1, "Replaced, 1 day before the meeting"), (0, "Replaced on the day of the meeting")]
)
def test_a_replaced_paper_says_when(before: int, words: str) -> None:
    opened_on = date(2026, 3, 13)
    assert replaced_words(opened_on - timedelta(days=before), opened_on) == words


def test_no_page_says_negative_days() -> None:
    opened_on = date(2026, 3, 13)
    assert notice_words(opened_on + timedelta(days=5), opened_on) == "after the meeting"
    assert replaced_words(opened_on + timedelta(days=1), opened_on) == "Replaced after the meeting"


def test_a_paper_replaced_late_is_marked_and_counted(
    visit: Any, work: Any, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    at(NOW + timedelta(days=9))
    with work():
        _replace_paper(meeting_queries.meeting_by_id(things["meeting_id"]), 0)
    from tests.visitor import text_of

    assert "Replaced, 1 day before the meeting" in text_of(
        visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}")
    )
    at(OVER)
    [held] = judged(cast)
    assert (held.met, held.replaced_late) == (2, 1), "its notice is that of its first version"
    assert "2 of 2 0 1 10 days" in text_of(visit("northfirth.clerk").get("/boards/northfirth/notice"))


def test_a_paper_that_comes_when_the_day_is_over_never_came(
    work: Any, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    with work():
        meetings.add_item(meeting_queries.meeting_by_id(things["meeting_id"]), title="Never came")
    at(OVER)
    with work():
        _publish_paper(meeting_queries.meeting_by_id(things["meeting_id"]), 3)
    [held] = judged(cast)
    assert (held.never, held.met, held.papers, held.pack_days) == (1, 2, 3, None)
