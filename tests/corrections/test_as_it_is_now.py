"""What waits is said as it is now: what cannot be made any more, under which name, and only what was seen is made."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, update

from portal.boards.models import Group
from portal.boards.queries import paper_targets
from portal.core.text import day_words
from portal.corrections.models import Correction
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.notifications.models import Email
from portal.papers.models import Paper
from portal.training.awareness import actions as awareness
from portal.training.models import AwarenessCount
from tests.cast import TODAY, Cast, anywhere
from tests.corrections.test_corrections import OVER, WHY, correct, corrections
from tests.visitor import text_of

BOARD = "/boards/northfirth"


def waiting(app: Flask) -> Correction:
    with app.app_context():
        [one] = [one for one in corrections() if one.is_waiting]
        return one


def test_one_whose_fact_has_changed_is_said_to_be_over_wherever_it_is_shown(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    admin, coordinator = visit("northfirth.admin"), visit("coordinator")
    correct(admin, things, 14)
    one = waiting(app)
    correct(admin, things, 12)  # which is worse, and made at once
    over = "so it can no longer be made"
    places = (f"/corrections/{one.id}", f"/corrections/{one.id}/decline", "/corrections", f"{BOARD}/corrections")
    for path in places:
        page = text_of(coordinator.get(path))
        assert over in page, path
        assert "11 days" not in page, path
        assert "To become: held on 14 March 2026" not in page, path
        assert "was held on 13 March 2026, to become" not in page, path
    page = text_of(coordinator.get(f"/corrections/{one.id}"))
    assert "Refuse it. An administrator of the board can ask for a new one." in page, "she cannot ask herself"
    assert "Confirm the correction" not in page
    todo = text_of(coordinator.get("/"))
    assert "Refuse a correction that can no longer be made: Northfirth, CANARYNORTH Main Group" in todo
    assert "Confirm a correction: Northfirth, CANARYNORTH Main Group, 13 March 2026" not in todo
    own = text_of(admin.get(f"/corrections/{one.id}"))
    assert over in own
    assert "Cancel it, and ask for a new one" in own
    assert "Someone else must confirm it" not in text_of(admin.get("/corrections")).split("13 March 2026")[1]


def test_no_figure_of_a_renamed_group_is_said_to_be_unmeasured(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    admin, coordinator = visit("northfirth.admin"), visit("coordinator")
    correct(admin, things, 8)
    correct(admin, things, 13)  # and back: better
    with app.app_context():
        [one] = [each for each in corrections() if each.is_waiting]
        assert "(CANARYNORTH Main Group)" in one.judged_was
    with app.app_context(), unit_of_work():
        renamed = anywhere(update(Group).where(Group.id == things["group_id"]))
        db.session.execute(renamed.values(name="Another name"))
    places = ("/corrections", f"{BOARD}/corrections", f"/corrections/{one.id}", f"{BOARD}/notice")
    for path in places:
        page = text_of((visit("northfirth.admin") if path.endswith("notice") else coordinator).get(path))
        assert "Papers on time (Another name): 0 of 2 (0%) now, 2 of 2 (100%) if it is confirmed" in page, path
        assert "Another name, 8 March 2026" in page, path
        assert "Called CANARYNORTH Main Group when this was asked for" in page, path
        assert "(CANARYNORTH Main Group)" not in page, path
        assert "not measured now" not in page, path
    assert "Confirm a correction: Northfirth, Another name, 8 March 2026" in text_of(coordinator.get("/"))
    [mark] = re.findall(r'name="shown"[^>]*value="([^"]+)"', coordinator.get(f"/corrections/{one.id}").text)
    coordinator.post(f"/corrections/{one.id}/confirm", {"shown": mark})
    made = text_of(coordinator.get(f"/corrections/{one.id}"))
    assert "Papers on time (Another name): 0 of 2 (0%) before this correction" in made
    assert "(CANARYNORTH Main Group)" not in made
    with app.app_context():
        told = select(Email).where(Email.template == "record-corrected").order_by(Email.id)
        facts = [one.facts for one in db.session.scalars(anywhere(told)) if "13 March" in one.facts["now"]]
    assert facts
    for one in facts:
        assert one["about"] == "Another name, 8 March 2026"
        assert "CANARYNORTH Main Group" not in " ".join(one["figures"]), "subject and body say one name"


def test_the_list_says_what_each_would_change_today_as_its_page_does(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    """After the figures changed for another reason the list said only what they were when it was asked for."""
    with app.app_context(), unit_of_work():
        counted = select(AwarenessCount).where(AwarenessCount.session_id == things["awareness_id"])
        one = db.session.scalars(anywhere(counted.order_by(AwarenessCount.id))).one()
        held = {"held_on": TODAY, "minutes": 30, "others": ""}
        awareness.hold_awareness(uuid4(), cast.northfirth.id, held, [], {one.group_id: 3})
    coordinator, number = visit("coordinator"), "7 of 16 now, 9 of 16 if it is confirmed"
    page = f"/corrections/{things['correction_id']}"
    for path in (page, "/corrections", f"{BOARD}/corrections"):
        assert number in text_of(coordinator.get(path)), path


def test_nothing_is_confirmed_but_what_the_page_said(app: Flask, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(OVER)
    coordinator = visit("coordinator")
    correct(visit("northfirth.admin"), things, 14)
    page = f"/corrections/{waiting(app).id}"

    def shown() -> dict[str, str]:
        [mark] = re.findall(r'name="shown"[^>]*value="([^"]+)"', coordinator.get(page).text)
        return {"shown": mark}

    seen = shown()
    with app.app_context(), unit_of_work():
        published = update(Paper).where(Paper.meeting_id == things["meeting_id"], Paper.first_published_on.is_not(None))
        db.session.execute(anywhere(published.values(first_published_on=TODAY - timedelta(days=1))))
    again = text_of(coordinator.post(f"{page}/confirm", seen, follow_redirects=True))
    assert "Nothing is confirmed yet: the figures have changed since you opened the page" in again
    assert "Days before the meeting the whole pack was there: 11 days now, 12 days if it is confirmed" in again
    assert waiting(app).decided_at is None
    assert "The record is corrected" in text_of(coordinator.post(f"{page}/confirm", shown(), follow_redirects=True))


def test_whoever_confirms_a_target_reads_which_coming_papers_it_moves(
    app: Flask, visit: Any, work: Any, cast: Cast, at: Any
) -> None:
    at(OVER)
    with app.app_context():
        target = paper_targets(cast.northfirth.id)[0]
    admin, coming = visit("northfirth.admin"), OVER.date() + timedelta(days=30)
    with work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        meetings.schedule(group, coming, time(10), "Town Hall")
    for days in ("14", "7"):  # worse, and made at once; then better
        admin.post(f"/paper-targets/{target.id}/correct", {"days": days, "reason": WHY})
    page = text_of(visit("coordinator").get(f"/corrections/{waiting(app).id}"))
    now, then = (day_words(coming - timedelta(days=days)) for days in (14, 7))
    line = f"Main Group, {day_words(coming)}: papers due by {now} now, by {then} if it is confirmed"
    assert "It also changes the day by which papers of these coming meetings must be published" in page
    assert line in page


def test_carer_awareness_shows_what_waits(visit: Any, things: dict[str, Any], at: Any) -> None:
    admin, page = visit("northfirth.admin"), f"{BOARD}/carer-awareness"
    session = re.findall(r"/carer-awareness/([0-9a-f-]{36})/correct", admin.get(page).text)[0]
    typed = {"what": str(things["group_id"]), "number": "6", "reason": WHY}
    admin.post(f"/carer-awareness/{session}/correct", typed)
    assert "Waiting to be confirmed" in text_of(admin.get(page))
    assert "4 of 16 now, 6 of 16 if it is confirmed" in text_of(admin.get(page)), text_of(admin.get(page)).split(
        "Waiting"
    )[1][:900]
    assert "Waiting to be confirmed" not in text_of(visit("northfirth.rep").get(page))
