"""Whoever confirms a correction sees each figure that it changes with both values, and which it makes better."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import date_words
from portal.corrections.figure_words import (
    OTHERS,
    ROOM,
    FigureChange,
    better_words,
    changes,
    figure_lines,
    kept,
    makes_better,
)
from portal.infra.correctable import Figure
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.corrections.test_corrections import WHY, correct, corrections
from tests.visitor import text_of

PACK = "Days before the meeting the whole pack was there"

figures = st.dictionaries(
    st.text("abcdefgh ()0", min_size=1, max_size=90).map(str.strip).filter(bool),
    st.builds(lambda number: Figure(f"{number} of 9", float(number)), st.integers(0, 9)),
    max_size=12,
)
SIXTY_FIVE = timedelta(days=12 + 62)


@given(figures, figures)
def test_every_figure_that_changes_is_named_with_both_values_or_counted(
    before: dict[str, Figure], after: dict[str, Figure]
) -> None:
    was, now = kept(before, after)
    assert max(len(was), len(now)) <= ROOM
    found = changes(was, now)
    different = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    named = {one.name for one in found if one.name != OTHERS}
    assert named <= different
    assert (named == different) == all(one.name != OTHERS for one in found)
    assert makes_better(before, after) == bool(better_words(was, now))
    assert makes_better(before, after) == any(one.is_better for one in found)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            "waiting",
            "Days before the meeting the whole pack was there: 2 days now, 9 days if it is confirmed (better).",
        ),
        (
            "made",
            f"{PACK}: 2 days before this correction, 9 days after it (better).",
        ),
        (
            "declined",
            f"{PACK}: 2 days when this was asked for, 9 days if it had been made (better).",
        ),
    ],
)
def test_a_figure_is_said_with_both_values_by_what_became_of_the_correction(status: str, words: str) -> None:
    was, now = kept(
        {"Days before the meeting the whole pack was there": Figure("2 days", 2)},
        {"Days before the meeting the whole pack was there": Figure("9 days", 9)},
    )
    assert figure_lines(was, now, status) == [words]


def test_an_older_correction_that_named_no_figure_says_what_it_kept() -> None:
    lines = figure_lines("2 of 2 papers met the target of 7", "", "made")
    assert lines == ["Figures: 2 of 2 papers met the target of 7 before this correction, not measured after it."]
    assert better_words("2 of 2 papers", "1 of 2 papers") == ""


def test_the_coordinator_sees_that_overdue_minutes_are_what_gets_better(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    from tests.cast import NOW, anywhere

    at(NOW + SIXTY_FIVE)  # 62 days after the meeting, 48 after its minutes were due
    visit("northfirth.admin").post(
        f"/meetings/{things['meeting_id']}/correct", {"what": "not_held", "reason": WHY}, follow_redirects=True
    )
    coordinator = visit("coordinator")
    with app.app_context():
        [one] = corrections()
    said = "Days to draft minutes: none, 50 days past due now, not measured if it is confirmed (better)."
    page = coordinator.get(f"/corrections/{one.id}")
    for shown in (text_of(page), text_of(coordinator.get("/corrections"))):
        assert said in shown
        assert "Took place: yes now, no if it is confirmed." in shown
    assert "It makes this figure better: days to draft minutes." in text_of(page)
    assert "/boards/northfirth/notice" in page.text
    assert f"/meetings/{things['meeting_id']}" in visit("northfirth.admin").get(f"/corrections/{one.id}").text
    with app.app_context():
        from sqlalchemy import select

        from portal.infra.database import db

        email = db.session.scalars(anywhere(select(Email).where(Email.template == "correction-asked"))).first()
        assert email is not None
        text = words_of(email).text
    assert said in text
    assert "It makes this figure better: days to draft minutes." in text
    assert "/boards/northfirth/notice" in text


def test_minutes_that_were_in_time_are_not_better_where_none_are_owed_any_more(
    app: Flask, visit: Any, work: Any, things: dict[str, Any], at: Any
) -> None:
    """The share of minutes in time gets worse, is shown, and nobody has to confirm that."""
    from portal.meetings.queries import meeting_by_id
    from portal.papers.models import Paper
    from tests.cast import NOW, TODAY

    with work():
        meeting = meeting_by_id(things["meeting_id"])
        came_on = TODAY + timedelta(days=22)
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
        from portal.infra.database import db

        db.session.add(Paper(**of, kind="minutes", title="Minutes", first_published_on=came_on, created_at=NOW))
    at(NOW + SIXTY_FIVE)
    path = f"/meetings/{things['meeting_id']}/correct"
    visit("northfirth.admin").post(path, {"what": "not_held", "reason": WHY})
    with app.app_context():
        [one] = corrections()
        assert not one.is_waiting
        assert one.better == ""
        on = f"on {date_words((NOW + SIXTY_FIVE).date())}"
        assert f"Days to draft minutes: 12 days before this correction, not measured after it, {on}." in one.figures
        both = "1 of 2 before this correction, 0 of 1 after it"
        assert f"Draft minutes in time (board): {both}, {on}." in one.figures
        assert not any("Other figures" in line for line in one.figures)


def test_what_waits_says_the_figures_of_today_and_what_they_would_become(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    from tests.cast import NOW, TODAY

    at(NOW + timedelta(days=12))
    admin, coordinator = visit("northfirth.admin"), visit("coordinator")
    correct(admin, things, 14)
    with app.app_context():
        [waits] = corrections()
    from sqlalchemy import update

    from portal.infra.database import db
    from portal.infra.unit_of_work import unit_of_work
    from portal.papers.models import Paper
    from tests.cast import anywhere

    with app.app_context(), unit_of_work():
        of_meeting = Paper.meeting_id == things["meeting_id"]
        earlier = TODAY - timedelta(days=1)
        db.session.execute(
            anywhere(
                update(Paper)
                .where(of_meeting, Paper.first_published_on.is_not(None))
                .values(first_published_on=earlier)
            )
        )
    if_confirmed = "Days before the meeting the whole pack was there: 11 days now, 12 days if it is confirmed (better)."
    assert if_confirmed in text_of(coordinator.get(f"/corrections/{waits.id}"))
    as_lists_say = "Days before the meeting the whole pack was there: 11 days now, 10 days when this was asked for."
    assert as_lists_say in text_of(admin.get("/boards/northfirth/notice"))
    for visitor, path in ((coordinator, "/corrections"), (admin, "/boards/northfirth/corrections")):
        assert if_confirmed in text_of(visitor.get(path)), path


def test_overdue_minutes_that_are_overdue_by_less_are_better(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    from tests.cast import NOW

    at(NOW + SIXTY_FIVE)
    correct(visit("northfirth.admin"), things, 14)
    with app.app_context():
        [one] = corrections()
        assert one.is_waiting
        assert "days before the meeting the whole pack was there and days to draft minutes" in one.better


def test_who_asked_and_who_confirmed_is_told_to_those_who_decide_alone(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Any
) -> None:
    from sqlalchemy import select

    from portal.infra.database import db
    from tests.cast import NOW, anywhere

    at(NOW + timedelta(days=12))
    admin, coordinator = visit("northfirth.admin"), visit("coordinator")
    correct(admin, things, 14)
    with app.app_context():
        [one] = corrections()
    meeting, asked = f"/meetings/{things['meeting_id']}", "Requested by CANARYNORTH Admin, 10am on Sunday 15 March 2026"
    for path in (meeting, f"{meeting}/correct", "/boards/northfirth/corrections", "/boards/northfirth/notice"):
        assert asked in text_of(admin.get(path)), f"{path} while it waits"
    coordinator.post(f"/corrections/{one.id}/confirm")
    for when in (asked, "Confirmed by Fiona Coordinator, 10am on Sunday 15 March 2026"):
        assert when in text_of(admin.get(meeting))
    for path in ("/boards/northfirth/corrections", f"/corrections/{one.id}", "/boards/northfirth/notice"):
        for decider in (admin, coordinator):
            page = text_of(decider.get(path))
            assert "Requested by CANARYNORTH Admin" in page, path
            assert "Confirmed by Fiona Coordinator" in page, path
    for path in ("/boards/northfirth/corrections", meeting):
        rep = text_of(visit("northfirth.rep").get(path))
        assert "confirmed by a second person" in rep
        assert "Fiona" not in rep
        assert "Requested by" not in rep
    with app.app_context():
        written = select(Email).where(Email.template == "record-corrected").order_by(Email.id)
        texts = {email.person_id: words_of(email).text for email in db.session.scalars(anywhere(written))}
    assert "Confirmed by Fiona Coordinator" in texts[cast.northfirth.people["admin"]]
    assert "Fiona" not in texts[cast.northfirth.people["rep"]]


def test_an_older_correction_says_its_figures_by_the_name_that_they_have_now() -> None:
    [one] = changes("Notice of the pack: 2 days", "Notice of the pack: 9 days (better)")
    assert one == FigureChange("Days before the meeting the whole pack was there", "2 days", "9 days", is_better=True)
