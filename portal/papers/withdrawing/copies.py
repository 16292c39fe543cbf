"""Finding the files of a board that have the bytes of one that was withdrawn, or were made from the same file."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.papers.models import Paper, PaperVersion, Withdrawal
from portal.papers.withdrawing.rules import PERSONAL


def withdrawn_files(board_id: UUID, marks: Sequence[str]) -> dict[str, str]:
    """Of some files by their bytes: those that were withdrawn on a board, not for personal data; with their names."""
    if not marks:
        return {}
    found = db.session.scalars(_withdrawn_with(board_id, marks, is_personal=False))
    return {one.sha256: one.file_name for one in found}


def held_personal_data(board_id: UUID, *marks: str) -> bool:
    """By the bytes of a file, or of the one that its PDF was made from: made once more, that PDF has others."""
    known = [one for one in marks if one]
    return bool(known) and db.session.scalar(_withdrawn_with(board_id, known, is_personal=True).limit(1)) is not None


def _withdrawn_with(board_id: UUID, marks: Sequence[str], is_personal: bool) -> Select[PaperVersion]:
    found = (PaperVersion.board_id == board_id, _has(marks))
    for_it = Withdrawal.reason == PERSONAL if is_personal else Withdrawal.reason != PERSONAL
    statement = select(PaperVersion).join(Withdrawal, Withdrawal.id == PaperVersion.withdrawal_id)
    return statement.where(*found, for_it).order_by(Withdrawal.withdrawn_at, PaperVersion.id)


def _has(marks: Sequence[str]) -> ColumnElement[bool]:
    """By its own bytes, or those of its source; '' stands for a file that was not made from another."""
    known = [one for one in marks if one]
    return or_(PaperVersion.sha256.in_(known), PaperVersion.source_sha256.in_(known))


def waiting_copies(board_id: UUID, marks: Sequence[str]) -> Sequence[PaperVersion]:
    """The files of a board with the same bytes as others, that are not published or withdrawn."""
    waits = (PaperVersion.published_at.is_(None), PaperVersion.withdrawal_id.is_(None))
    statement = select(PaperVersion).where(PaperVersion.board_id == board_id, _has(marks), *waits)
    return db.session.scalars(statement.order_by(PaperVersion.id)).all()


def published_copies(board_id: UUID, marks: Sequence[str], besides: UUID) -> Sequence[PaperVersion]:
    """The open files of other papers of a board with the same bytes, or made from the same file, with their papers."""
    is_open = (PaperVersion.published_at.is_not(None), PaperVersion.withdrawal_id.is_(None))
    of_others = (PaperVersion.board_id == board_id, PaperVersion.paper_id != besides, _has(marks))
    statement = select(PaperVersion).where(*of_others, *is_open).order_by(PaperVersion.published_at, PaperVersion.id)
    to_name = joinedload(PaperVersion.paper).joinedload(Paper.meeting).joinedload(Meeting.group)
    return db.session.scalars(statement.options(to_name)).all()
