"""Numbers of Carer Awareness are within the facts, add up, and are corrected with both values."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.boards import actions as boards
from portal.boards.models import Board
from portal.boards.queries import groups
from portal.corrections import actions as corrections
from portal.corrections.models import Correction
from portal.deputes import actions as deputes
from portal.deputes.models import Nomination
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.awareness import actions, figures, queries
from portal.training.awareness.actions import WrongNumbers
from portal.training.awareness.rules import coverage
from portal.training.models import AwarenessDelivered, AwarenessSession
from tests.cast import NOW, TODAY, Cast
from tests.mentoring.test_pages import mails
from tests.visitor import text_of

PAGE = "/boards/northfirth/carer-awareness"


def typed(things: dict[str, Any], number: str, **more: Any) -> dict[str, Any]:
    box = f"members-{things['group_id']}"
    return {"held_on": ["2", "3", "2026"], "minutes": "45", "once": str(uuid4()), box: number, **more}


def test_no_more_have_it_for_the_first_time_than_there_are(visit: Any, things: dict[str, Any]) -> None:
    """4 of 16 had it before."""
    officer = visit("northfirth.officer")
    refused = text_of(officer.post(f"{PAGE}/new", typed(things, "13")))
    assert "This group has 16 other members, and 4 of them had it before. Enter 12 or fewer" in refused
    officer.post(f"{PAGE}/new", typed(things, "12"))
    assert "16 of 16" in text_of(officer.get(PAGE))
    fewer = officer.post(f"{PAGE}/members", {f"members-{things['group_id']}": "15"})
    assert "Enter 16 or more" in text_of(fewer)


def test_members_are_counted_before_those_who_had_it(work: Any, cast: Cast) -> None:
    with work():
        group = boards.create_group(db.session.get_one(Board, cast.northfirth.id), "New group", "other")
    held = {"held_on": TODAY, "minutes": 60, "others": ""}
    with pytest.raises(WrongNumbers, match="Enter how many other members this group has first"), work():
        actions.hold_awareness(uuid4(), cast.northfirth.id, held, [], {group.id: 1})


numbers = st.lists(st.tuples(st.booleans(), st.integers(0, 20), st.integers(0, 1500)), max_size=8)


@pytest.mark.same_anywhere
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers)
def test_a_total_equals_its_rows_and_no_share_is_over_100(
    app: Flask, rolled_back: Any, cast: Cast, tried: list[tuple[bool, int, int]]
) -> None:
    with app.app_context():
        nested = rolled_back.begin_nested()
        try:
            board_id, [group] = cast.northfirth.id, groups(cast.northfirth.id)
            for is_session, number, days_ago in tried:
                held = {"held_on": TODAY - timedelta(days=days_ago), "minutes": 60, "others": ""}
                try:
                    with unit_of_work():
                        if is_session:
                            actions.hold_awareness(uuid4(), board_id, held, [], {group.id: number})
                        else:
                            actions.count_other_members(board_id, {group.id: number})
                except WrongNumbers:
                    pass
                rows = figures.by_group(board_id, TODAY)
                total = figures.in_all(rows)
                assert (total.had_it, total.members) == (sum(r.had_it for r in rows), sum(r.members for r in rows))
                assert all(row.had_it <= row.members for row in rows)
        finally:
            db.session.rollback()
            nested.rollback()


def test_older_numbers_that_cannot_be_right_have_no_share() -> None:
    assert coverage(25, 13) is None
    assert coverage(13, 13) == 100


def test_a_depute_who_never_agreed_cannot_have_given_it(visit: Any, work: Any, cast: Cast, things: Any) -> None:
    officer = visit("northfirth.officer")
    assert "CANARYNORTH Nominee" not in text_of(officer.get(f"{PAGE}/new"))
    with work():
        nomination = db.session.get_one(Nomination, things["nomination_id"])
        deputes.confirm(nomination, cast.northfirth.people["officer"])
    assert "CANARYNORTH Nominee" not in text_of(officer.get(f"{PAGE}/new")), "confirmed, and not agreed"
    with work():
        db.session.get_one(Nomination, things["nomination_id"]).agreed_at = NOW
    assert "CANARYNORTH Nominee" in text_of(officer.get(f"{PAGE}/new"))


def test_nor_can_a_rep_before_their_first_day(visit: Any, things: dict[str, Any], cast: Cast) -> None:
    early = typed(things, "1", held_on=["2", "3", "2025"], delivered_by=[str(cast.northfirth.people["rep"])])
    page = text_of(visit("northfirth.officer").post(f"{PAGE}/new", early))
    assert "CANARYNORTH Rep was not a carer rep on 2 March 2025" in page


def test_fewer_are_corrected_at_once_and_more_wait(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), f"/carer-awareness/{things['awareness_id']}/correct"
    what = {"what": str(things["group_id"]), "reason": "The list of names says so"}
    assert "Enter 16 or fewer" in text_of(admin.post(path, {**what, "number": "17"}))
    admin.post(path, {**what, "number": "3"})
    page = text_of(visit("northfirth.rep").get(PAGE))
    assert "3 of 16" in page
    assert "Was: 4 members. Now: 3 members." in page
    assert "The list of names says so" in page
    admin = visit("northfirth.admin")
    admin.post(path, {**what, "number": "9"})
    assert "3 of 16" in text_of(visit("northfirth.rep").get(PAGE)), "more waits for a second person"


def test_a_session_that_did_not_take_place_counts_no_more(visit: Any, things: dict[str, Any]) -> None:
    admin, path = visit("northfirth.admin"), f"/carer-awareness/{things['awareness_id']}/correct"
    admin.post(path, {"what": "all", "reason": "It was called off"})
    page = text_of(visit("northfirth.rep").get(PAGE))
    assert "0 of 16" in page
    assert "Did not take place" in page


def test_a_waiting_correction_of_a_number_is_confirmed_by_the_coordinator(
    app: Flask, work: Any, things: dict[str, Any], cast: Cast
) -> None:
    """The cast's: six in the place of four."""
    with work():
        corrections.confirm(db.session.get_one(Correction, things["correction_id"]), cast.person("coordinator"))
    assert queries.counts(things["awareness_id"]) == {things["group_id"]: 6}


def test_administrators_see_who_asked_for_a_correction_and_who_confirmed_it(
    visit: Any, app: Flask, things: dict[str, Any], cast: Cast
) -> None:
    with app.app_context(), unit_of_work():
        corrections.confirm(db.session.get_one(Correction, things["correction_id"]), cast.person("coordinator"))
    page = text_of(visit("northfirth.admin").get(PAGE))
    assert "Requested by CANARYNORTH Admin, 10am on Tuesday 3 March 2026" in page
    assert "Confirmed by Fiona Coordinator, 10am on Tuesday 3 March 2026" in page
    rep = text_of(visit("northfirth.rep").get(PAGE))
    assert "Now: 6 members" in rep
    assert "Fiona" not in rep
    assert "Requested by" not in rep


def test_a_waiting_correction_is_not_made_once_the_number_is_another(
    work: Any, things: dict[str, Any], cast: Cast
) -> None:
    with work():
        count = queries.count_of(things["awareness_id"], things["group_id"])
        assert count
        count.members = 5
    with pytest.raises(NotAsItWas), work():
        corrections.confirm(db.session.get_one(Correction, things["correction_id"]), cast.person("coordinator"))


def test_nor_when_more_would_have_had_it_by_now_than_there_are(work: Any, things: dict[str, Any], cast: Cast) -> None:
    held = {"held_on": TODAY, "minutes": 60, "others": ""}
    with work():
        actions.hold_awareness(uuid4(), cast.northfirth.id, held, [], {things["group_id"]: 11})
    with pytest.raises(NotAsItWas), work():
        corrections.confirm(db.session.get_one(Correction, things["correction_id"]), cast.person("coordinator"))


def test_sessions_recorded_late_are_said(visit: Any, work: Any, cast: Cast, things: dict[str, Any]) -> None:
    with work():
        session = db.session.get_one(AwarenessSession, things["awareness_id"])
        session.held_on = TODAY - timedelta(days=31)
    page = text_of(visit("northfirth.rep").get(PAGE))
    assert re.search(r"Sessions, by the day recorded .*2026 Q1 \d+ 1 ", page)


def test_both_values_stand_in_the_table_and_its_file_and_with_the_coordinator(
    visit: Any, cast: Cast, at: Any, rolled_back: Any
) -> None:
    """A correction of Carer Awareness shows what the figure was, side by side, and is counted as often as listed."""
    things, admin = cast.northfirth.things, visit("northfirth.admin")
    path, group = f"/carer-awareness/{things['awareness_id']}/correct", str(things["group_id"])
    for hours, number in enumerate(("3", "2")):
        at(NOW + timedelta(hours=hours))
        admin.post(path, {"what": group, "number": number, "reason": "Counted twice"})
    page = " ".join(text_of(admin.get("/boards/northfirth/carer-awareness")).split())
    assert "2 of 16 without corrections: 4 of 16" in page
    [head, first, total] = admin.get("/boards/northfirth/carer-awareness.csv").text.splitlines()
    assert "2,16,12,4,25," in first
    assert first.count("was 4 members, now 3 members") == 1, "beside the group that was corrected"
    assert total.count("was 4 members, now 3 members") == 1
    assert "had it uncorrected" in head
    everywhere = " ".join(text_of(visit("coordinator").get("/support-figures")).split())
    assert "Northfirth: 2 corrections to records used for Carer Awareness." in everywhere
    assert "12% (2 of 16) without corrections: 25% (4 of 16)" in everywhere
    assert everywhere.count("was 4 members, now 3 members") == 1
    coordinator = visit("coordinator")
    total_words = r"Total \(\d+ boards? ha\w+ a figure\) \d+% \(\d+ of \d+\) without corrections: \d+% \("
    assert re.search(rf"Carer Awareness .*{total_words}", everywhere)
    sheet = coordinator.get("/support-figures.csv").text.splitlines()
    for row in ("Northfirth", "Total"):
        [line] = [one for one in sheet if one.startswith(row)]
        assert re.search(r",2,\d+$", line), "as many corrections, and the share without them"
        assert "was 4 members, now 3 members" in line


def test_a_deliverer_who_sits_elsewhere_hears_of_a_correction(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    """A depute, or a rep of another group, delivered it: nobody else would tell them that its record changed."""
    things, depute = cast.northfirth.things, cast.northfirth.people["depute"]
    with app.app_context(), unit_of_work():
        of_session = {"board_id": cast.northfirth.id, "session_id": things["awareness_id"]}
        db.session.add(AwarenessDelivered(**of_session, person_id=depute))
    path = f"/carer-awareness/{things['awareness_id']}/correct"
    visit("northfirth.admin").post(path, {"what": str(things["group_id"]), "number": "3", "reason": "Counted twice"})
    assert depute in mails(app, "record-corrected")
