"""Claims that are not sent: what is copied or double says so, and nothing goes with one press."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.expenses.claims import actions as claims_actions
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from tests.cast import TODAY, Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, emails, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of


def test_nothing_to_claim_exists_only_while_a_claim_is_empty(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    empty = rep.get(f"/claims/{claim.id}")
    assert "I have no expenses for this" in text_of(empty)
    add(rep, claim, "taxi", TAXI)
    filled = rep.get(f"/claims/{claim.id}")
    assert "I have no expenses for this" not in text_of(filled)
    page = rep.post(f"/claims/{claim.id}/nothing", {"version": version_on(filled)}, follow_redirects=True)
    assert "This claim has expenses in it" in text_of(page)
    assert len(lines_of(app, claim.id)) == 1
    assert claim_of(app, claim.person_id, claim.title).status == "draft"


def test_a_draft_is_deleted_on_a_page_that_says_what_goes(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg"))
    page = rep.get(f"/claims/{claim.id}/delete")
    assert "Taxi: £12.50" in text_of(page)
    assert lines_of(app, claim.id), "looking deletes nothing"
    older = {"version": str(int(version_on(page)) - 1)}
    rep.post(f"/claims/{claim.id}/delete", older)
    assert lines_of(app, claim.id), "nor does a page of the claim as it was before"
    done = rep.post(f"/claims/{claim.id}/delete", {"version": version_on(page)}, follow_redirects=True)
    assert "Claim deleted." in text_of(done)
    with app.app_context():
        for model in (ClaimLine, Receipt):
            assert db.session.scalars(select(model).where(model.claim_id == claim.id).order_by(model.id)).all() == []
        assert db.session.scalar(select(Claim).where(Claim.id == claim.id)) is None


def test_a_draft_that_was_changed_since_is_not_deleted(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    version = version_on(rep.get(f"/claims/{claim.id}/delete"))
    add(rep, claim, "taxi", TAXI)
    page = rep.post(f"/claims/{claim.id}/delete", {"version": version}, follow_redirects=True)
    assert "This is how it is now" in text_of(page)
    assert len(lines_of(app, claim.id)) == 1


def test_a_claim_that_was_sent_is_never_deleted(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    version = version_on(rep.get(f"/claims/{claim.id}/delete"))
    press(rep, claim, "send")
    for status in ("sent", "withdrawn"):
        page = rep.post(f"/claims/{claim.id}/delete", {"version": version}, follow_redirects=True)
        assert "it cannot be deleted" in text_of(page)
        found = claim_of(app, claim.person_id, claim.title)
        assert (found.status, found.reference) == (status, "ZZ-2026-0004")
        if status == "sent":
            press(rep, claim, "withdraw")


def test_a_claim_that_was_asked_for_is_not_asked_for_again_when_it_is_deleted(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    me = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        claims_actions.prompt_for_activity(cast.northfirth.id, me, "event", "Away day", TODAY)
    rep, claim = visit("northfirth.rep"), claim_of(app, me, "Away day")
    add(rep, claim, "taxi", TAXI)
    page = rep.get(f"/claims/{claim.id}/delete")
    rep.post(f"/claims/{claim.id}/delete", {"version": version_on(page)})
    assert (claim_of(app, me, "Away day").status, lines_of(app, claim.id)) == ("nothing", [])


def test_an_officer_deletes_a_claim_begun_by_mistake_and_no_other(app: Flask, visit: Any, cast: Cast) -> None:
    officer, draft = visit("northfirth.officer"), cast.northfirth.things["draft_id"]
    address = f"/claims-for-reps/{draft}/delete"
    assert visit("southmoor.officer").get(address).status_code == 404
    page = officer.get(address)
    assert "CANARYNORTH Depute" in text_of(page)
    assert "Delete this claim" in text_of(officer.get(f"/claims-for-reps/{draft}"))
    assert officer.post(address, {"version": version_on(page)}).status_code == 302
    assert officer.client.get(address).status_code == 404
    _, claim = begin(app, visit, cast)
    assert officer.client.get(f"/claims-for-reps/{claim.id}/delete").status_code == 404


def test_copied_lines_say_so_until_they_are_looked_at(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    me, things = cast.northfirth.people["rep"], cast.northfirth.things
    with app.app_context(), unit_of_work():
        first = claims_actions.begin_for_meeting(meeting_by_id(things["meeting_id"]), me)
        typed = {"category": "car", "spent_on": TODAY, "tenths": 240, "note": "home and back"}
        claims_actions.save_line(first, uuid4(), typed)
        claims_actions.send(first, first.version)
        second = claims_actions.begin_for_meeting(meeting_by_id(things["coming_id"]), me)
        first_id, claim_id = first.id, second.id
    rep = visit("northfirth.rep")
    page = rep.get(f"/claims/{claim_id}")
    assert "We copied CANARYNORTH Main Group, Friday 13 March: change or remove what was different" in text_of(page)
    assert f'href="/claims/{first_id}"' in page.text
    assert "Copied from last time" in text_of(page)
    sent = {"version": str(re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1])}
    assert "Your claim has not been sent. Check the expenses copied from last time, then tick the box" in text_of(
        rep.post(f"/claims/{claim_id}/send", sent)
    )
    deleting = text_of(rep.get(f"/claims/{claim_id}/delete"))
    assert "This expense will be deleted:" in deleting
    assert "receipts will be deleted" not in deleting
    [line] = lines_of(app, claim_id)
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Claim, claim_id)
        claims_actions.save_line(one, line.id, {"tenths": 100})
    assert "opied" not in text_of(rep.get(f"/claims/{claim_id}")), "opened and changed, there is nothing to tick"


def test_a_claim_with_copied_lines_is_sent_by_one_tick(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    me, things = cast.northfirth.people["rep"], cast.northfirth.things
    with app.app_context(), unit_of_work():
        first = claims_actions.begin_for_meeting(meeting_by_id(things["meeting_id"]), me)
        claims_actions.save_line(first, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 240, "note": "home"})
        claims_actions.send(first, first.version)
        claim_id = claims_actions.begin_for_meeting(meeting_by_id(things["coming_id"]), me).id
    rep = visit("northfirth.rep")
    page = rep.get(f"/claims/{claim_id}").text
    assert "I have checked the expenses copied from last time" in page
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    rep.post(f"/claims/{claim_id}/send", {"version": version, "copied": "y"})
    assert state_of(app, claim_id) == "sent"


def state_of(app: Flask, claim_id: Any) -> str:
    with app.app_context():
        return db.session.get_one(Claim, claim_id).status


def test_equal_lines_and_other_claims_for_the_same_thing_are_named(app: Flask, visit: Any, cast: Cast) -> None:
    rep, first = begin(app, visit, cast, "Carers week")
    add(rep, first, "taxi", TAXI)
    press(rep, first, "send")
    rep, second = begin(app, visit, cast, "Carers week, once more")
    for _ in range(2):
        add(rep, second, "taxi", TAXI)
    page = rep.get(f"/claims/{second.id}")
    assert "Listed 2 times. Is that right?" in text_of(page)
    assert "You may have another claim for the same event" in text_of(page)
    assert f'href="/claims/{first.id}"' in page.text
    press(rep, second, "send")
    decide = visit("northfirth.approver").get(f"/claims/{second.id}/decide")
    assert "2 expenses in this claim are the same" in text_of(decide)
    assert "CANARYNORTH Rep may have another claim for the same event: ZZ-2026-0004" in text_of(decide)
    assert f'href="/claims/{first.id}"' in decide.text
    assert f'href="/claims/{first.id}/decide"' in decide.text, "beside the line that is the same"


def test_each_link_to_change_or_remove_a_line_has_a_name_of_its_own(app: Flask, visit: Any, cast: Cast) -> None:
    """Also of equal lines, and of their receipts: read out by a list of links, they can be told apart."""
    rep, claim = begin(app, visit, cast)
    for paid in ("4.50", "4.50", "3"):
        add(rep, claim, "parking", {**DAY, "paid": paid}, (photo(), "ticket.jpg"))
    page = fromstring(rep.get(f"/claims/{claim.id}").text)
    main = page.xpath("//main")[0]
    names = [" ".join(one.text_content().split()) for one in main.xpath(".//a[not(ancestor::nav)] | .//button")]
    assert "Change, or add a receipt : Parking, £4.50 on Monday 2 March (2 of 2)".replace(" :", ":") in [
        one.replace(" :", ":") for one in names
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("has_lines", "words"), [(False, "Add what you spent, or say"), (True, "It has not been sent yet")]
)
def test_what_is_said_of_an_offered_claim_is_true_of_an_empty_one_too(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, has_lines: bool, words: str
) -> None:
    me = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        claims_actions.prompt_for_activity(cast.northfirth.id, me, "training", "Online course", TODAY)
        if has_lines:
            one = db.session.scalars(select(Claim).where(Claim.person_id == me, Claim.title == "Online course")).one()
            claims_actions.save_line(one, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 10})
    page = text_of(visit("northfirth.rep").get("/"))
    assert words in page
    assert "One press sends your claim" not in page


def test_the_email_of_an_empty_claim_promises_no_usual_expenses(app: Flask, cast: Cast, rolled_back: Any) -> None:
    me = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        claims_actions.prompt_for_activity(cast.northfirth.id, me, "training", "Online course", TODAY)
    [email] = emails(app, "claim-prompted", me)
    assert email.facts["has_lines"] is False
