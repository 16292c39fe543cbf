"""A claim from the morning after to the day it is paid, and everything that may go wrong on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Receipt
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, emails, lines_of, paid, press, version_on
from tests.made_papers import made_paper
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of


def test_from_an_empty_claim_to_the_day_it_is_paid(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    me, approver = cast.northfirth.people["rep"], visit("northfirth.approver")
    assert "not covered by your board yet" in text_of(rep.get(f"/claims/{claim.id}/lines/new"))
    assert add(rep, claim, "car", {**DAY, "miles": "10.5", "is_return": "y", "note": "home"}).status_code == 302
    assert add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg")).status_code == 302
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert "Miles by car: £9.45" in page
    assert "21 miles at 45p a mile" in page
    assert "So far it comes to: £21.95 The expenses policy covers all of it." in page
    assert str(claim.id) not in approver.get("/claims/to-decide").text, "nobody sees a draft"
    assert approver.client.get(f"/claims/{claim.id}/decide").status_code == 404
    sent = press(rep, claim, "send")
    assert "Your claim has been sent" in text_of(sent)
    claim = claim_of(app, me, "Carers week")
    assert claim.reference == "ZZ-2026-0004"
    assert claim.reference in text_of(sent)
    assert len(emails(app, "claim-sent", me)) == 2
    page = approver.get(f"/claims/{claim.id}/decide")
    assert "Covered by the expenses policy: £21.95" in text_of(page)
    car, taxi = sorted(lines_of(app, claim.id), key=lambda one: one.category)
    form = {"version": version_on(page), **paid(car.id), f"lines-{taxi.id}-say": "no"}
    assert "Taxi, £12.50: give a reason for saying no" in text_of(approver.post(f"/claims/{claim.id}/decide", form))
    form[f"lines-{taxi.id}-reason"] = "There is a bus"
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 302
    assert "Partly approved" in text_of(rep.get("/claims"))
    assert "Reason: There is a bus" in text_of(rep.get(f"/claims/{claim.id}"))
    [told] = [one for one in emails(app, "claim-decided", me) if one.facts["reference"] == claim.reference]
    assert told.facts["approved"] == "£9.45"
    approver.post("/boards/northfirth/payees", {f"payee-{me}": "SUP-77"})
    made = approver.post("/claims/payments", {"claims": [str(claim.id)]})
    run = made.headers["Location"]
    assert "SUP-77" in text_of(approver.get(run))
    assert "Total £9.45" in text_of(approver.get(run))
    assert approver.post(f"{run}/paid", {"paid_on": ["3", "3", "2026"]}).status_code == 302
    assert "Paid on Tuesday 3 March 2026" in text_of(rep.get("/claims"))
    assert [one.facts["reference"] for one in emails(app, "claim-paid", me)] == [claim.reference]


def test_a_form_sent_twice_makes_one_claim_and_one_line(app: Flask, visit: Any, cast: Cast) -> None:
    rep, once = visit("northfirth.rep"), str(uuid4())
    form = {"what": "event", "board": str(cast.northfirth.id), "title": "Twice", "happened_on": ["2", "3", "2026"]}
    first = rep.post("/claims/new", {**form, "once": once})
    assert rep.post("/claims/new", {**form, "once": once}).headers["Location"] == first.headers["Location"]
    claim = claim_of(app, cast.northfirth.people["rep"], "Twice")
    line = str(uuid4())
    for _ in range(2):
        add(rep, claim, "taxi", {**TAXI, "once": line})
    assert len(lines_of(app, claim.id)) == 1


@pytest.mark.parametrize(("typed", "minutes"), [("2", 120), ("1:40", 100), ("1.5", 90), ("90 min", 90)])
def test_hours_are_shown_as_they_are_kept(app: Flask, visit: Any, cast: Cast, typed: str, minutes: int) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "childcare", {**DAY, "hours": typed, "paid": "20", "no_receipt_because": "none given"})
    [line] = lines_of(app, claim.id)
    assert line.minutes == minutes
    [shown] = fromstring(rep.get(f"/claim-lines/{line.id}/change").text).xpath("//input[@name='hours']/@value")
    again = {**DAY, "hours": shown, "paid": "20", "no_receipt_because": "none given"}
    assert rep.post(f"/claim-lines/{line.id}/change", again).status_code == 302
    assert [one.minutes for one in lines_of(app, claim.id)] == [minutes]


@pytest.mark.parametrize(
    ("category", "changed", "words"),
    [
        ("taxi", {"paid": "1e3"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": "12,50"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": "-5"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": "NaN"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": "1.234"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": "0"}, "What you paid must be an amount, like 4.50"),
        ("taxi", {"paid": ""}, "Enter what you paid"),
        ("taxi", {"spent_on": ["4", "3", "2026"]}, "must be today or in the past"),
        ("taxi", {"spent_on": ["1", "3", "2025"]}, "or later: the role at this board began then"),
        ("car", {"miles": "0"}, "Miles one way must be a number from 0.1 to 800"),
        ("car", {"miles": "900"}, "Miles one way must be a number from 0.1 to 800"),
        ("car", {"miles": "1e1"}, "Miles one way must be a number from 0.1 to 800"),
        ("childcare", {"paid": ""}, "Enter what you paid, like 4.50"),
        ("replacement_care", {"hours": "30"}, "The time must be up to 24 hours, like 1.5 or 1:30"),
    ],
)
def test_what_cannot_be_claimed_says_what_to_do(
    app: Flask, visit: Any, cast: Cast, category: str, changed: dict[str, Any], words: str
) -> None:
    rep, claim = begin(app, visit, cast)
    form = {**TAXI, "miles": "10", "hours": "2", **changed}
    assert words in text_of(add(rep, claim, category, form))
    assert lines_of(app, claim.id) == []


@pytest.mark.parametrize(
    ("typed", "words"), [(["", "", ""], "Enter the day"), (["2", "3", ""], "The day it was on must include a year")]
)
def test_a_claim_for_an_event_needs_its_whole_day(visit: Any, cast: Cast, typed: list[str], words: str) -> None:
    form = {"what": "event", "board": str(cast.northfirth.id), "title": "Stall", "happened_on": typed}
    page = visit("northfirth.rep").post("/claims/new", {**form, "once": str(uuid4())})
    assert page.status_code == 200
    assert words in text_of(page)


def test_problems_are_said_before_sending_and_when_sending(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"})
    words = "Taxi needs a receipt. Add one, or say why you have none"
    assert words in text_of(rep.get(f"/claims/{claim.id}"))
    page = text_of(press(rep, claim, "send"))
    assert "Your claim has not been sent." in page
    assert words in page
    assert claim_of(app, claim.person_id, claim.title).status == "draft"


def test_over_the_limit_the_rest_is_private(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "subsistence", {**TAXI, "paid": "15"})
    add(rep, claim, "phone", TAXI)
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert "The policy covers part of what it cost, £10.70. Paid up to £10.70 a day." in page
    assert "Not covered: £4.30" in page
    assert "The board does not cover this" in page
    press(rep, claim, "send")
    assert "You claimed £27.50. The expenses policy covers £10.70 of it." in text_of(rep.get("/claims"))
    assert "You claimed: £27.50 The expenses policy covers £10.70 of it." in text_of(rep.get(f"/claims/{claim.id}"))
    decide = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "£15.00" not in decide
    assert "£16.80" not in decide


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.jpg", "This picture is empty"),
        (b"no picture at all", "broken.jpg", "We cannot read this picture"),
        (photo()[:500], "cut.jpg", "We cannot read this picture"),
        (b"words", "note.txt", "Choose a photo, as JPEG, PNG, HEIC or WebP, or a PDF"),
        (b"%PDF-1.4 broken", "broken.pdf", "This file is damaged"),
        (b"\xff\xd8" + b"x" * (21 * 1024 * 1024), "huge.jpg", "This file is over 20 MB"),
        (
            b"<svg onload=alert(1)></svg>",
            "drawing.svg",
            "We cannot keep this kind of file",
        ),
    ],
)
def test_a_file_that_is_no_receipt_is_refused_and_what_was_typed_stays(
    app: Flask, visit: Any, cast: Cast, content: bytes, name: str, words: str
) -> None:
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (content, name))
    assert words in text_of(page)
    assert 'value="12.50"' in page.text
    assert lines_of(app, claim.id) == []


def test_a_photo_of_forty_megabytes_says_so(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "taxi", TAXI, (b"\xff\xd8" + b"x" * 40 * 1024 * 1024, "huge.jpg"))
    assert "This file is over 20 MB" in text_of(page)


def test_receipts_are_made_anew_and_seen_by_whom_they_concern(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "me.jpg"), (made_paper("Taxi", 1), "taxi.pdf"))
    press(rep, claim, "send")
    with app.app_context():
        of_claim = select(Receipt).where(Receipt.claim_id == claim.id).order_by(Receipt.id)
        found = db.session.scalars(of_claim).all()
    assert {one.kind for one in found} == {"image/jpeg", "application/pdf"}
    approver, other = visit("northfirth.approver"), visit("northfirth.depute")
    for one in found:
        response = approver.client.get(f"/receipts/{one.id}/file")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert b"CANARYDESCRIPTION" not in response.data
        assert other.client.get(f"/receipts/{one.id}/file").status_code == 404
        assert visit("northfirth.officer").client.get(f"/receipts/{one.id}/file").status_code == 404


def test_a_receipt_for_care_is_locked_and_the_approver_cannot_open_it(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    care = {**DAY, "hours": "3", "paid": "40"}
    add(rep, claim, "replacement_care", care, (made_paper("HEALTHWORD Mrs B", 1), "care.pdf"))
    press(rep, claim, "send")
    with app.app_context():
        [one] = db.session.scalars(select(Receipt).where(Receipt.claim_id == claim.id)).all()
        assert b"%PDF" not in files.read(one.stored_as)
        assert one.key not in one.sealed_key
    assert rep.client.get(f"/receipts/{one.id}/file").data.startswith(b"%PDF")
    approver = visit("northfirth.approver")
    assert approver.client.get(f"/receipts/{one.id}/file").status_code == 404
    page = text_of(approver.get(f"/claims/{claim.id}/decide"))
    assert "Receipt 1.pdf: encrypted, because it may contain details of someone’s care" in page


def test_the_morning_after_whoever_came_is_asked_once(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    meeting, me = cast.northfirth.things["meeting_id"], cast.northfirth.people["depute"]
    rep = cast.northfirth.people["rep"]
    at(datetime(2026, 3, 13, 15, 0, tzinfo=UTC))
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{rep}": "came"})
    at(datetime(2026, 3, 14, 7, 59, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert emails(app, "claim-prompted") == []
    at(datetime(2026, 3, 14, 8, 1, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
        do_what_is_due()
    assert [one.person_id for one in emails(app, "claim-prompted")] == [me], "the depute went, so the depute is asked"
    depute = visit("northfirth.depute")
    assert "Did it cost you anything?" in text_of(depute.get("/"))
    claim = claim_of(app, me, "CANARYNORTH Main Group")
    page = depute.get(f"/claims/{claim.id}")
    assert "Did it cost you anything?" in text_of(page)
    assert "I have no expenses for this" in text_of(page)
    assert depute.post(f"/claims/{claim.id}/nothing", {"version": version_on(page)}).status_code == 302
    assert (
        "CANARYNORTH Main Group"
        not in text_of(depute.get("/claims")).split("Make a claim")[1].split("CANARYNORTH waits")[0]
    )
    assert str(claim.id) not in visit("northfirth.approver").get("/claims/to-decide").text


def test_an_offered_claim_takes_over_what_is_usual(app: Flask, cast: Cast, rolled_back: Any) -> None:
    from portal.meetings.queries import meeting_by_id

    rep, things = cast.northfirth.people["rep"], cast.northfirth.things
    with app.app_context():
        with unit_of_work():
            first = claims_actions.begin_for_meeting(meeting_by_id(things["meeting_id"]), rep)
            typed = {"category": "car", "spent_on": first.happened_on, "tenths": 240, "note": "home and back"}
            claims_actions.save_line(first, uuid4(), typed)
            claims_actions.send(first, first.version)
        with unit_of_work():
            second = claims_actions.begin_for_meeting(meeting_by_id(things["coming_id"]), rep)
            [line] = claims_queries.lines(second.id)
            assert (line.tenths, line.note, line.spent_on) == (240, "home and back", second.happened_on)
            assert line.cost == 1080
            assert claims_actions.begin_for_meeting(meeting_by_id(things["coming_id"]), rep).id == second.id


def test_a_receipt_that_is_taken_away_is_gone_from_the_store(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "one.jpg"), (photo("PNG"), "two.png"))
    with app.app_context():
        of_claim = select(Receipt).where(Receipt.claim_id == claim.id).order_by(Receipt.id)
        found = db.session.scalars(of_claim).all()
        key, kept = found[0].id, [one.stored_as for one in found]
    assert rep.post(f"/receipts/{key}/remove").status_code == 302
    with app.app_context():
        assert files.read(kept[0]), "not before the change is through"
        while work_once():
            pass
        with pytest.raises(FileNotFoundError):
            files.read(kept[0])
        assert files.read(kept[1])
    [line] = lines_of(app, claim.id)
    assert rep.post(f"/claim-lines/{line.id}/remove").status_code == 302
    with app.app_context():
        while work_once():
            pass
        with pytest.raises(FileNotFoundError):
            files.read(kept[1])
