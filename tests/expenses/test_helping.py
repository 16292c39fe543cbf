"""Claims that an officer writes for a rep, receipts for care, lines drafted from the check-in, and who was there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.claims.drafting import CheckInAnswer, UsualLine, drafted
from portal.expenses.claims.rules import changes
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.models import Receipt
from portal.expenses.payments import actions as payments_actions
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.scheduler.run import do_what_is_due
from tests.cast import TODAY, Cast
from tests.check_in.test_check_in import FIRST
from tests.expenses.claiming import TAXI, add, begin, claim_of, emails, lines_of, press, version_on
from tests.visitor import text_of

BOARD = "/boards/northfirth"


def written(app: Flask, visit: Any, cast: Cast) -> tuple[Any, Any]:
    """The officer begins a claim for the rep and adds a taxi."""
    officer, rep = visit("northfirth.officer"), cast.northfirth.people["rep"]
    form = {"person": str(rep), "what": "event", "title": "Carers week", "happened_on": ["2", "3", "2026"]}
    assert officer.post(f"{BOARD}/claims-for-reps", {**form, "once": str(uuid4())}).status_code == 302
    claim = claim_of(app, rep, "Carers week")
    path = f"/claims-for-reps/{claim.id}/lines/new?category=taxi"
    assert officer.post(path, {"once": str(uuid4()), **TAXI}, content_type="multipart/form-data").status_code == 302
    return officer, claim


def test_an_officer_writes_a_claim_which_the_rep_confirms(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    rep = visit("northfirth.rep")
    assert "is writing this for you" in text_of(rep.get(f"/claims/{claim.id}"))
    assert officer.post(f"/claims/{claim.id}/send", {"version": "2"}).status_code == 404
    assert officer.post(f"/claims-for-reps/{claim.id}/ask").status_code == 302
    assert len(emails(app, "claim-to-confirm", cast.northfirth.people["rep"])) == 1
    assert officer.client.get(f"/claims-for-reps/{claim.id}").status_code == 404, "it is the rep's now"
    assert "Check a claim and send it" in text_of(rep.get("/"))
    assert "Nobody else can send it" in text_of(rep.get(f"/claims/{claim.id}"))
    press(rep, claim, "send")
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "CANARYNORTH Officer wrote this for CANARYNORTH Rep, who confirmed it" in page


def test_what_an_officer_handed_over_stays_on_their_list_with_its_state(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    rep, approver, page = visit("northfirth.rep"), visit("northfirth.approver"), f"{BOARD}/claims-for-reps"
    assert "With the rep" not in text_of(officer.get(page))
    officer.post(f"/claims-for-reps/{claim.id}/ask")
    waits = text_of(officer.get(page))
    assert "Carers week, Monday 2 March CANARYNORTH needs to check it and send it" in waits
    assert "You asked them on Tuesday 3 March. Last day to send it:" in waits
    press(rep, claim, "send")
    sent = text_of(officer.get(page))
    assert "CANARYNORTH Rep sent it on Tuesday 3 March: ZZ-2026-" in sent
    assert "needs to" not in sent
    decide = f"/claims/{claim.id}/decide"
    question = {"version": version_on(approver.get(decide)), "question": "Which taxi was it?"}
    approver.post(f"/claims/{claim.id}/ask", question)
    assert "CANARYNORTH needs to answer a question" in text_of(officer.get(page))
    assert "Which taxi" not in officer.get(page).text
    press(rep, claim, "withdraw")
    assert "Carers week" not in officer.get(page).text, "what somebody took back is theirs to know"


def test_the_list_of_an_officer_holds_what_they_wrote_and_no_other_board(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    begin(app, visit, cast, "Begun by the rep")
    officer.post(f"/claims-for-reps/{claim.id}/ask")
    page = officer.get(f"{BOARD}/claims-for-reps").text
    assert "Carers week" in page
    assert "Begun by the rep" not in page
    assert "Carers week" not in visit("southmoor.officer").get("/boards/southmoor/claims-for-reps").text


def test_a_claim_for_nobody_is_refused(visit: Any) -> None:
    form = {"person": "", "what": "event", "title": "Carers week", "happened_on": ["2", "3", "2026"]}
    page = visit("northfirth.officer").post(f"{BOARD}/claims-for-reps", {**form, "once": str(uuid4())})
    assert page.status_code == 200
    assert "Select who it is for" in text_of(page).replace("Who is it for?", "")


def test_an_empty_one_is_not_handed_over(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    [line] = lines_of(app, claim.id)
    assert officer.post(f"/claims-for-reps/lines/{line.id}/remove").status_code == 302
    page = officer.post(f"/claims-for-reps/{claim.id}/ask", follow_redirects=True)
    assert "Add an expense first" in text_of(page)
    assert emails(app, "claim-to-confirm") == []


def test_nobody_decides_or_pays_a_claim_they_wrote(app: Flask, visit: Any, cast: Cast) -> None:
    """An approver who is an officer too: in the list, behind the door, in the UPDATE and in the database."""
    approver, rep = cast.northfirth.people["approver"], cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        of = (cast.northfirth.id, rep, "event", "Written by the approver", TODAY)
        claim = claims_actions.begin(uuid4(), *of, helped_by_id=approver)
        line = claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 100})
        claims_actions.send(claim, claim.version)
        claim_id, version, line_id = claim.id, claim.version, line.id
    visitor = visit("northfirth.approver")
    assert "Written by the approver" not in visitor.get("/claims/to-decide").text
    assert visitor.client.get(f"/claims/{claim_id}/decide").status_code == 403
    with app.app_context():
        with pytest.raises(EditConflict), unit_of_work():
            decisions_actions.decide(
                claims_queries.claim_by_id(cast.northfirth.id, claim_id), version, approver, {line_id: (True, "")}
            )
        claims_queries.claim_by_id(cast.northfirth.id, claim_id).decided_by_id = approver
        with pytest.raises(IntegrityError, match="never_helped"):
            db.session.flush()
        db.session.rollback()


def test_nobody_marks_a_run_with_their_own_claim_as_paid(app: Flask, visit: Any, cast: Cast) -> None:
    run_id = cast.northfirth.things["run_id"]
    with app.app_context():
        run = db.session.get_one(PaymentRun, run_id)
        with pytest.raises(payments_actions.OwnClaim):
            payments_actions.mark_paid(run, TODAY, cast.northfirth.people["rep"])


def test_an_officer_looks_at_a_care_receipt_and_the_approver_sees_only_that(app: Flask, visit: Any, cast: Cast) -> None:
    things = cast.northfirth.things
    officer, approver = visit("northfirth.officer"), visit("northfirth.approver")
    claim = claim_of(app, cast.northfirth.people["depute"], "CANARYNORTH cared")
    assert "No officer has looked at the receipt" in text_of(approver.get(f"/claims/{claim.id}/decide"))
    assert "Check 1 care receipt Approvers cannot open these" in text_of(officer.get("/boards/northfirth/desk"))
    path = f"/care-receipts/{things['care_receipt_id']}"
    assert officer.client.get(f"{path}/file").data == b"picture"
    assert approver.client.get(f"/receipts/{things['care_receipt_id']}/file").status_code == 404
    assert officer.post(f"{path}/checked").status_code == 302
    assert "There are no receipts to check" in text_of(officer.get(f"{BOARD}/care-receipts"))
    page = text_of(approver.get(f"/claims/{claim.id}/decide"))
    assert "Opened and confirmed by CANARYNORTH Officer Tuesday 3 March" in page
    assert "No officer has looked" not in page


def test_a_care_receipt_is_confirmed_only_by_an_officer_who_opened_its_present_file(
    app: Flask, visit: Any, cast: Cast
) -> None:
    """Another officer's opening does not count, nor one of a file that is another now."""
    officer, receipt_id = visit("northfirth.officer"), cast.northfirth.things["care_receipt_id"]
    path, listed = f"/care-receipts/{receipt_id}", f"{BOARD}/care-receipts"
    with app.app_context(), unit_of_work():
        claims_receipts.open_receipt(db.session.get_one(Receipt, receipt_id), cast.northfirth.people["approver"])
    assert officer.post(f"{path}/checked").status_code == 302
    assert "Open the receipt first, then confirm it." in text_of(officer.get(listed))
    officer.client.get(f"{path}/file")
    with app.app_context(), unit_of_work():
        receipt = db.session.get_one(Receipt, receipt_id)
        stored_as, receipt.stored_as = receipt.stored_as, f"receipts/{receipt.board_id.hex}/{receipt.person_id.hex}"
    officer.post(f"{path}/checked")
    assert "Open the receipt first, then confirm it." in text_of(officer.get(listed))
    with app.app_context(), unit_of_work():
        assert db.session.get_one(Receipt, receipt_id).checked_at is None
        db.session.get_one(Receipt, receipt_id).stored_as = stored_as
    officer.post(f"{path}/checked")
    assert "There are no receipts to check" in text_of(officer.get(listed))


CAR, BUS = UsualLine("car", 240, note="home"), UsualLine("public_transport", paid=420)
PARKING, CARE = UsualLine("parking", paid=450), UsualLine("replacement_care", minutes=240)


@pytest.mark.parametrize(
    ("usual", "said", "lines"),
    [
        ([CAR, PARKING, CARE], None, [CAR, PARKING, CARE]),
        ([CAR, PARKING], CheckInAnswer(True, "car", False), [CAR, PARKING]),
        ([CAR, PARKING, CARE], CheckInAnswer(True, "bus", False), [UsualLine("public_transport")]),
        ([CAR, BUS], CheckInAnswer(True, "train", False), [BUS]),
        ([CAR, PARKING, CARE], CheckInAnswer(False, "car", True), [CARE]),
        ([], CheckInAnswer(True, "taxi", True), [UsualLine("taxi"), UsualLine("replacement_care")]),
        ([CAR], CheckInAnswer(True, "none", False), []),
        ([CAR, PARKING], CheckInAnswer(True, "other", False), [CAR, PARKING]),
    ],
)
def test_a_claim_is_drafted_from_what_was_said_before(usual: Any, said: Any, lines: Any) -> None:
    assert drafted(usual, said) == lines


def test_the_offered_claim_knows_the_check_in(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    """By taxi, with care: both stand there to be filled in, and nothing is sent before."""
    rep, me = visit("northfirth.rep"), cast.northfirth.people["rep"]
    meeting = cast.northfirth.things["meeting_id"]
    rep.post(f"/meetings/{meeting}/check-in", {**FIRST, "travel": "taxi"})
    at(datetime(2026, 3, 14, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    claim = claim_of(app, me, "CANARYNORTH Main Group")
    assert {one.category for one in lines_of(app, claim.id)} == {"taxi", "replacement_care"}
    rep = visit("northfirth.rep")
    assert "Taxi: enter what it was, or remove it" in text_of(rep.get(f"/claims/{claim.id}"))
    assert "Your claim has not been sent" in text_of(press(rep, claim, "send"))


def test_a_talk_with_carers_and_training_are_asked_about_too(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    rep, me = visit("northfirth.rep"), cast.northfirth.people["rep"]
    group = str(cast.northfirth.things["group_id"])
    for kind in ("consulting", "consulting", "preparation"):
        logged = {"group": group, "spent_on": ["3", "3", "2026"], "hours": "1:30", "kind": kind}
        assert rep.post("/role/hours", logged).status_code == 302
    learned = {
        "board": str(cast.northfirth.id),
        "title": "First aid",
        "course": "",
        "done_on": ["3", "3", "2026"],
        "once": str(uuid4()),
    }
    assert rep.post("/training/records/new", learned, content_type="multipart/form-data").status_code == 302
    for day in (4, 5, 6):
        at(datetime(2026, 3, day, 9, 0, tzinfo=UTC))
        with app.app_context():
            do_what_is_due()
    offered = sorted(one.facts["title"] for one in emails(app, "claim-prompted", me) if one.asked_at.day == 4)
    assert offered == ["Carer Awareness", "First aid", "Talking with carers, CANARYNORTH Main Group"]
    assert not [one for one in emails(app, "claim-prompted", me) if one.asked_at.day > 4], "once"


def test_what_changed_since_it_was_first_sent_is_shown(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    assert "Changed since" not in text_of(page)
    [line] = lines_of(app, claim.id)
    form = {"version": version_on(page), "question": "Which taxi was it?", "about": [str(line.id)]}
    approver.post(f"/claims/{claim.id}/ask", form)
    changed = {**TAXI, "paid": "11", "once": str(line.id)}
    rep.post(f"/claim-lines/{line.id}/change", changed, content_type="multipart/form-data")
    add(rep, claim, "parking", {**TAXI, "paid": "3"})
    press(rep, claim, "send")
    page = text_of(approver.get(f"/claims/{claim.id}/decide"))
    assert "Taxi, £12.50 on Monday 2 March is now Taxi, £11.00 on Monday 2 March" in page
    assert "Parking, £3.00 on Monday 2 March is new" in page


def test_changes_in_words() -> None:
    before = {"a": ["taxi", "2026-03-02", 100, 0], "b": ["parking", "2026-03-02", 200, 1]}
    assert changes({}, before) == changes(before, before) == []
    assert changes(before, {"b": ["parking", "2026-03-02", 200, 2]}) == [
        "Taxi, £1.00 on Monday 2 March was removed",
        "Parking, £2.00 on Monday 2 March: a receipt was added",
    ]
    assert changes({"a": ["taxi", "2026-03-02", 100, 2]}, {"a": ["taxi", "2026-03-02", 100, 0]}) == [
        "Taxi, £1.00 on Monday 2 March: 2 receipts were removed"
    ]


def test_a_claim_on_paper(app: Flask, visit: Any, cast: Cast) -> None:
    from tests.architecture.matrix import text_of_pdf

    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    text = text_of_pdf(rep.client.get(f"/claims/{claim.id}/claim.pdf").data)
    assert "Carers week" in text
    assert "Taxi: £12.50" in text
    assert "Not sent yet" in text


def test_an_officer_reads_that_the_approver_asked_about_a_care_receipt(app: Flask, visit: Any, cast: Cast) -> None:
    """Not what: no officer may read a claim."""
    officer, approver = visit("northfirth.officer"), visit("northfirth.approver")
    says = "The approver has asked the rep about this expense."
    assert says not in text_of(officer.get(f"{BOARD}/care-receipts"))
    claim = claim_of(app, cast.northfirth.people["depute"], "CANARYNORTH cared")
    version = version_on(approver.get(f"/claims/{claim.id}/decide"))
    about = [str(line.id) for line in lines_of(app, claim.id)]
    typed = {"version": version, "question": "WHYQUESTION", "about": about}
    assert approver.post(f"/claims/{claim.id}/ask", typed).status_code == 302
    page = text_of(officer.get(f"{BOARD}/care-receipts"))
    assert says in page
    assert "WHYQUESTION" not in page
