"""Every change to corrections: asked for, confirmed or not, and made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from portal.boards.independence.queries import made_by
from portal.boards.independence.rules import independent
from portal.capability import gathered
from portal.core import clock
from portal.core.values import Typed
from portal.corrections import queries
from portal.corrections.events import (
    CorrectionAsked,
    CorrectionCancelled,
    CorrectionDeclined,
    PrivateRowCorrected,
    RecordCorrected,
    RowCorrected,
)
from portal.corrections.figure_words import kept, makes_better
from portal.corrections.models import Correction
from portal.corrections.rows_that_go import FORGOTTEN
from portal.corrections.rules import DECLINED, MADE, WAITING, may_decide, needs_second_person
from portal.infra.correctable import Correctable, Figures, NotAsItWas
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict


class NotIndependent(Exception):
    """Whoever asked for it gave this person their role within a year, or got their own from them."""


class OtherFigures(Exception):
    """It would change something else than the page said on which it was confirmed."""


class OwnCorrection(Exception):
    """Whoever asked for it cannot confirm it."""


class NotTheirs(Exception):
    """Only whoever asked for it can cancel it."""


class WaitsAlready(Exception):
    """The same correction waits to be confirmed."""


class AnotherWaits(Exception):
    """Another correction of the same fact waits, and this one would wait beside it."""

    def __init__(self, other: Correction) -> None:
        super().__init__()
        self.other = other


@dataclass(frozen=True)
class Change:
    """From what to what, as it is stored and in words; `about` says of what."""

    kind: str
    board_id: UUID
    thing_id: UUID
    about: str
    was_value: str
    now_value: str
    was: str
    now: str
    group_id: UUID | None = None


def correct_fact(change: Change, person_id: UUID, reason: str) -> Correction:
    """A fact of a board: put right at once, or when somebody else confirmed what makes a figure better.

    Raises NotAsItWas when the fact is another one by now, WaitsAlready when somebody asked for the same, and
    AnotherWaits when this one would have to wait as well.
    """
    others = queries.waits(change.board_id, change.kind, change.thing_id, change.was_value)
    if any(one.now_value == change.now_value for one in others):
        raise WaitsAlready
    correction = _new(change, person_id, reason)
    correction.is_of_board, correction.status = True, WAITING
    correction.makes_better = _would_make_better(correction)
    if others and needs_second_person(correction.is_of_board, correction.makes_better):
        raise AnotherWaits(others[0])
    db.session.add(correction)
    db.session.flush()
    if needs_second_person(correction.is_of_board, correction.makes_better):
        was, now, reason = correction.was, correction.now, correction.reason
        record(CorrectionAsked(**_ids(correction), was=was, now=now, reason=reason))
    else:
        _make(correction, person_id)
    return correction


def _would_make_better(correction: Correction) -> bool:
    """Tried out and taken back, with what figures make of it before and after. Raises NotAsItWas."""
    before, after = _tried(correction)
    correction.keep_figures(*kept(before, after))
    return makes_better(before, after)


def _tried(correction: Correction) -> tuple[Figures, Figures]:
    kind, of = _kind(correction), (correction.board_id, correction.thing_id)
    before, was, now = kind.figures(*of), correction.was_value, correction.now_value
    trial = db.session.begin_nested()
    try:
        kind.apply(*of, was, now)
        db.session.flush()
        return before, kind.figures(*of)
    finally:
        trial.rollback()


@records_nothing("it is tried out and taken back")
def look_at_today(correction: Correction) -> bool:
    """What one that waits would change if it were made now; False where the fact is another one by now."""
    try:
        before, after = _tried(correction)
    except NotAsItWas:
        db.session.refresh(correction, ["status"])
        correction.say_gone()
        return False
    db.session.refresh(correction, ["status"])
    correction.say_tried(*kept(before, after))
    return True


@records_nothing("likewise")
def look_at_each(waiting: Iterable[Correction]) -> None:
    """The same of several, each by itself."""
    for one in waiting:
        look_at_today(one)


def _new(change: Change, person_id: UUID, reason: str) -> Correction:
    correction = Correction(
        board_id=change.board_id, kind=change.kind, thing_id=change.thing_id, about=change.about[:300]
    )
    correction.group_id, correction.asked_by_id, correction.asked_at = change.group_id, person_id, clock.now()
    correction.was_value, correction.now_value = change.was_value, change.now_value
    correction.was, correction.now, correction.reason = change.was[:300], change.now[:300], reason
    correction.line = ""
    return correction


def _ids(correction: Correction) -> dict[str, UUID]:
    return {"board_id": correction.board_id, "correction_id": correction.id}


def _kind(correction: Correction) -> Correctable:
    return gathered().correctable[correction.kind]


def confirm(correction: Correction, person_id: UUID, mark: str = "") -> None:
    """Somebody else confirms what makes a figure better, whom whoever asked did not bring in, nor the other way round.

    `mark`, of what the page said that it would change. Raises OwnCorrection, NotIndependent, EditConflict when it was
    decided before, NotAsItWas when the fact is another one by now, and OtherFigures.
    """
    if not may_decide(correction.asked_by_id, person_id):
        raise OwnCorrection
    if not independent(correction.asked_by_id, person_id, made_by(correction.board_id)):
        raise NotIndependent
    _make(correction, person_id, mark)


def decline(correction: Correction, person_id: UUID, why: str) -> None:
    """The record stays as it is. Raises OwnCorrection, and EditConflict when it was decided before."""
    if not may_decide(correction.asked_by_id, person_id):
        raise OwnCorrection
    _decide(correction, person_id, DECLINED)
    correction.line = why
    refused = CorrectionDeclined(
        board_id=correction.board_id,
        correction_id=correction.id,
        person_id=correction.asked_by_id,
        was=correction.was,
        now=correction.now,
        why=why,
    )
    record(refused)


def cancel(correction: Correction, person_id: UUID) -> None:
    """Whoever asked for it wants it no more: the record stays as it is, and it is kept as decided by themselves.

    Raises NotTheirs, and EditConflict when it was decided before.
    """
    if correction.asked_by_id != person_id:
        raise NotTheirs
    _decide(correction, person_id, DECLINED)
    record(CorrectionCancelled(**_ids(correction), was=correction.was, now=correction.now))


def _make(correction: Correction, person_id: UUID, mark: str = "") -> None:
    kind, of = _kind(correction), (correction.board_id, correction.thing_id)
    with db.session.begin_nested():  # a page that tells of the refusal commits, and must leave nothing of this behind
        _decide(correction, person_id, MADE)
        before = kind.figures(*of)
        kind.apply(*of, correction.was_value, correction.now_value)
        db.session.flush()
        correction.keep_figures(*kept(before, kind.figures(*of)))
        if mark and mark != correction.mark:
            raise OtherFigures
        db.session.flush()
    asked_by = correction.asked_by_id if correction.asked_by_id != person_id else None
    said: Typed = {"was": correction.was, "now": correction.now, "reason": correction.reason}
    said |= _ids(correction)
    record(RecordCorrected(**said, asked_by=asked_by))


def _decide(correction: Correction, person_id: UUID, status: str) -> None:
    """In one UPDATE that two at once cannot both win."""
    open_one = update(Correction).where(Correction.id == correction.id, Correction.status == WAITING)
    values = {"status": status, "decided_by_id": person_id, "decided_at": clock.now()}
    if rows_changed(open_one.values(values)) != 1:
        raise EditConflict
    db.session.refresh(correction, [*values])


def correct_row(change: Change, about_id: UUID | None, person_id: UUID, reason: str, line: str = "") -> Correction:
    """A row about somebody, put right by whoever records such rows. Raises NotAsItWas."""
    correction = _note_row(change, about_id, person_id, reason, line)
    _kind(correction).apply(correction.board_id, correction.thing_id, change.was_value, change.now_value)
    return correction


@records_nothing("each row is recorded")
def _note_row(change: Change, about_id: UUID | None, person_id: UUID, reason: str, line: str) -> Correction:
    correction = _new(change, person_id, reason)
    correction.is_of_board, correction.status, correction.about_id = False, MADE, about_id
    correction.line, correction.decided_by_id, correction.decided_at = line, person_id, correction.asked_at
    db.session.add(correction)
    db.session.flush()
    corrected = PrivateRowCorrected if _kind(correction).is_private else RowCorrected
    record(corrected(**_ids(correction), person_id=about_id, was=correction.was, now=correction.now))
    return correction


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: that a row was corrected is still counted, and nothing else of it stays."""
    theirs = update(Correction).where(Correction.about_id == person_id, Correction.is_of_board.is_(False))
    db.session.execute(theirs.values(FORGOTTEN))
