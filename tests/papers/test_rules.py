"""Notice, reminders, announcements and where a file belongs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.papers.destination import Destination
from portal.papers.notice import rules as notice_rules
from portal.papers.preparing import rules as preparing_rules
from portal.papers.preparing.rules import Place

MEETS = date(2026, 3, 10)


def test_a_paper_published_on_3_march_for_10_march_has_7_days_and_meets_the_target() -> None:
    assert notice_rules.notice_days(date(2026, 3, 3), MEETS) == 7
    assert not notice_rules.is_late(date(2026, 3, 3), MEETS, 7)
    assert notice_rules.is_late(date(2026, 3, 4), MEETS, 7)


def test_reminders_come_on_the_boards_days_the_target_and_each_day_after() -> None:
    mornings = preparing_rules.reminder_mornings(date(2026, 3, 12), 7, [14, 10, 8])
    before = sorted((date(2026, 3, 12) - day).days for day in mornings)
    assert before == [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 14]


def test_a_target_on_a_sunday_is_said_on_the_friday_before() -> None:
    meets = date(2026, 3, 15)  # a Sunday, so the target is Sunday 8 March
    mornings = preparing_rules.reminder_mornings(meets, 7, [14])
    assert date(2026, 3, 6) in mornings
    assert date(2026, 3, 7) not in mornings


@pytest.mark.parametrize(("days", "due"), [(13, False), (14, True), (15, False), (21, True), (28, True)])
def test_minutes_are_asked_for_after_14_days_then_weekly(days: int, due: bool) -> None:
    assert preparing_rules.is_minutes_morning(MEETS, MEETS + timedelta(days=days)) is due


NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_the_first_publication_is_announced_at_once() -> None:
    assert preparing_rules.announce_at(NOON, []) == NOON


def test_what_comes_within_ten_minutes_goes_together_when_they_are_over() -> None:
    assert preparing_rules.announce_at(NOON + 3 * MINUTE, [NOON]) == NOON + 10 * MINUTE
    assert preparing_rules.announce_at(NOON + 9 * MINUTE, [NOON, NOON + 10 * MINUTE]) == NOON + 10 * MINUTE


def test_after_the_ten_minutes_a_new_window_begins() -> None:
    assert preparing_rules.announce_at(NOON + 10 * MINUTE, [NOON]) == NOON + 10 * MINUTE
    assert preparing_rules.announce_at(NOON + 60 * MINUTE, [NOON]) == NOON + 60 * MINUTE


ITEMS = [
    Place(UUID(int=1), "1", "Welcome and apologies"),
    Place(UUID(int=2), "2", "Budget update"),
    Place(UUID(int=3), "3(a)", "Carers strategy"),
    Place(UUID(int=4), "10.1", "Audit plan"),
]
PAPERS = [Place(UUID(int=9), "", "Budget update", ("Budget v1.pdf",))]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("2 Budget.pdf", f"item:{UUID(int=2)}"),
        ("Item 02 - something.pdf", f"item:{UUID(int=2)}"),
        ("3a Strategy.pdf", f"item:{UUID(int=3)}"),
        ("Item 3(a) Strategy.pdf", f"item:{UUID(int=3)}"),
        ("10.1 Plan.pdf", f"item:{UUID(int=4)}"),
        ("Carers_strategy_final.pdf", f"item:{UUID(int=3)}"),
        ("Draft minutes.pdf", "minutes:draft"),
        ("budget V1.PDF", f"version:{UUID(int=9)}"),
        ("scan0001.pdf", ""),
    ],
)
def test_a_file_is_proposed_for_an_item_by_its_name(name: str, place: str) -> None:
    assert str(preparing_rules.propose_place(name, ITEMS, PAPERS)) == place


@given(st.text(max_size=200))
def test_any_name_gets_a_proposal_or_none(name: str) -> None:
    known = {f"item:{item.id}" for item in ITEMS} | {f"version:{p.id}" for p in PAPERS} | {"minutes:draft", ""}
    proposed = preparing_rules.propose_place(name, ITEMS, PAPERS)
    assert str(proposed) in known
    assert Destination.read(str(proposed)) == proposed
    assert 0 < len(preparing_rules.title_from(name)) <= 300


@pytest.mark.parametrize(
    ("name", "title"),
    [("Item 05_Budget_update.pdf", "Budget update"), ("2 Budget.pdf", "Budget"), ("Strategy.pdf", "Strategy")],
)
def test_a_title_is_proposed_from_the_name(name: str, title: str) -> None:
    assert preparing_rules.title_from(name) == title


@pytest.mark.parametrize(("published", "missing", "ready"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_papers_are_ready_when_none_is_missing_and_the_agenda_is_published(
    published: bool, missing: int, ready: bool
) -> None:
    assert preparing_rules.is_ready(published, missing) is ready
