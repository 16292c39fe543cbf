"""Rows about people are put right by whoever records them; the person is told, and figures count only how many."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from portal.boards.queries import people_named
from portal.capability import gathered
from portal.check_in.models import CheckIn
from portal.check_in.recording import actions as check_ins
from portal.core import clock
from portal.corrections import actions, queries
from portal.corrections.models import Correction
from portal.expenses.claims import queries as claims
from portal.expenses.payments import actions as payments
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.training.models import TrainingRecord
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.corrections.test_corrections import OVER, told
from tests.visitor import text_of


def _attended(app: Flask, cast: Cast, things: dict[str, Any], how: str) -> CheckIn:
    with app.app_context(), unit_of_work():
        check_ins.confirm_attendance(meeting_by_id(things["meeting_id"]), [(cast.person("northfirth.rep"), how)])
    with app.app_context():
        return db.session.get_one(CheckIn, things["check_in_id"])


def test_attendance_is_recorded_once_and_then_corrected_and_the_person_told(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    _attended(app, cast, things, "absent")
    assert _attended(app, cast, things, "came").attended == "absent", "only a correction changes it"
    clerk, path = visit("northfirth.clerk"), f"/attendance/{things['check_in_id']}/correct"
    assert "Select why it is corrected" in text_of(clerk.post(path, {"attended": "came", "reason": ""}))
    assert "The record says this already" in text_of(clerk.post(path, {"attended": "absent", "reason": "typed"}))
    clerk.post(path, {"attended": "came", "reason": "typed", "line": "Sorry about that"})
    coming = text_of(clerk.get(f"/meetings/{things['meeting_id']}/coming"))
    assert "was Absent, now Came. It was typed wrongly" in coming
    own = text_of(visit("northfirth.rep").get("/account/corrections"))
    assert "was Absent, now Came" in own
    assert "Sorry about that" in own
    with app.app_context():
        rep, officer = cast.northfirth.people["rep"], cast.northfirth.people["officer"]
        assert {rep, officer} <= set(told("row-corrected"))
        kept = db.session.scalars(select(Email.facts).where(Email.person_id == rep, Email.template == "row-corrected"))
        values = "CANARYNORTH Main Group, 13 March 2026: was Absent, now Came."
        assert [one["values"] for one in kept] == [values]
        row = db.session.scalars(select(Correction).where(Correction.thing_id == things["check_in_id"])).one()
        assert "Sorry" not in row.sealed_line
        assert queries.rows_by_month(cast.northfirth.id, "attendance") == [("March 2026", 1)]


def test_what_was_said_of_a_row_goes_with_its_person_and_is_still_counted(
    app: Flask, cast: Cast, work: Any, things: dict[str, Any]
) -> None:
    row = db.session.get_one(Correction, things["row_correction_id"])
    assert row.line
    with work():
        actions.forget_person(row.about_id)
    db.session.refresh(row)
    assert (row.about_id, row.was, row.now, row.sealed_line) == (None, "", "", "")
    assert queries.rows_by_month(cast.northfirth.id, "training-record") == [("March 2026", 1)]


@pytest.mark.parametrize(
    ("kind", "who", "where", "typed", "values"),
    [
        (
            *("attendance", "clerk", "/attendance/{check_in_id}/correct", {"attended": "online"}),
            "CANARYNORTH Main Group, 13 March 2026: was Absent, now",
        ),
        (
            *("training-record", "officer", "/training/records/{record_id}/correct", {"done_on": ["1", "2", "2026"]}),
            ": was done on",
        ),
    ],
)
def test_those_named_on_the_page_are_those_who_are_emailed_from_what_to_what(
    app: Flask,
    visit: Any,
    cast: Cast,
    things: dict[str, Any],
    at: Any,
    kind: str,
    who: str,
    where: str,
    typed: Any,
    values: str,
) -> None:
    at(OVER)
    _attended(app, cast, things, "absent")
    visitor, path = visit(f"northfirth.{who}"), where.format(**things)
    page = text_of(visitor.get(path))
    with app.app_context():
        before = set(db.session.scalars(anywhere(select(Email.id).order_by(Email.id))))
    visitor.post(path, {**typed, "reason": "typed"})
    with app.app_context():
        new = select(Email).where(Email.template == "row-corrected", Email.id.not_in(before)).order_by(Email.id)
        mailed = list(db.session.scalars(anywhere(new)))
        names = set(people_named(one.person_id for one in mailed).values())
        said = page.split("The record says: ")[1].split(" will get an email")[0].split(". ", 1)[1]
        assert set(re.split(", | and ", said)) == names
        assert all(words_of(one).text.count(values) == 1 for one in mailed)
    assert names


def test_what_was_corrected_twice_in_a_month_is_counted_once(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    _attended(app, cast, things, "absent")
    path = f"/attendance/{things['check_in_id']}/correct"
    for how in ("came", "online", "absent"):
        visit("northfirth.clerk").post(path, {"attended": how, "reason": "typed"})
    with app.app_context():
        assert queries.rows_by_month(cast.northfirth.id, "attendance") == [("March 2026", 1)]


def test_an_officer_corrects_training_never_their_own(
    visit: Any, app: Flask, cast: Cast, things: dict[str, Any]
) -> None:
    path = f"/training/records/{things['record_id']}/correct"
    typed = {"done_on": ["1", "2", "2026"], "reason": "told"}
    assert visit("northfirth.clerk").get(path).status_code == 404
    officer = visit("northfirth.officer")
    assert "must be today or in the past" in text_of(officer.post(path, {**typed, "done_on": ["1", "2", "2027"]}))
    officer.post(path, typed)
    with app.app_context():
        assert db.session.get_one(TrainingRecord, things["record_id"]).done_on.isoformat() == "2026-02-01"


def test_the_page_of_training_says_what_was_corrected_and_how_many_in_each_month(
    visit: Any, at: Any, things: dict[str, Any]
) -> None:
    """For its officer both values beside the record; of each month, and of a record corrected twice, one number."""
    officer, path = visit("northfirth.officer"), f"/training/records/{things['record_id']}/correct"
    page = "/boards/northfirth/training"
    officer.post(f"/training/records/{things['record_id']}/answer", {"answer": "yes"})
    assert officer.post(path, {"done_on": ["1", "2", "2026"], "reason": "told"}).status_code == 302
    once = text_of(officer.get(page))
    assert "now done on 1 February 2026" in once.split("Confirmed training")[1]
    assert once.count("1 record of training was corrected in March 2026.") == 1
    at(NOW + timedelta(days=31))
    officer = visit("northfirth.officer")  # signed in anew
    assert officer.post(path, {"done_on": ["8", "2", "2026"], "reason": "typed"}).status_code == 302
    twice = text_of(officer.get(page))
    assert "was done on 1 February 2026, now done on 8 February 2026. It was typed wrongly" in twice
    months = [f"1 record of training was corrected in {month} 2026." for month in ("April", "March")]
    assert " ".join(months) in twice, "the latest first"


def test_a_payment_day_is_corrected_within_its_bounds_and_counts_again(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, work: Any
) -> None:
    approver = cast.northfirth.people["approver"]
    at(NOW + timedelta(days=9))
    run = db.session.get_one(PaymentRun, things["run_id"])
    with work():
        payments.mark_paid(run, TODAY + timedelta(days=5), approver)
    visitor, path = visit("northfirth.approver"), f"/payment-runs/{run.id}/correct"
    for day, words in (
        ("1", "This run was made on"),
        ("8", "The record says this day already"),
        ("20", "The payment date must be today or in the past"),
    ):
        typed = {"paid_on": [day, "3", "2026"], "reason": "typed"}
        page = text_of(visitor.post(path, typed))
        assert words in page
        assert "Everyone whose claim is in this run will get an email about a correction. You will not." in page
    visitor.post(path, {"paid_on": ["10", "3", "2026"], "reason": "typed", "line": ""})
    [claim] = [claims.claim_by_id(cast.northfirth.id, key) for key in _claims_of(run)]
    db.session.refresh(claim)
    assert claim.paid_on.isoformat() == "2026-03-10"
    assert claim.days_to_pay == (claim.paid_on - TODAY).days
    assert "was paid on 8 March 2026, now paid on 10 March 2026" in text_of(visitor.get(f"/payment-runs/{run.id}"))
    figures = text_of(visit("northfirth.rep").get("/boards/northfirth/expenses"))
    assert "1 payment day was corrected in March 2026." in figures
    assert "10 March" not in figures
    assert "Corrected at" in text_of(visitor.get(f"/payment-runs/{run.id}"))
    assert claim.person_id in told("row-corrected")
    words = f"Payment of {claim.reference}: was paid on 8 March 2026, now paid on 10 March 2026."
    kept = db.session.scalars(select(Email.facts).where(Email.person_id == claim.person_id).order_by(Email.id)).all()
    assert words in [one.get("values") for one in kept]


def _claims_of(run: PaymentRun) -> list[UUID]:
    from portal.expenses.payments.queries import claims_in

    return [one.id for one in claims_in(run)]


def test_the_page_of_corrections_says_where_those_of_persons_are_counted(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    """Every kind of row names a page, and the page says how many were corrected: to those alone who may open it."""
    at(OVER)
    with app.app_context():
        kinds = {one.kind: one.counted for one in gathered().correctable.values() if not one.is_of_board}
    with app.app_context(), unit_of_work():
        for kind in kinds:
            _of_kind(cast, kind)
    officer, page = visit("northfirth.officer"), "/boards/northfirth/corrections"
    shown = officer.get(page)
    assert "Corrections of one person’s own record are not listed here" in text_of(shown)
    assert all(kinds.values())
    for kind, counted in kinds.items():
        with app.test_request_context():
            address = url_for(counted.endpoint, board="northfirth")
        assert f'href="{address}"' in shown.text, kind
        assert re.search(COUNTED[kind] + " corrected in March 2026", text_of(officer.get(address))), kind
    for role in ("rep", "clerk", "admin"):
        somebody = visit(f"northfirth.{role}")
        links = re.findall(
            r'href="(/boards/northfirth/[a-z]+)"', somebody.get(page).text.split("own record are not")[-1]
        )
        assert all(somebody.get(one).status_code == 200 for one in links), role


COUNTED = {
    "attendance": "1 record of attendance was",
    "payment-day": "1 payment day was",
    "training-record": "2 records of training were",  # the cast has one
}


def _of_kind(cast: Cast, kind: str) -> None:
    facts = {"kind": kind, "is_of_board": False, "status": "made", "reason": "typed", "thing_id": uuid4()}
    words = dict.fromkeys(("about", "was", "now", "was_value", "now_value"), "x")
    clerk = cast.northfirth.people["clerk"]
    when = {"asked_at": clock.now(), "decided_at": clock.now(), "asked_by_id": clerk, "decided_by_id": clerk}
    db.session.add(Correction(board_id=cast.northfirth.id, **facts, **words, **when))
