"""A claim from the morning after to the day it is paid, and everything that may go wrong on the way."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.demonstration.made_papers import made_paper
from portal.expenses import actions, deciding, paying, payment_queries, policies, queries
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.infra import files
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import ChangedMeanwhile
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

DAY = {"spent_on": ["2", "3", "2026"]}
TAXI = {**DAY, "paid": "12.50", "no_receipt_because": "The driver gave none"}


def claim_of(app: Flask, person_id: UUID, title: str = "") -> Claim:
    with app.app_context():
        statement = select(Claim).where(Claim.person_id == person_id).order_by(Claim.made_at.desc(), Claim.title)
        found = db.session.scalars(statement).all()
        return next(one for one in found if not title or one.title == title)


def lines_of(app: Flask, claim_id: UUID) -> list[ClaimLine]:
    with app.app_context():
        return list(queries.lines(claim_id))


def begin(app: Flask, visit: Any, cast: Cast, title: str = "Carers week") -> tuple[Any, Claim]:
    """The rep begins a claim for an event of yesterday."""
    rep = visit("northfirth.rep")
    form = {"what": "event", "board": str(cast.northfirth.id), "title": title, "happened_on": ["2", "3", "2026"]}
    assert rep.post("/claims/new", {**form, "once": str(uuid4())}).status_code == 302
    return rep, claim_of(app, cast.northfirth.people["rep"], title)


def add(visitor: Any, claim: Claim, category: str, form: dict[str, Any], *receipts: tuple[bytes, str]) -> Any:
    data: dict[str, Any] = {"once": str(uuid4()), **form}
    if receipts:
        data["receipts"] = [(io.BytesIO(content), name) for content, name in receipts]
    path = f"/claims/{claim.id}/lines/new?category={category}"
    return visitor.post(path, data, content_type="multipart/form-data")


def version_on(page: Any) -> str:
    return str(page.text.split('name="version"')[1].split('value="')[1].split('"')[0])


def press(visitor: Any, claim: Claim, what: str) -> Any:
    page = visitor.get(f"/claims/{claim.id}")
    return visitor.post(f"/claims/{claim.id}/{what}", {"version": version_on(page)})


def emails(app: Flask, template: str, person_id: Any = None) -> list[Email]:
    with app.app_context():
        found = db.session.scalars(anywhere(select(Email).where(Email.template == template))).unique().all()
        return [one for one in found if person_id in (None, one.person_id)]


def test_from_an_empty_claim_to_the_day_it_is_paid(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    me, approver = cast.northfirth.people["rep"], visit("northfirth.approver")
    assert "not covered by your board yet" in text_of(rep.get(f"/claims/{claim.id}/lines/new"))
    assert add(rep, claim, "car", {**DAY, "miles": "10.5", "is_return": "y", "note": "home"}).status_code == 302
    assert add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg")).status_code == 302
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert "Miles by car: £9.45" in page
    assert "21 miles at 45p a mile" in page
    assert "Your board pays: £21.95" in page
    assert str(claim.id) not in approver.get("/claims/to-decide").text, "nobody sees a draft"
    assert approver.client.get(f"/claims/{claim.id}/decide").status_code == 404
    sent = press(rep, claim, "send")
    assert "Your claim is sent" in text_of(sent)
    claim = claim_of(app, me, "Carers week")
    assert claim.reference == "ZZ-2026-0003"
    assert claim.reference in text_of(sent)
    assert len(emails(app, "claim-sent", me)) == 2
    page = approver.get(f"/claims/{claim.id}/decide")
    assert "In all: £21.95" in text_of(page)
    car, taxi = sorted(lines_of(app, claim.id), key=lambda one: one.category)
    form = {"version": version_on(page), f"say-{car.id}": "yes", f"say-{taxi.id}": "no"}
    assert "Give a reason for each no" in text_of(approver.post(f"/claims/{claim.id}/decide", form))
    form[f"reason-{taxi.id}"] = "There is a bus"
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 302
    assert "Partly approved" in text_of(rep.get("/claims"))
    assert "Why not: There is a bus" in text_of(rep.get(f"/claims/{claim.id}"))
    [told] = [one for one in emails(app, "claim-decided", me) if one.facts["reference"] == claim.reference]
    assert told.facts["approved"] == "£9.45"
    approver.post("/boards/northfirth/payees", {f"payee-{me}": "SUP-77"})
    made = approver.post("/claims/payments", {"claims": [str(claim.id)]})
    run = made.headers["Location"]
    assert "SUP-77" in text_of(approver.get(run))
    assert "In all £9.45" in text_of(approver.get(run))
    assert approver.post(f"{run}/paid", {"paid_on": ["3", "3", "2026"]}).status_code == 302
    assert "Paid on Tuesday 3 March 2026" in text_of(rep.get("/claims"))
    assert [one.facts["reference"] for one in emails(app, "claim-paid", me)] == [claim.reference]


def test_finance_gets_the_same_figures_in_both_files(app: Flask, visit: Any, cast: Cast) -> None:
    """Read back by a second library: csv by eye, xlsx by openpyxl."""
    approver, run = visit("northfirth.approver"), f"/payment-runs/{cast.northfirth.things['run_id']}"
    rows = approver.client.get(f"{run}/run.csv").text.splitlines()
    assert rows[0] == "claim,payee_reference,name,cost_code,amount"
    assert rows[1] == "ZZ-2026-0002,,CANARYNORTH Rep,,9.00"
    book = load_workbook(io.BytesIO(approver.client.get(f"{run}/run.xlsx").data))
    assert [cell.value for cell in book.active[2]] == ["ZZ-2026-0002", None, "CANARYNORTH Rep", None, 9]


def test_nobody_decides_their_own_claim(app: Flask, visit: Any, cast: Cast) -> None:
    """In the list, behind the door, in the UPDATE and in the database."""
    approver_id = cast.northfirth.people["approver"]
    with app.app_context(), unit_of_work():
        claim = actions.begin(uuid4(), cast.northfirth.id, approver_id, "event", "My own", TODAY - timedelta(days=1))
        typed = {"category": "car", "spent_on": claim.happened_on, "tenths": 100}
        actions.keep_line(claim, uuid4(), typed)
        actions.send(claim, claim.version)
        claim_id = claim.id
        assert claim.version == 3
    approver = visit("northfirth.approver")
    assert "My own" not in approver.get("/claims/to-decide").text
    assert approver.client.get(f"/claims/{claim_id}/decide").status_code == 404
    with app.app_context():
        with pytest.raises(ChangedMeanwhile), unit_of_work():
            deciding.decide(queries.claim_by_id(cast.northfirth.id, claim_id), 3, approver_id, {})
        queries.claim_by_id(cast.northfirth.id, claim_id).decided_by_id = approver_id
        with pytest.raises(IntegrityError, match="never_own"):
            db.session.flush()
        db.session.rollback()


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


@pytest.mark.parametrize(
    ("category", "changed", "words"),
    [
        ("taxi", {"paid": "1e3"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": "12,50"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": "-5"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": "NaN"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": "1.234"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": "0"}, "must be an amount, like 4.50"),
        ("taxi", {"paid": ""}, "Enter what you paid"),
        ("taxi", {"spent_on": ["4", "3", "2026"]}, "Enter today or an earlier day"),
        ("taxi", {"spent_on": ["1", "3", "2025"]}, "You had no role on this day"),
        ("car", {"miles": "0"}, "Miles must be a number from 0.1 to 800"),
        ("car", {"miles": "900"}, "Miles must be a number from 0.1 to 800"),
        ("car", {"miles": "1e1"}, "Miles must be a number from 0.1 to 800"),
        ("replacement_care", {"hours": "30"}, "Hours must be a number up to 24"),
    ],
)
def test_what_cannot_be_claimed_says_what_to_do(
    app: Flask, visit: Any, cast: Cast, category: str, changed: dict[str, Any], words: str
) -> None:
    rep, claim = begin(app, visit, cast)
    form = {**TAXI, "miles": "10", "hours": "2", **changed}
    assert words in text_of(add(rep, claim, category, form))
    assert lines_of(app, claim.id) == []


def test_problems_are_said_before_sending_and_when_sending(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"})
    words = "Taxi needs a receipt. Add one, or say why you have none"
    assert words in text_of(rep.get(f"/claims/{claim.id}"))
    page = text_of(press(rep, claim, "send"))
    assert "It is not sent yet." in page
    assert words in page
    assert claim_of(app, claim.person_id, claim.title).status == "draft"


def test_over_the_limit_the_rest_is_private(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "subsistence", {**TAXI, "paid": "15"})
    add(rep, claim, "phone", TAXI)
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert "up to your board’s limit of £10.70 a day" in page
    assert "Your board pays £10.70. Not covered: £4.30" in page
    assert "Your board does not cover this" in page
    press(rep, claim, "send")
    assert "Not covered by your board: £16.80. Only you see this." in text_of(rep.get("/claims"))
    decide = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "£15.00" not in decide
    assert "£16.80" not in decide


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.jpg", "This picture is empty"),
        (b"no picture at all", "broken.jpg", "We cannot read this picture"),
        (photo()[:500], "cut.jpg", "We cannot read this picture"),
        (b"%PDF-1.4 broken", "broken.pdf", "This file is damaged"),
        (b"\xff\xd8" + b"x" * (21 * 1024 * 1024), "huge.jpg", "This file is over 20 MB"),
        (b"<svg onload=alert(1)></svg>", "drawing.svg", "We cannot read this picture"),
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
        found = db.session.scalars(select(Receipt).where(Receipt.claim_id == claim.id)).all()
    assert {one.kind for one in found} == {"image/jpeg", "application/pdf"}
    approver, other = visit("northfirth.approver"), visit("northfirth.depute")
    for one in found:
        response = approver.client.get(f"/receipts/{one.id}/file")
        assert response.status_code == 200
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert b"CANARYDESCRIPTION" not in response.data
        assert other.client.get(f"/receipts/{one.id}/file").status_code == 404
        assert visit("northfirth.officer").client.get(f"/receipts/{one.id}/file").status_code in (403, 404)


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
    assert "A receipt is there. It may tell of somebody’s care" in page


def test_a_question_hands_the_claim_back_ready_to_mend(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    form = {"version": version_on(page), "question": "Which taxi was it?"}
    assert approver.post(f"/claims/{claim.id}/ask", form).status_code == 302
    assert "Which taxi was it?" in text_of(rep.get(f"/claims/{claim.id}"))
    assert "Answer a question about ZZ-2026-0003" in text_of(rep.get("/"))
    [line] = lines_of(app, claim.id)
    changed = {**TAXI, "paid": "11", "once": str(line.id)}
    rep.post(f"/claim-lines/{line.id}/change", changed, content_type="multipart/form-data")
    press(rep, claim, "send")
    again = claim_of(app, claim.person_id, claim.title)
    assert (again.status, again.reference, again.reason) == ("sent", "ZZ-2026-0003", "")


def test_a_claim_changed_while_it_is_decided_is_not_decided(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    [line] = lines_of(app, claim.id)
    press(rep, claim, "withdraw")
    rep.post("/claims/new", {"what": "event", "title": "x"})
    form = {"version": version_on(page), f"say-{line.id}": "yes"}
    assert approver.client.get(f"/claims/{claim.id}/decide").status_code == 404
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 404
    assert claim_of(app, claim.person_id, claim.title).status == "withdrawn"


def test_of_two_approvers_one_wins_and_the_other_is_told(app: Flask, visit: Any, cast: Cast) -> None:
    things = cast.northfirth.things
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{things['claim_id']}/decide")
    form = {"version": version_on(page), f"say-{things['line_id']}": "yes"}
    assert approver.post(f"/claims/{things['claim_id']}/decide", form).headers["Location"] == "/claims/to-decide"
    second = approver.post(f"/claims/{things['claim_id']}/decide", form, follow_redirects=True)
    assert "Somebody decided this claim, or the rep changed it" in text_of(second)


def test_the_same_receipt_is_warned_of_and_not_refused(app: Flask, visit: Any, cast: Cast) -> None:
    for title in ("First", "Second"):
        rep, claim = begin(app, visit, cast, title)
        add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg"))
        press(rep, claim, "send")
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "The same receipt was sent before" in page
    assert "Another claim has a line of the same day and amount" in page
    assert "Save the decision" in page


def test_a_claim_is_in_one_run_and_a_paid_run_stays(app: Flask, visit: Any, cast: Cast) -> None:
    approver, run = visit("northfirth.approver"), f"/payment-runs/{cast.northfirth.things['run_id']}"
    with app.app_context():
        claim_id, title = in_run(cast)
        with pytest.raises(ChangedMeanwhile), unit_of_work():
            paying.make_run(cast.northfirth.id, cast.northfirth.people["approver"], [claim_id])
    assert approver.post(f"{run}/reopen").headers["Location"] == "/claims/payments"
    assert approver.client.get(run).status_code == 404
    again = approver.post("/claims/payments", {"claims": [str(claim_id)]}).headers["Location"]
    assert "Enter today or an earlier day" in text_of(approver.post(f"{again}/paid", {"paid_on": ["1", "4", "2026"]}))
    approver.post(f"{again}/paid", {"paid_on": ["2", "3", "2026"]})
    late = approver.post(f"{again}/reopen", follow_redirects=True)
    assert "This run is paid, so it stays as it is" in text_of(late)
    assert claim_of(app, cast.northfirth.people["rep"], title).status == "paid"


def in_run(cast: Cast) -> tuple[UUID, str]:
    """The claim in the cast's payment run: its id and title."""
    statement = select(Claim.id, Claim.title).where(Claim.run_id == cast.northfirth.things["run_id"])
    [(claim_id, title)] = db.session.execute(statement).all()
    return claim_id, title


def test_nobody_pays_their_own_claim(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context():
        claim_id, _ = in_run(cast)
        with unit_of_work():
            paying.reopen(claim_run(cast))
        with pytest.raises(ChangedMeanwhile), unit_of_work():
            paying.make_run(cast.northfirth.id, cast.northfirth.people["rep"], [claim_id])


def claim_run(cast: Cast) -> Any:
    from portal.expenses.models import PaymentRun

    return db.session.get_one(PaymentRun, cast.northfirth.things["run_id"])


def test_the_morning_after_whoever_came_is_asked_once(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    meeting, me = cast.northfirth.things["meeting_id"], cast.northfirth.people["depute"]
    rep = cast.northfirth.people["rep"]
    at(datetime(2026, 3, 13, 15, 0, tzinfo=UTC))
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{rep}": "came"})
    at(datetime(2026, 3, 14, 7, 59, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert emails(app, "claim-offered") == []
    at(datetime(2026, 3, 14, 8, 1, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
        do_what_is_due()
    assert [one.person_id for one in emails(app, "claim-offered")] == [me], "the depute went, so the depute is asked"
    depute = visit("northfirth.depute")
    assert "Did it cost you anything?" in text_of(depute.get("/"))
    claim = claim_of(app, me, "CANARYNORTH Main Group")
    page = depute.get(f"/claims/{claim.id}")
    assert "Did it cost you anything?" in text_of(page)
    assert "Nothing to claim" in text_of(page)
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
            first = actions.begin_for_meeting(meeting_by_id(things["meeting_id"]), rep)
            typed = {"category": "car", "spent_on": first.happened_on, "tenths": 240, "note": "home and back"}
            actions.keep_line(first, uuid4(), typed)
            actions.send(first, first.version)
        with unit_of_work():
            second = actions.begin_for_meeting(meeting_by_id(things["coming_id"]), rep)
            [line] = queries.lines(second.id)
            assert (line.tenths, line.note, line.spent_on) == (240, "home and back", second.happened_on)
            assert line.cost == 1080
            assert actions.begin_for_meeting(meeting_by_id(things["coming_id"]), rep).id == second.id


def test_approvers_hear_once_a_working_day(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    with app.app_context():
        for moment in (NOW, NOW, NOW + timedelta(days=1), datetime(2026, 3, 7, 9, 0, tzinfo=UTC)):
            at(moment)
            do_what_is_due()
    told = [one for one in emails(app, "claims-to-decide") if one.board_id == cast.northfirth.id]
    assert len(told) == 2
    assert {one.person_id for one in told} == {cast.northfirth.people["approver"]}


def test_a_backdated_rate_prices_drafts_again_and_leaves_what_was_sent(app: Flask, visit: Any, cast: Cast) -> None:
    rep, draft = begin(app, visit, cast, "Draft")
    add(rep, draft, "car", {**DAY, "miles": "10"})
    _, sent = begin(app, visit, cast, "Sent")
    add(rep, sent, "car", {**DAY, "miles": "10"})
    press(rep, sent, "send")
    with app.app_context():
        with unit_of_work():
            from portal.boards.models import Board

            new = policies.begin_draft(db.session.get_one(Board, cast.northfirth.id))
            terms = queries.terms_of(new.board_id, [new.id])[new.id]["car"]
            policies.change_terms(new, terms, {"rate": 60})
            assert policies.publish(new, new.version, TODAY - timedelta(days=30)) >= 1
        assert [one.cost for one in queries.lines(draft.id)] == [600]
        assert [one.cost for one in queries.lines(sent.id)] == [450]


def test_a_policy_is_written_checked_and_published(visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy"
    page = admin.get(f"{path}/write")
    assert "Car" in text_of(page) or "Miles by car" in text_of(page)
    terms = {"is_covered": "yes", "rate": "0.60", "cap": "", "cap_per": "item", "receipt": "never", "receipt_over": ""}
    terms |= {"band_miles": "10000", "rate_after": "0.25", "examples": "To any meeting"}
    assert admin.post(f"{path}/terms/car", terms).status_code == 302
    assert "Enter the amount over which" in text_of(admin.post(f"{path}/terms/car", {**terms, "receipt": "over"}))
    form = {"from_on": ["1", "3", "2026"], "deadline_days": "60", "pay_days": "10", "decided_by": "Finance"}
    form |= {"letters": "nf", "not_covered": "Preparation time", "cost_code": "CC1", "version": version_on(page)}
    assert admin.post(f"{path}/write", form).status_code == 302
    page = admin.get(f"{path}/publish")
    assert "60p a mile for the first 10,000 miles of a tax year, then 25p" in text_of(page)
    admin.post(f"{path}/publish", {"version": version_on(page)})
    public = text_of(visit("").get("/public/boards/northfirth"))
    assert "It holds from Sunday 1 March 2026" in public
    assert "pay within 10 days" in public
    assert "Preparation time" in public
    assert "To any meeting" in public


def test_the_register_shows_who_has_no_policy(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        from portal.boards.actions import create_board

        create_board("nowhere", "Nowhere Joint Board", "Nowhere")
    page = text_of(visit("").get("/public/expenses"))
    assert "Nowhere No policy" in page
    assert "Northfirth Miles by car" in page


def test_lists_of_claims_take_few_queries(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    """The same number for three claims as for a hundred more: at most five beside those of signing in."""
    from tests.papers.test_pages import queries_on

    rep, approver = visit("northfirth.rep"), visit("northfirth.approver")
    before = queries_on(app, rep, "/claims"), queries_on(app, approver, "/claims/to-decide")
    with app.app_context(), unit_of_work():
        for number in range(100):
            claim = actions.begin(
                uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", f"Day {number}", date(2026, 2, 1)
            )
            actions.keep_line(claim, uuid4(), {"category": "car", "spent_on": claim.happened_on, "tenths": 10})
            actions.send(claim, claim.version)
        assert payment_queries.waiting_by_board()[cast.northfirth.id] > 100
    after = queries_on(app, rep, "/claims"), queries_on(app, approver, "/claims/to-decide")
    assert after == before
    assert max(after) <= 5


def test_a_receipt_that_is_taken_away_is_gone_from_the_store(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "one.jpg"), (photo("PNG"), "two.png"))
    with app.app_context():
        kept = [one.stored_as for one in db.session.scalars(select(Receipt).where(Receipt.claim_id == claim.id))]
        key = db.session.scalars(
            select(Receipt.id).where(Receipt.stored_as == kept[0], Receipt.claim_id == claim.id)
        ).one()
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
