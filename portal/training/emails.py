"""Who hears by email of inductions, training records and training sessions."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import CLERK, OFFICER
from portal.boards.emails import clerks, name_of, of_board, officers
from portal.core import clock
from portal.core.text import day_words, hour_words, moment_words
from portal.infra.notification import Facts, Notification, Recipient, each, the_person, whether_own
from portal.training.events import (
    InductionBegan,
    InductionStepDue,
    InductionStepLate,
    PlaceBooked,
    PlaceFree,
    PlaceWaitedFor,
    RecordEvent,
    SessionCancelled,
    SessionChanged,
    SessionEvent,
    SessionTomorrow,
    TrainingAnswered,
    TrainingRecorded,
    TrainingRunsOut,
)
from portal.training.inductions import queries as inductions_queries
from portal.training.inductions.rules import OWNERS
from portal.training.models import TrainingRecord
from portal.training.records import queries as records_queries
from portal.training.sessions import queries as sessions_queries
from portal.training.sessions.rules import BOOKED, ON_WAITING_LIST


def step_owner(event: InductionStepDue) -> list[Recipient]:
    """Whose step of an induction it is: the rep, the officers or the clerks."""
    if event.owner == OFFICER:
        return officers(event)
    return clerks(event) if event.owner == CLERK else the_person(event)


def those_booked(event: SessionEvent) -> list[Recipient]:
    """Who has a place at a session."""
    return each(sessions_queries.people_of(event.board_id, event.session_id, BOOKED))


def those_booked_or_waiting(event: SessionEvent) -> list[Recipient]:
    """Who has a place at a session, or waits for one."""
    return each(sessions_queries.people_of(event.board_id, event.session_id, BOOKED, ON_WAITING_LIST))


def induction_began(event: InductionBegan) -> Facts:
    """The steps of somebody's induction, with their days."""
    owners, tasks = dict(OWNERS), inductions_queries.induction(event.board_id, event.appointment_id).tasks
    steps = [{"title": t.title, "owner": owners[t.owner].lower(), "by": day_words(t.due_on)} for t in tasks]
    return {**of_board(event), "steps": steps}


def induction_step(event: InductionStepDue) -> Facts | None:
    """One step that is due, to whose it is. Nothing once it is done or taken out."""
    tasks = inductions_queries.induction(event.board_id, event.appointment_id).tasks
    task = next((one for one in tasks if one.key == str(event.step_id)), None)
    if task is None or task.is_done:
        return None
    facts = {"step": task.title, "by": day_words(task.due_on), "rep": name_of(event.person_id)}
    step = {"board_id": event.board_id, "appointment_id": event.appointment_id, "step_id": event.step_id}
    facts |= {name: key.hex for name, key in step.items() if key}
    return {**of_board(event), **facts, "is_past": task.due_on < clock.today()}


def step_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """It may be held until the day after. One that is done by then, or taken out, is not asked for."""
    if "step_id" not in facts:
        return facts
    board_id, appointment_id = (UUID(hex=facts[name]) for name in ("board_id", "appointment_id"))
    tasks = inductions_queries.induction(board_id, appointment_id).tasks
    task = next((one for one in tasks if UUID(one.key).hex == facts["step_id"]), None)
    if task is None or task.is_done:
        return "the step was done" if task else "the step was taken out"
    return {**facts, "by": day_words(task.due_on), "is_past": task.due_on < clock.today()}


def of_record(event: RecordEvent) -> Facts:
    record = records_queries.record_by_id(event.board_id, event.record_id)
    until = day_words(record.valid_until) if record.valid_until else ""
    facts = {"title": record.title, "rep": record.person.name, "until": until, "status": record.status}
    return {**of_board(event), **facts, "record_id": record.id.hex, "generation": _generation(record), "day": ""}


def _generation(record: TrainingRecord) -> str:
    """Another one once a record was removed and added again."""
    return str(record.created_at.timestamp())


def of_answered(event: TrainingAnswered) -> Facts:
    """Of what somebody had at a session they hear by this email first: on which day it was, as it stands."""
    record = records_queries.record_by_id(event.board_id, event.record_id)
    is_of_session = sessions_queries.is_place(event.board_id, event.record_id)
    return {**of_record(event), "day": day_words(record.done_on) if is_of_session else ""}


def record_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """Nobody is told, or asked, about training that was withdrawn or answered meanwhile."""
    if "record_id" not in facts:
        return facts
    record = records_queries.find_record(UUID(hex=facts["record_id"]))
    if record is None or _generation(record) != facts.get("generation", _generation(record)):
        return "the training was withdrawn"
    if record.status != facts["status"]:
        return "the training was confirmed or declined"
    return {**facts, "day": day_words(record.done_on)} if is_first(facts) else facts


def is_first(facts: Facts) -> bool:
    """Whether somebody first hears of the record by this email: they did not add it themselves."""
    return bool(facts.get("day"))


def runs_out_when_sent(facts: Facts, pace: int) -> Facts | str:
    """That its last day was corrected is told in an email of its own, which always goes."""
    record = records_queries.find_record(UUID(hex=facts["record_id"])) if "record_id" in facts else None
    until = day_words(record.valid_until) if record and record.valid_until else ""
    return "its dates were corrected" if record and until != facts["until"] else record_when_sent(facts, pace)


def of_session(event: SessionEvent) -> Facts:
    """A training session: what, when and where."""
    session = sessions_queries.session_by_id(event.board_id, event.session_id)
    facts = {"session_id": session.id.hex, "title": session.title, "place": session.place, "link": session.link}
    facts |= {"when": moment_words(session.starts_at), "ends": hour_words(session.ends_at)}
    return {**of_board(event), **facts}


def changed_session(event: SessionChanged) -> Facts:
    """Likewise, and when it was to be before, where that is another time."""
    facts, was = of_session(event), moment_words(event.was_at)
    return {**facts, "was": was if was != facts["when"] else ""}


EMAILS = (
    Notification(InductionBegan, the_person, "induction-began", induction_began, always=True, worth_days=14),
    Notification(
        InductionStepDue,
        step_owner,
        "induction-step",
        induction_step,
        whether_own,
        always=True,
        gathered=True,
        when_sent=step_when_sent,
    ),
    Notification(
        InductionStepLate,
        step_owner,
        "induction-late",
        induction_step,
        whether_own,
        always=True,
        gathered=True,
        when_sent=step_when_sent,
    ),
    Notification(
        TrainingRecorded, officers, "training-to-confirm", of_record, gathered=True, when_sent=record_when_sent
    ),
    Notification(
        TrainingAnswered,
        the_person,
        "training-answered",
        of_answered,
        gathered=True,
        when_sent=record_when_sent,
        is_first=is_first,
    ),
    Notification(
        TrainingRunsOut,
        the_person,
        "training-runs-out",
        of_record,
        always=True,
        gathered=True,
        worth_days=14,
        when_sent=runs_out_when_sent,
    ),
    Notification(
        SessionChanged, those_booked_or_waiting, "training-changed", changed_session, always=True, at_once=True
    ),
    Notification(
        SessionCancelled, those_booked_or_waiting, "training-cancelled", of_session, always=True, at_once=True
    ),
    Notification(
        SessionTomorrow, those_booked, "training-tomorrow", of_session, always=True, at_once=True, worth_days=1
    ),
    Notification(PlaceBooked, the_person, "place-booked", of_session),
    Notification(PlaceWaitedFor, the_person, "place-waited-for", of_session),
    Notification(PlaceFree, the_person, "place-free", of_session, always=True, at_once=True),
)
