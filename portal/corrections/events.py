"""What can have happened to a correction. The trail holds from what to what for facts of a board, not of people."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent, personal


@dataclass(frozen=True, kw_only=True)
class CorrectionEvent(BoardEvent, abstract=True):
    """Something about one correction."""

    correction_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(CorrectionEvent, sentence="Asked to correct the record"):
    """It would make a figure better, so somebody else confirms it or not."""

    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class RecordCorrected(CorrectionEvent, sentence="Corrected the record of the board"):
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CorrectionDeclined(CorrectionEvent, sentence="Did not confirm a correction"):
    """`person_id` is who asked for it."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RowCorrected(CorrectionEvent, sentence="Corrected a row about somebody"):
    """What it was and is stands in the part of the trail that can be erased."""

    person_id: UUID
    was: str = personal()
    now: str = personal()
