"""What an approver sees beside a decision: the policy that applies, who was there, and asking for a better receipt."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.core.calendar import moment
from portal.expenses.claims.receipts import check_care_receipt, open_receipt
from portal.expenses.decisions.warnings import care_pays
from portal.expenses.models import ClaimLine, Receipt
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CarePolicy
from portal.support_meetings.models import SupportMeeting
from portal.training.models import Booking, TrainingSession
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, emails, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

YESTERDAY = TODAY - timedelta(days=1)
CARE = {**DAY, "hours": "2", "paid": "50"}


def sent(app: Flask, visit: Any, cast: Cast, *lines: tuple[str, dict[str, Any]]) -> Any:
    """A claim with these lines and a photo for care: the approver's page, and the claim."""
    rep, claim = begin(app, visit, cast)
    for category, form in lines:
        add(rep, claim, category, form, *([(photo(), "care.jpg")] if category == "replacement_care" else []))
    press(rep, claim, "send")
    return visit("northfirth.approver").get(f"/claims/{claim.id}/decide"), claim


def with_policy(app: Flask, cast: Cast, changed_at: datetime) -> None:
    with app.app_context(), unit_of_work():
        db.session.query(CarePolicy).filter_by(board_id=cast.northfirth.id).delete()
        policy = CarePolicy(board_id=cast.northfirth.id, is_provided=True, hourly_rate=1800, cap=7200)
        policy.words, policy.changed_at, policy.counts_preparation = "Ask Ann first", changed_at, False
        db.session.add(policy)


def beside(page: Any, heading: str) -> str:
    """What stands in the box of a line."""
    [found] = fromstring(page.text).xpath(f"//*[@class='portal-file'][h2[starts-with(., '{heading}')]]")
    return " ".join(found.text_content().split())


@pytest.mark.parametrize("days", [-1, 1])
def test_replacement_care_is_beside_the_care_policy_and_its_limit(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, days: int
) -> None:
    with_policy(app, cast, moment(YESTERDAY + timedelta(days=days), time(9)))
    page, _ = sent(app, visit, cast, ("replacement_care", CARE), ("taxi", TAXI))
    said = beside(page, "Replacement care")
    if days > 0:
        assert "We do not know what the board’s care policy said on this day." in said
        assert said.count("care policy") == 1, "said once"
        assert not any(words in said for words in ("£36.00", "£72.00", "£18.00", "Ask Ann first"))
        return
    assert "Care policy: £18.00 an hour, up to 4 hours each time (£72.00)" in said
    assert "It covers the meeting and the journey. " in said
    assert "Ask Ann first" not in said, "that is for reps"
    assert "The expenses policy below sets what can be paid for this." in said
    assert "By the care policy: 2 hours × £18.00 = £36.00" in said
    assert "Expenses policy in force from" in said, "it worked the amount out"
    assert "Over the care policy, which pays £36.00 (2 hours at £18.00 an hour" in said
    assert "We do not know" not in said
    assert "Care policy" not in beside(page, "Taxi")


def test_a_board_without_a_care_policy_says_so(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        db.session.query(CarePolicy).filter_by(board_id=cast.northfirth.id).delete()
    page, _ = sent(app, visit, cast, ("replacement_care", CARE))
    assert "no care policy that says it provides care" in beside(page, "Replacement care")


@pytest.mark.parametrize(
    ("rate", "cap", "covered", "words"),
    [
        (None, None, 9000, ""),
        (1800, None, 3600, ""),
        (1800, None, 3601, "Over the care policy, which pays £36.00 (2 hours at £18.00 an hour)"),
        (None, 7000, 7000, ""),
        (None, 7000, 7001, "Over the care policy, which pays at most £70.00 each time"),
    ],
)
def test_only_what_is_over_the_care_policy_is_warned_of(
    rate: int | None, cap: int | None, covered: int, words: str
) -> None:
    line = ClaimLine(category="replacement_care", minutes=120, covered=covered, spent_on=TODAY)
    policy = CarePolicy(is_provided=True, hourly_rate=rate, cap=cap, changed_at=NOW)
    less = care_pays(line, policy)
    assert (less.to_approver if less else "") == words
    line.spent_on = YESTERDAY
    assert care_pays(line, policy) is None, "what it said then is not known"
    line.spent_on = TODAY
    policy.is_provided = False
    assert care_pays(line, policy) is None, "such a board has no policy of care"


def claimed_for(app: Flask, visit: Any, cast: Cast, what: str) -> str:
    """What the approver reads beside a claim for something of yesterday."""
    rep = visit("northfirth.rep")
    form = {"what": what, "board": str(cast.northfirth.id), "title": "Chairing", "happened_on": ["2", "3", "2026"]}
    rep.post("/claims/new", {**form, "once": str(uuid4())})
    claim = claim_of(app, cast.northfirth.people["rep"], "Chairing")
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    return str(text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide")))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("attended", "Attendance: Chairing skills: recorded that they were there."),
        ("missed", "Attendance: Chairing skills: recorded that they were not there."),
        ("booked", "Attendance: Chairing skills: they had a place, and attendance has not been recorded."),
        ("", "Attendance: The board had no training in the portal that they booked for this day"),
    ],
)
def test_a_claim_for_training_says_if_they_were_there(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, status: str, words: str
) -> None:
    with app.app_context(), unit_of_work():
        session = TrainingSession(board_id=cast.northfirth.id, title="Chairing skills", places=3)
        session.starts_at = moment(YESTERDAY, time(10))
        session.ends_at = moment(YESTERDAY, time(12))
        db.session.add(session)
        db.session.flush()
        if status:
            place = Booking(board_id=cast.northfirth.id, session_id=session.id, status=status, asked_at=NOW)
            place.person_id = cast.northfirth.people["rep"]
            db.session.add(place)
    assert words in claimed_for(app, visit, cast, "training")


@pytest.mark.parametrize("what", ["event", "consultation"])
def test_what_the_portal_cannot_know_is_said(app: Flask, visit: Any, cast: Cast, what: str) -> None:
    page = claimed_for(app, visit, cast, what)
    assert "Attendance: The portal does not record who goes to events, support meetings, mentoring talks" in page


def test_a_support_meeting_of_the_day_is_named(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        things = cast.northfirth.things
        db.session.query(SupportMeeting).filter_by(meeting_id=things["coming_id"]).delete()
        support = SupportMeeting(board_id=cast.northfirth.id, group_id=things["group_id"])
        support.meeting_id, support.starts_at = things["coming_id"], moment(YESTERDAY, time(14))
        db.session.add(support)
    assert "There was a support meeting for CANARYNORTH Main Group on this day." in claimed_for(
        app, visit, cast, "event"
    )


def ask_for_receipt(visit: Any, claim: Any, line_id: UUID, typed: str = "") -> Any:
    """Press the button beside the line, and send the question as the page proposes it: the page between."""
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/ask"
    form = {"version": version_on(approver.get(f"/claims/{claim.id}/decide")), "question": typed}
    page = approver.post(f"{path}?receipt={line_id}", form)
    return approver, path, form, page


def question_on(page: Any) -> tuple[str, str]:
    found = fromstring(page.text)
    [about] = found.xpath("//input[@name='about' and @checked]/@value")
    return about, found.get_element_by_id("question").text_content().strip()


def test_a_better_receipt_is_asked_for_and_sent_with_the_answer(app: Flask, visit: Any, cast: Cast) -> None:
    """Of a receipt that the approver cannot open, on its line; what they typed of it stays."""
    _, claim = sent(app, visit, cast, ("replacement_care", CARE), ("taxi", TAXI))
    care, taxi = sorted(lines_of(app, claim.id), key=lambda one: one.category)
    approver, path, form, page = ask_for_receipt(visit, claim, care.id, "It is dark.")
    words = (
        "Please add a better receipt for Replacement care, £50.00 on Monday 2 March. We could not use the one you sent."
    )
    assert question_on(page) == (str(care.id), f"It is dark.\n\n{words}")
    assert claim_of(app, claim.person_id, claim.title).status == "sent", "nothing is sent before they say so"
    line, question = question_on(page)
    assert approver.post(path, {**form, "about": [line], "question": question}).status_code == 302
    [email] = [one for one in emails(app, "claim-queried") if one.facts["claim_id"] == claim.id.hex]
    assert email.facts["about_line"].startswith("Replacement care, £50.00")
    rep = visit("northfirth.rep")
    page = rep.get(f"/claims/{claim.id}")
    [item] = fromstring(page.text).xpath("//li[.//textarea[@id='answer']]")
    assert item.xpath(f".//input[@type='file' and @name='receipts-{care.id}']"), "beside the answer"
    assert "We could not use the one you sent." in item.text_content()
    assert "Replacement care: £50.00" in item.text_content()
    answer = {
        "version": version_on(page),
        "answer": "",
        f"receipts-{care.id}": [(io.BytesIO(photo("PNG")), "better.png")],
    }
    done = rep.post(f"/claims/{claim.id}/send", answer, content_type="multipart/form-data")
    assert "Its number is" in text_of(done)
    with app.app_context():
        of_line = db.session.query(Receipt).where(Receipt.line_id == care.id).order_by(Receipt.created_at).all()
        assert len(of_line) == 2
        assert of_line[1].sealed_key, "a receipt for care is locked, this way too"
        assert db.session.query(Receipt).where(Receipt.line_id == taxi.id).count() == 0


def test_a_receipt_is_asked_for_where_there_is_none(app: Flask, visit: Any, cast: Cast) -> None:
    page, claim = sent(app, visit, cast, ("taxi", TAXI), ("car", {**DAY, "miles": "5"}))
    lines = {one.category: one.id for one in lines_of(app, claim.id)}
    assert "Ask for a receipt" in beside(page, "Taxi")
    assert "Ask for a receipt" not in beside(page, "Miles by car")
    _, _, _, page = ask_for_receipt(visit, claim, lines["taxi"])
    words = "Please add a receipt for Taxi, £12.50 on Monday 2 March, or tell us why you have none."
    assert question_on(page)[1] == words


def test_a_wrong_file_and_a_long_answer_are_said_at_once_and_the_good_one_is_held(
    app: Flask, visit: Any, cast: Cast
) -> None:
    _, claim = sent(app, visit, cast, ("taxi", TAXI))
    [taxi] = lines_of(app, claim.id)
    approver, path, form, page = ask_for_receipt(visit, claim, taxi.id)
    approver.post(path, {**form, "about": [str(taxi.id)], "question": "Where is it?"})
    rep = visit("northfirth.rep")
    files = [(io.BytesIO(b"not a picture"), "odd.jpg"), (io.BytesIO(photo()), "good.jpg")]
    answer = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": "x" * 1001, f"receipts-{taxi.id}": files}
    page = rep.post(f"/claims/{claim.id}/send", answer, content_type="multipart/form-data")
    errors = [one.text_content() for one in fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a")]
    assert len(errors) == 2
    assert fromstring(page.text).xpath(f"count(//input[@name='receipts-{taxi.id}-held'])") == 1
    assert claim_of(app, claim.person_id, claim.title).status == "queried"


def test_an_answer_is_not_lost_when_the_claim_changed_on_another_screen(app: Flask, visit: Any, cast: Cast) -> None:
    _, claim = sent(app, visit, cast, ("taxi", TAXI))
    [taxi] = lines_of(app, claim.id)
    approver, path, form, _ = ask_for_receipt(visit, claim, taxi.id)
    approver.post(path, {**form, "about": [str(taxi.id)], "question": "Where is it?"})
    rep = visit("northfirth.rep")
    version = version_on(rep.get(f"/claims/{claim.id}"))
    add(rep, claim, "taxi", {**TAXI, "paid": "3"})
    page = rep.post(f"/claims/{claim.id}/send", {"version": version, "answer": "In the drawer"})
    assert "In the drawer" in page.text
    assert "changed on another screen" in text_of(page)
    done = rep.post(f"/claims/{claim.id}/send", {"version": version_on(page), "answer": "In the drawer"})
    assert "Its number is" in text_of(done)


def test_no_receipt_asks_as_much_of_the_approver_as_one_nobody_looked_at(app: Flask, visit: Any, cast: Cast) -> None:
    page, claim = sent(app, visit, cast, ("replacement_care", CARE), ("taxi", TAXI))
    lines = {one.category: one.id for one in lines_of(app, claim.id)}
    form = {"version": version_on(page), **{f"lines-{one}-say": "yes" for one in lines.values()}}
    approver = visit("northfirth.approver")
    page = approver.post(f"/claims/{claim.id}/decide", form)
    errors = sorted(one.text_content() for one in fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a"))
    assert errors == [
        "Replacement care, £50.00: no officer has looked at its receipt. Select the box to pay it anyway",
        "Taxi, £12.50: there is no receipt, and the policy asks for one. Select the box to pay it anyway",
    ]
    with app.app_context(), unit_of_work():
        receipt = db.session.query(Receipt).where(Receipt.line_id == lines["replacement_care"]).one()
        open_receipt(receipt, cast.northfirth.people["officer"])
    with app.app_context(), unit_of_work():
        receipt = db.session.get_one(Receipt, receipt.id)
        check_care_receipt(receipt, cast.northfirth.people["officer"])
    form[f"lines-{lines['taxi']}-unproven"] = "y"
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 302


def test_a_receipt_whose_file_is_gone_is_said_and_a_better_one_is_asked_for(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "5"}, (photo(), "taxi.jpg"))
    add(rep, claim, "replacement_care", CARE, (photo("PNG"), "care.png"))
    press(rep, claim, "send")
    with app.app_context(), unit_of_work():
        of_claim = db.session.query(Receipt).where(Receipt.claim_id == claim.id).order_by(Receipt.sealed_key)
        taxi, care = [one.id for one in of_claim]
        for one in of_claim:
            one.stored_as = "receipts/nowhere"
    page = visit("northfirth.approver").get(f"/receipts/{taxi}/file", follow_redirects=True)
    assert "We cannot open this receipt. Whoever decides the claim can ask for a better one." in text_of(page)
    assert "Ask for a better receipt" in beside(page, "Taxi")
    officers = visit("northfirth.officer").get(f"/care-receipts/{care}/file", follow_redirects=True)
    assert "We cannot open this receipt." in text_of(officers)
