"""Notice, reminders and announcements."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.papers.notice import rules as notice_rules
from portal.papers.preparing import rules as preparing_rules
from portal.papers.reading import rules as reading_rules

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


@pytest.mark.parametrize(("published", "missing", "ready"), [(True, 0, True), (True, 1, False), (False, 0, False)])
def test_papers_are_ready_when_none_is_missing_and_the_agenda_is_published(
    published: bool, missing: int, ready: bool
) -> None:
    assert preparing_rules.is_ready(published, missing) is ready


@pytest.mark.parametrize(
    ("number", "title", "name"),
    [
        ("7", "Care homes: the year ahead", "7 Care homes the year ahead.pdf"),
        ("7.1", "Income/expenditure", "7.1 Income expenditure.pdf"),
        ("", "Draft minutes", "Draft minutes.pdf"),
        ("2", "Budget.PDF", "2 Budget.pdf"),
        ("", "../..\\", "Paper.pdf"),
        ("3", "Àrainneachd\u202e\r\nX: y", "3 Àrainneachd X y.pdf"),
    ],
)
def test_a_downloaded_paper_is_called_by_its_item_and_title(number: str, title: str, name: str) -> None:
    assert reading_rules.download_name(number, title) == name


def test_a_long_title_leaves_its_file_the_ending() -> None:
    name = reading_rules.download_name("7", "Care " * 60)
    assert name.endswith("Care.pdf")
    assert len(name) <= 150
    told_apart = reading_rules.what_tells_apart(12, is_corrected=True)
    assert reading_rules.download_name("7", "Care " * 60, told_apart).endswith("Car (replacement, version 12).pdf")
    assert len(reading_rules.download_name("7", "Care " * 60, told_apart)) <= 150
