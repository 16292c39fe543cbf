"""What supports the cast: roles, claims, care and training, each with the canary of its board."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from portal.appointing import actions as appointing
from portal.boards import queries as boards
from portal.boards.models import Appointment, Board, Seat
from portal.corrections import queries as corrections
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.payments import actions as payments_actions
from portal.expenses.policies import actions as policies_actions
from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.mentoring.kept import actions as mentoring_kept
from portal.mentoring.matching import actions as matching_actions
from portal.mentoring.models import MentoringPulse
from portal.mentoring.pairs import actions as mentoring
from portal.mentoring.pairs.queries import Side
from portal.papers.models import DownloadsRequest, Withdrawal
from portal.rep_pages.notes import actions as support_notes
from portal.replacement_care.arranging import actions as arranging_actions
from portal.replacement_care.policy import actions as policy_actions
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from portal.role_descriptions import actions as roles
from portal.role_profiles import actions as profiles
from portal.role_profiles import queries as profile_queries
from portal.role_profiles.models import ProfileMessage, UnconfirmedLetter
from portal.role_profiles.stepping_down import actions as stepping_down
from portal.role_profiles.stepping_down.queries import open_requests_of
from portal.support_meetings import actions as support
from portal.training.awareness import actions as awareness_actions
from portal.training.courses import actions as courses_actions
from portal.training.inductions import actions as inductions_actions
from portal.training.inductions import queries as inductions_queries
from portal.training.models import AwarenessSession, TrainingRecord
from portal.training.records import actions as records_actions
from portal.training.records.rules import Days
from portal.training.sessions import actions as sessions_actions

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)  # a Tuesday
TODAY = date(2026, 3, 3)
STOPPING = "STOPPINGWORDS"
OWN_POINT, BROUGHT = "OWNPOINT", "BROUGHTPOINT"
PRIVATE, SHARED = "PRIVATENOTE", "SHAREDNOTE"  # words of one, and of the two of a pair
READ_BY = {  # who of Northfirth may read words that are not everybody's
    PRIVATE: {"rep"},
    SHARED: {"rep", "mentor"},
    OWN_POINT: {"depute"},
    "CANARYNORTH aim": {"rep", "mentor"},
    "CANARYNORTH next step": {"rep", "mentor"},
    "CANARYNORTH too": {"depute", "officer"},
    "CANARYNORTH word": {"officer"},
    "CANARYNORTH noted": {"rep", "officer"},
}
IN_OWN_COPY = {"CANARYNORTH word": {"rep"}}  # what somebody finds in the copy of their own data and on no page


def fill_role(cast: Any, board: Board, group: Any, rep_id: UUID) -> None:
    """A role in two versions, the first agreed to; hours and a letter of the depute; a rep's public profile."""
    words: dict[str, Any] = {"purpose": f"{cast.canary} purpose", "promises": ["care"], "hours_a_month": 12}
    words |= {name: f"{cast.canary} {name}" for name in ("governance", "outside", "representing", "gives", "contact")}
    for version in ("first", "second"):
        draft = roles.write_draft(group, 0, {**words, "outside": f"{cast.canary} visits, {version}"})
        roles.publish(draft, draft.version)
        if version == "first":
            roles.agree(draft, rep_id)
    depute_id = cast.people["depute"]
    profiles.log_hours(depute_id, board.id, group.id, TODAY, 90, "preparation")
    profiles.show_publicly(board.id, rep_id, ("groups", "contact"), f"{cast.canary} about me", b"")
    profile = profile_queries.profile(board.id, rep_id)
    assert profile
    letter = ProfileMessage(board_id=board.id, person_id=depute_id, name="Lee", email="lee@x.test")
    letter.text, letter.sent_at = f"{cast.canary} letter", NOW
    db.session.add(letter)
    db.session.flush()
    waits = UnconfirmedLetter(board_id=board.id, profile_id=profile.id, written_at=NOW)
    waits.name, waits.email, waits.text = f"{cast.canary} Writer", "kim@x.test", f"{cast.canary} unconfirmed letter"
    db.session.add(waits)
    db.session.flush()
    entry = profile_queries.time_since(depute_id, TODAY)[0]
    cast.things |= {"profile_id": profile.id, "entry_id": entry.id, "message_id": letter.id, "letter_id": waits.id}


def fill_stepping_down(cast: Any) -> None:
    """The rep would like to stop in a month, and says why to the officer."""
    appointment = db.session.get_one(Appointment, cast.things["appointment_id"])
    stepping_down.ask(appointment, TODAY + timedelta(days=30), f"{cast.canary} {STOPPING}")
    [asked] = open_requests_of(appointment.person_id).values()
    cast.things["step_down_id"] = asked.id


def fill_expenses(cast: Any, board: Board, rep_id: UUID) -> None:
    """A policy and the draft of the next; a claim of the depute that waits, one of the rep in a payment run."""
    depute_id, approver_id = cast.people["depute"], cast.people["approver"]
    policy = policies_actions.begin_draft(board)
    policies_actions.change_draft(policy, policy.version, {"not_covered": f"{cast.canary} not covered", "prefix": "ZZ"})
    policies_actions.publish(policy, policy.version, TODAY - timedelta(days=150))
    policies_actions.begin_draft(board)
    claims = {}
    for name, person_id in (("waits", depute_id), ("paid", rep_id)):
        title = f"{cast.canary} {name}"
        one = claims_actions.begin(uuid4(), board.id, person_id, "event", title, TODAY - timedelta(days=9))
        typed = {"category": "car", "spent_on": one.happened_on, "tenths": 200, "note": f"{cast.canary} from here"}
        line = claims_actions.save_line(one, uuid4(), typed)
        receipt = claims_receipts.add_receipt(one, line, f"{cast.canary}.jpg", "image/jpeg", b"picture", "ab" * 32)
        claims_actions.send(one, one.version)
        claims[name] = (one, line, receipt)
    one, line, _ = claims["paid"]
    decisions_actions.decide(one, one.version, approver_id, {line.id: (True, "")})
    payer_id = cast.seconds.get("approver2", approver_id)  # where there is another, whoever decided does not pay
    run = payments_actions.make_run(board.id, payer_id, [one.id])
    waits, line, receipt = claims["waits"]
    cast.things |= {"claim_id": waits.id, "line_id": line.id, "receipt_id": receipt.id}
    care = claims_actions.begin(
        uuid4(), board.id, depute_id, "event", f"{cast.canary} cared", TODAY - timedelta(days=8)
    )
    typed = {"category": "replacement_care", "spent_on": care.happened_on, "paid": 1000}
    line = claims_actions.save_line(care, uuid4(), typed)
    locked = claims_receipts.add_receipt(care, line, "care.jpg", "image/jpeg", b"picture", "cd" * 32)
    claims_actions.send(care, care.version)
    of_officer = (uuid4(), board.id, depute_id, "event", f"{cast.canary} helped", TODAY - timedelta(days=7))
    helped = claims_actions.begin(*of_officer, helped_by_id=cast.people["officer"])
    typed = {"category": "car", "spent_on": helped.happened_on, "tenths": 30, "note": f"{cast.canary} from there"}
    line = claims_actions.save_line(helped, uuid4(), typed)
    cast.things |= {"draft_id": helped.id, "draft_line_id": line.id, "care_receipt_id": locked.id}
    cast.things |= {"run_id": run.id, "category": "taxi"}


def fill_care(cast: Any, board: Board, meeting: Meeting) -> None:
    """A policy, a provider, and a request of the depute for the meeting, which the officer arranges."""
    policy = {"is_provided": True, "arranged_by": "officer", "hourly_rate": 1500, "words": f"{cast.canary} policy"}
    policy_actions.keep_policy(board, 1, policy)
    named = {"name": f"{cast.canary} Provider", "contact": cast.canary, "lead_days": 4}
    policy_actions.keep_provider(board.id, None, named)
    depute_id, span = cast.people["depute"], proposed(meeting.starts_at, 30)
    typed = {"what": "meeting", "meeting_id": meeting.id, "title": f"{cast.canary} meets", "place": "home"}
    words = {"who": "arranged", "kind": "company", "note": f"{cast.canary} note"}
    one = care.ask(uuid4(), board.id, depute_id, depute_id, span, {**typed, **words})
    arranging_actions.take(one, one.version, cast.people["officer"])
    cast.things |= {"request_id": one.id, "provider_id": policy_queries.providers(board.id)[0].id}


def fill_training(cast: Any, board: Board) -> None:
    """A plan, a course, and a record of the depute with its certificate, which waits for the officer."""
    inductions_actions.set_up_plan(board.id)
    inductions_actions.add_step(board.id, f"{cast.canary} step", "rep", 500)
    typed = {"title": f"{cast.canary} course", "why": cast.canary, "for_whom": ["rep"], "is_required": True}
    course = courses_actions.add_course(board.id, typed, (f"{cast.canary}.jpg", "image/jpeg", b"picture"))
    which = "A national course" if board.key == "northfirth" else "Another national course"
    national = {"title": which, "for_whom": ["rep"], "link": "https://courses.example/national"}
    cast.things["national_id"] = courses_actions.add_course(None, national).id
    learned = {"title": f"{cast.canary} learned", "done_on": TODAY - timedelta(days=9), "course_id": course.id}
    proof = (f"{cast.canary}.jpg", "image/jpeg", b"picture")
    one = records_actions.add_record(uuid4(), board.id, cast.people["depute"], learned, proof)
    step = next(one for one in inductions_queries.steps([board.id])[board.id] if cast.canary in one.title)
    cast.things |= {"record_id": one.id, "course_id": course.id, "step_id": step.id}
    begins = NOW + timedelta(days=20)
    when = {"starts_at": begins, "ends_at": begins + timedelta(hours=3), "place": f"{cast.canary} Hall", "places": 1}
    session = sessions_actions.arrange(uuid4(), board.id, {"title": f"{cast.canary} session", **when})
    sessions_actions.book(session, cast.people["depute"], needs_care=False)
    cast.things["session_id"] = session.id
    held = {"held_on": TODAY, "minutes": 60, "others": f"{cast.canary} others"}
    awareness_actions.count_other_members(board.id, {cast.things["group_id"]: 16})
    cast.things["awareness_id"] = uuid4()
    members = {cast.things["group_id"]: 4}
    awareness_actions.hold_awareness(cast.things["awareness_id"], board.id, held, [cast.people["rep"]], members)


def fill_corrections(cast: Any, board: Board, group: Any) -> None:
    """A correction of Carer Awareness that waits for a second person, and one of the rep's training that was made."""
    session = db.session.get_one(AwarenessSession, cast.things["awareness_id"])
    why = f"{cast.canary} two more came"
    waits = awareness_actions.correct_number(session, group, 6, cast.people["admin"], why)
    training = db.session.get_one(TrainingRecord, cast.things["record_id"])
    days = Days(training.done_on - timedelta(days=1), None)
    records_actions.correct_record(training, days, cast.people["officer"], "typed", f"{cast.canary} line")
    made = corrections.of_thing(board.id, training.id)[0]
    targets = boards.paper_targets(board.id)
    cast.things |= {"correction_id": waits.id, "row_correction_id": made.id, "target_id": targets[0].id}


def fill_support_notes(cast: Any, board: Board) -> None:
    """What an officer noted about supporting the rep, who reads it too."""
    cast.things |= {"rep_id": cast.people["rep"], "support_note_id": uuid4()}
    words = f"{cast.canary} noted"
    support_notes.write(cast.things["support_note_id"], board.id, cast.people["rep"], cast.people["officer"], words)


def fill_mentoring(cast: Any, board: Board, rep: Any) -> None:
    """A mentor, whose pair with the rep runs and is low; a request of the depute that waits."""
    offers = {
        "offers": f"{cast.canary} offers",
        "place": cast.canary,
        "ways": ["phone"],
        "most": 2,
        "is_on_hold": False,
    }
    someone = (f"{cast.canary} Mentor", f"mentor@{cast.key}.test")
    mentor = matching_actions.add_mentor(board, *someone, "centre", offers)
    wanted = mentoring.ask_for_mentor(board.id, rep.id, rep.id, ["phone"], f"{cast.canary} wish")
    pair = matching_actions.propose(wanted, mentor.id, cast.people["officer"])
    for person_id in (rep.id, mentor.person_id):
        mentoring.say_yes(Side(pair, person_id))
    side = Side(pair, rep.id)
    plan = {"aims": ["papers"], "every_weeks": 4, "next_on": None, "until_on": None}
    mentoring.plan(side, pair.version, plan, f"{cast.canary} aim")
    met = {"held_on": TODAY, "minutes": 45, "way": "phone", "topics": ["papers"]}
    session_id = uuid4()
    mentoring_kept.keep_session(session_id, side, met, f"{cast.canary} next step", None)
    note_id = uuid4()
    mentoring_kept.keep_note(note_id, side, False, f"{cast.canary} {PRIVATE}")
    mentoring_kept.keep_note(uuid4(), side, True, f"{cast.canary} {SHARED}")
    mentoring.answer_pulse(side, TODAY, 2, f"{cast.canary} word")
    low = db.session.scalars(select(MentoringPulse).where(MentoringPulse.pair_id == pair.id)).one()
    waits = mentoring.ask_for_mentor(board.id, cast.people["depute"], cast.people["depute"], [], f"{cast.canary} too")
    cast.things |= {"mentor_id": mentor.id, "pair_id": pair.id, "note_id": note_id}
    cast.things |= {
        "mentoring_session_id": session_id,
        "mentor_request_id": waits.id,
        "pulse_id": low.id,
        "for_whom": "mine",
    }


def fill_support(cast: Any, meeting: Meeting, item_id: UUID) -> None:
    """A support meeting, a point that the depute keeps for themself, and one that the rep brings."""
    support.set_support(meeting, 1, meeting.starts_at - timedelta(days=1), f"{cast.canary} Cafe", "")
    point_id = uuid4()
    support.keep_point(point_id, meeting, cast.people["depute"], item_id, False, f"{cast.canary} {OWN_POINT}")
    support.keep_point(uuid4(), meeting, cast.people["rep"], None, True, f"{cast.canary} {BROUGHT}")
    support.say_how_it_was(meeting, cast.people["rep"], {"spoke": "no", "understood": "partly", "explained": "yes"})
    cast.things["point_id"] = point_id


def fill_withdrawn(cast: Any, meeting: Meeting) -> None:
    """That a file of the private paper was withdrawn before it was published, and an administrator's question of it."""
    of = {"board_id": cast.id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    gone = Withdrawal(**of, paper_id=cast.things["secret_paper_id"], reason="personal", could_open=5, withdrawn_at=NOW)
    db.session.add(gone)
    db.session.flush()
    request = DownloadsRequest(**of, withdrawal_id=gone.id, asked_by_id=cast.people["admin"], asked_at=NOW)
    request.reason = f"{cast.canary} breach"
    db.session.add(request)
    cast.things |= {"withdrawal_id": gone.id, "request_of_downloads_id": request.id}


def fill_proposal(cast: Any) -> None:
    """Somebody whom the officer proposes for the empty seat."""
    seat, proposal_id = db.session.get_one(Seat, cast.things["seat_id"]), uuid4()
    who = (f"{cast.canary} Proposed", f"proposed@{cast.key}.test", "former_carer")
    term = (TODAY + timedelta(days=30), TODAY + timedelta(days=700))
    appointing.propose(proposal_id, seat, cast.people["officer"], *who, *term, f"{cast.canary} reason")
    cast.things |= {"proposal_id": proposal_id, "own_proposal_id": proposal_id}


def said_of(cast: Any) -> dict[str, str]:
    """Whom people of a board can ask, and what it says of data protection."""
    whom = {"controller": f"{cast.canary} Joint Board", "controller_address": f"1 {cast.canary} Street"}
    return {**whom, "contact": cast.canary, "data_protection_email": f"dpo@{cast.key}.test", "health_condition": "care"}
