"""Facts of the past are put right by somebody entitled, with a reason, and both values stay beside the figure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.access.roles import ADMIN
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.boards.queries import paper_targets
from portal.check_in import actions as check_ins
from portal.check_in.models import CheckIn
from portal.corrections import actions, queries
from portal.corrections.models import Correction
from portal.corrections.rules import is_better
from portal.expenses.claims import queries as claims
from portal.expenses.models import PaymentRun
from portal.expenses.payments import actions as payments
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.correcting import actions as correcting
from portal.training.models import TrainingRecord
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.visitor import text_of

OVER = NOW + timedelta(days=12)  # the cast's meeting was on 13 March, with ten days of notice
WHY = "The minutes say so"


def corrections(work_or_app: Any = None) -> list[Correction]:
    statement = select(Correction).where(Correction.kind.in_(("meeting-day", "meeting-held", "paper-target")))
    return list(db.session.scalars(anywhere(statement.order_by(Correction.asked_at, Correction.id))))


def told(template: str) -> list[UUID]:
    statement = select(Email.person_id).where(Email.template == template).order_by(Email.id)
    return list(db.session.scalars(anywhere(statement)))


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Another administrator of Northfirth."""
    with app.app_context(), unit_of_work():
        someone = person("second@northfirth.test", "Second Administrator")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, ADMIN)
        return someone.id


def correct(visitor: Any, things: dict[str, Any], day: int, month: str = "3") -> Any:
    typed = {"what": "day", "day": [str(day), month, "2026"], "reason": WHY}
    return visitor.post(f"/meetings/{things['meeting_id']}/correct", typed)


def test_what_makes_a_figure_worse_is_corrected_at_once_and_both_values_stay(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    admin = visit("northfirth.admin")
    assert correct(admin, things, 8).status_code == 302  # five days of notice: both papers miss the target
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "0 of 2 papers met the target of 7 days: 0%" in page
    assert "Was: held on 13 March 2026. Now: held on 8 March 2026." in page
    assert "On record before: 2 of 2 papers met the target of 7, notice of the pack 10 days" in page
    assert WHY in page
    csv = visit("northfirth.rep").get("/boards/northfirth/notice.csv").text
    assert "was held on 13 March 2026, now held on 8 March 2026" in csv
    assert WHY in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "Northfirth: 1 fact behind this figure was corrected" in text_of(visit("coordinator").get("/notice"))
    with app.app_context():
        heard = told("record-corrected")
    people = cast.northfirth.people
    assert {people["rep"], people["officer"], cast.person("coordinator")} <= set(heard)
    assert people["admin"] not in heard, "whoever made it knows"


def test_what_makes_a_figure_better_waits_for_a_second_person(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast, second: UUID
) -> None:
    from tests.visitor import Visitor

    at(OVER)
    admin = visit("northfirth.admin")
    assert "another administrator or the coordinator must confirm" in text_of(
        admin.get(correct(admin, things, 14).headers["Location"])
    )
    before = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "14 March 2026" not in before
    with app.app_context():
        [waiting] = corrections()
        assert {second, cast.person("coordinator")} <= set(told("correction-asked"))
        assert cast.northfirth.people["admin"] not in told("correction-asked")
    own = admin.post(f"/corrections/{waiting.id}/confirm")
    assert "You asked for this correction" in text_of(admin.get(own.headers["Location"]))
    assert "Confirm the correction" not in text_of(admin.get(f"/corrections/{waiting.id}"))
    colleague = Visitor(app, second)
    assert "Confirm a correction" in text_of(colleague.get("/"))
    colleague.post(f"/corrections/{waiting.id}/confirm")
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "Was: held on 13 March 2026. Now: held on 14 March 2026." in page
    assert "confirmed by a second person" in page
    coordinator = visit("coordinator")
    again = coordinator.post(f"/corrections/{waiting.id}/confirm")
    assert "Somebody has decided on this correction already" in text_of(coordinator.get(again.headers["Location"]))


def test_the_coordinator_declines_and_the_record_stays(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 14)
    with app.app_context():
        [waiting] = corrections()
    coordinator = visit("coordinator")
    assert str(waiting.id) in coordinator.get("/corrections").text
    coordinator.post(f"/corrections/{waiting.id}/decline")
    with app.app_context():
        [declined] = corrections()
        assert declined.status == "declined"
        assert meeting_by_id(things["meeting_id"]).opened_on == TODAY + timedelta(days=10)
        assert told("correction-declined") == [cast.northfirth.people["admin"]]


def test_another_boards_corrections_are_not_there(visit: Any, cast: Cast, at: Any) -> None:
    theirs = cast.southmoor.things
    at(OVER)
    admin = visit("northfirth.admin")
    for path in (
        f"/corrections/{theirs['correction_id']}",
        f"/meetings/{theirs['meeting_id']}/correct",
        f"/paper-targets/{theirs['target_id']}/correct",
        f"/carer-awareness/{theirs['awareness_id']}/correct",
        f"/attendance/{theirs['check_in_id']}/correct",
        f"/training/records/{theirs['record_id']}/correct",
        f"/payment-runs/{theirs['run_id']}/correct",
        "/boards/southmoor/corrections",
    ):
        assert admin.get(path).status_code == 404, path
    assert visit("northfirth.clerk").get(f"/meetings/{cast.northfirth.things['meeting_id']}/correct").status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"what": "day", "day": ["13", "3", "2026"]}, "The record says this day already"),
        ({"what": "day", "day": ["13", "3", "2027"]}, "This day is still to come"),
        ({"what": "day", "day": ["13", "2", "2026"]}, "was not on the calendar yet"),
        ({"what": "day"}, "Enter the day on which it was held"),
        ({"what": "held"}, "Select what is right"),
        ({"what": "not_held", "reason": " "}, "Say why the record is wrong"),
    ],
)
def test_a_correction_that_cannot_be_right_is_refused(
    visit: Any, things: dict[str, Any], at: Any, typed: dict[str, Any], words: str
) -> None:
    at(OVER)
    page = visit("northfirth.admin").post(f"/meetings/{things['meeting_id']}/correct", {"reason": WHY, **typed})
    assert words in text_of(page)


def test_a_meeting_that_is_not_over_has_nothing_to_correct(visit: Any, things: dict[str, Any]) -> None:
    assert visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}/correct").status_code == 302


def test_a_target_that_measured_meetings_is_corrected_with_both_values(
    visit: Any, work: Any, cast: Cast, at: Any, app: Flask
) -> None:
    at(OVER)
    with app.app_context():
        target = paper_targets(cast.northfirth.id)[0]
    admin, path = visit("northfirth.admin"), f"/paper-targets/{target.id}/correct"
    assert "The record says this already" in text_of(admin.post(path, {"days": "7", "reason": WHY}))
    admin.post(path, {"days": "14", "reason": WHY})
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "0 of 2 papers met the target of 14 days: 0%" in page
    assert "Was: 7 days. Now: 14 days." in page
    assert "was 7 days, now 14 days" in visit("northfirth.rep").get("/boards/northfirth/notice.csv").text


def test_a_fact_that_changed_meanwhile_is_not_overwritten(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    admin, meeting = cast.northfirth.people["admin"], meeting_by_id(things["meeting_id"])
    with work():
        first = correcting.correct_day(meeting, meeting.opened_on + timedelta(days=1), admin, WHY)
        correcting.correct_day(meeting_by_id(meeting.id), meeting.opened_on - timedelta(days=1), admin, WHY)
    with pytest.raises(NotAsItWas), work():
        actions.confirm(first, cast.person("coordinator"))
    assert db.session.get_one(Correction, first.id).status == "waiting"


def test_two_who_confirm_at_once_make_one_correction(work: Any, things: dict[str, Any], at: Any, cast: Cast) -> None:
    at(OVER)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        one = correcting.correct_day(
            meeting, meeting.opened_on + timedelta(days=1), cast.northfirth.people["admin"], WHY
        )
        actions.confirm(one, cast.person("coordinator"))
    with pytest.raises(EditConflict), work():
        actions.confirm(one, cast.person("both"))


def test_the_database_takes_no_better_figure_from_one_person_alone(work: Any, cast: Cast, things: Any) -> None:
    one = db.session.get_one(Correction, things["correction_id"])
    with pytest.raises(IntegrityError), work():
        one.status, one.decided_by_id = "made", one.asked_by_id


scores = st.dictionaries(st.sampled_from("abc"), st.floats(-9, 9, allow_nan=False))


@given(scores, scores)
def test_whatever_is_better_anywhere_needs_a_second_person(before: dict[str, float], after: dict[str, float]) -> None:
    better = [name for name in before if name not in after or after[name] > before[name]]
    assert is_better(before, after) == bool(better)


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


def test_an_officer_corrects_training_never_their_own(
    visit: Any, app: Flask, cast: Cast, things: dict[str, Any]
) -> None:
    path = f"/training/records/{things['record_id']}/correct"
    typed = {"done_on": ["1", "2", "2026"], "reason": "told"}
    assert visit("northfirth.clerk").get(path).status_code == 404
    officer = visit("northfirth.officer")
    assert "Enter today or an earlier day" in text_of(officer.post(path, {**typed, "done_on": ["1", "2", "2027"]}))
    officer.post(path, typed)
    with app.app_context():
        assert db.session.get_one(TrainingRecord, things["record_id"]).done_on.isoformat() == "2026-02-01"


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
        ("20", "or an earlier"),
    ):
        typed = {"paid_on": [day, "3", "2026"], "reason": "typed"}
        assert words in text_of(visitor.post(path, typed))
    visitor.post(path, {"paid_on": ["10", "3", "2026"], "reason": "typed", "line": ""})
    [claim] = [claims.claim_by_id(cast.northfirth.id, key) for key in _claims_of(run)]
    db.session.refresh(claim)
    assert claim.paid_on.isoformat() == "2026-03-10"
    assert claim.days_to_pay == (claim.paid_on - TODAY).days
    assert "was paid on 8 March 2026, now paid on 10 March 2026" in text_of(visitor.get(f"/payment-runs/{run.id}"))
    figures = text_of(visit("northfirth.rep").get("/boards/northfirth/expenses"))
    assert "1 payment day was corrected in March 2026." in figures
    assert "10 March" not in figures
    assert claim.person_id in told("row-corrected")


def _claims_of(run: PaymentRun) -> list[UUID]:
    from portal.expenses.payments.queries import claims_in

    return [one.id for one in claims_in(run)]
