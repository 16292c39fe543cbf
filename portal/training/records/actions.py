"""Every change to records of training."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.values import Typed
from portal.corrections import actions as corrections
from portal.corrections.actions import Change
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import record, records_nothing
from portal.training.events import (
    EvidenceOpened,
    TrainingAnswered,
    TrainingRecorded,
    TrainingRemoved,
)
from portal.training.models import TrainingRecord
from portal.training.records import queries
from portal.training.records.rules import CONFIRMED, DECLINED, SAID, TRAINING_RECORD, Days


def add_record(
    record_id: UUID, board_id: UUID, person_id: UUID, typed: Typed, evidence: tuple[str, str, bytes] | None
) -> TrainingRecord:
    """Training that somebody had; an officer confirms it. `evidence` is a checked file: name, kind and content.

    The same id twice, from a form sent twice, is one record.
    """
    found = queries.own_record_by_id(person_id, record_id)
    if found is not None:
        return found
    one = TrainingRecord(id=record_id, board_id=board_id, person_id=person_id, status=SAID, created_at=clock.now())
    for name, value in typed.items():
        setattr(one, name, value)
    one.file_name = one.kind = one.stored_as = ""
    if evidence:
        one.file_name, one.kind, content = evidence
        one.stored_as = f"training/{board_id.hex}/{one.id.hex}"
        files.keep(one.stored_as, content)
    db.session.add(one)
    db.session.flush()
    record(TrainingRecorded(**_event_ids(one)))
    return one


def _event_ids(training: TrainingRecord) -> dict[str, UUID]:
    return {"board_id": training.board_id, "record_id": training.id, "person_id": training.person_id}


def answer_record(training: TrainingRecord, officer_id: UUID, is_confirmed: bool) -> None:
    """An officer's word on a record, once."""
    if training.status == SAID:
        training.status = CONFIRMED if is_confirmed else DECLINED
        training.confirmed_by_id, training.confirmed_on = officer_id, clock.today()
        db.session.flush()
        record(TrainingAnswered(**_event_ids(training), status=training.status))


def open_evidence(training: TrainingRecord) -> bytes:
    """The certificate, for whoever may see it; the trail has a line for each time."""
    record(EvidenceOpened(**_event_ids(training)))
    return files.read(training.stored_as)


def remove_record(training: TrainingRecord) -> None:
    """Take back what is not confirmed, with its file."""
    if training.status != CONFIRMED:
        if training.stored_as:
            files.delete_later(training.stored_as)
        db.session.delete(training)
        record(TrainingRemoved(**_event_ids(training)))


@records_nothing("the correction is recorded")
def correct_record(training: TrainingRecord, now: Days, person_id: UUID, reason: str, line: str) -> None:
    """The days of training were wrong on record. Raises NotAsItWas."""
    was = Days(training.done_on, training.valid_until)
    change = Change(
        kind=TRAINING_RECORD,
        board_id=training.board_id,
        thing_id=training.id,
        about=training.title,
        was_value=str(was),
        now_value=str(now),
        was=was.words,
        now=now.words,
    )
    corrections.correct_row(change, training.person_id, person_id, reason, line)


@records_nothing("the correction is recorded")
def apply_days(board_id: UUID, record_id: UUID, was: str, now: str) -> None:
    """Put the days right. Raises NotAsItWas."""
    training = queries.record_by_id(board_id, record_id)
    if str(Days(training.done_on, training.valid_until)) != was:
        raise NotAsItWas
    days = Days.read(now)
    training.done_on, training.valid_until = days.done_on, days.valid_until
    db.session.flush()


def take_back_record(person_id: UUID, record_id: UUID) -> None:
    """What was confirmed by mistake, because somebody was not at a session after all."""
    one = queries.own_record_by_id(person_id, record_id)
    if one is not None:
        db.session.delete(one)
        record(TrainingRemoved(**_event_ids(one)))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: its records go, with their files. The trail has its line."""
    records = select(TrainingRecord).where(TrainingRecord.person_id == person_id).order_by(TrainingRecord.id)
    for one in db.session.scalars(records):
        if one.stored_as:
            files.delete_later(one.stored_as)
        db.session.delete(one)
