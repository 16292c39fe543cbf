"""Who wrote the payee reference by which somebody is paid, and when: also where it was changed since.

The trail says who changed whose, and holds no reference. A run pays by what stood when it was made, or by what was
added later where nothing stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.boards.queries import people_named
from portal.core.clock import london_day
from portal.core.text import short_day_words
from portal.expenses.events import PayeesChanged
from portal.expenses.payments.models import Payee
from portal.infra.database import db


@dataclass(frozen=True)
class Change:
    """Somebody added, changed or removed a payee reference."""

    at: datetime
    by: str
    is_removal: bool

    @property
    def words(self) -> str:
        """'on Tuesday 3 March by Ann Fraser'."""
        return f"on {short_day_words(london_day(self.at))}{f' by {self.by}' if self.by else ''}"


@dataclass(frozen=True)
class Written:
    """How a reference came about, and what became of it after the run that pays it was made."""

    first: str
    since: str = ""


Changes = Mapping[UUID, Sequence[Change]]


def changes(board_id: UUID) -> Changes:
    """What was changed of each person's and provider's reference, the oldest first."""
    of_board = (AuditLine.board_id == board_id, AuditLine.event == PayeesChanged.__name__)
    lines = db.session.scalars(select(AuditLine).where(*of_board).order_by(AuditLine.happened_at, AuditLine.id)).all()
    names = people_named(one.actor_id for one in lines if one.actor_id) if lines else {}
    found: dict[UUID, list[Change]] = defaultdict(list)
    for line in lines:
        by = names.get(line.actor_id, "") if line.actor_id else ""
        for key in (*line.facts["person_ids"], *line.facts["provider_ids"]):
            found[UUID(key)].append(Change(line.happened_at, by, key in line.facts.get("removed", ())))
    return found


@dataclass(frozen=True)
class PaidBy:
    """The reference by which somebody is paid, and the run that does: None where none holds it yet."""

    reference: str
    run_at: datetime | None = None
    run: str = "this run"
    is_paid: bool = False


def written(made: Sequence[Change], payee: Payee | None, by: PaidBy, names: Mapping[UUID, str]) -> Written:
    """`made` are the changes of somebody's reference, and `payee` is what stands now."""
    reference, run_at = by.reference, by.run_at
    number = _which(made, run_at)
    if not reference or number is None:
        return Written(_untraced(payee, reference, names))
    was_there = number > 0 and not made[number - 1].is_removal
    first = f"Payee reference {'changed' if was_there else 'added'} {made[number].words}"
    is_other = run_at is not None and not by.is_paid and (payee.reference if payee else "") != reference
    return Written(first, _since(made[-1], by.run) if is_other and made[number + 1 :] else "")


def _which(made: Sequence[Change], run_at: datetime | None) -> int | None:
    """The place of the change that wrote what is paid."""
    earlier = [number for number, one in enumerate(made) if run_at is None or one.at <= run_at]
    if earlier and not made[earlier[-1]].is_removal:
        return earlier[-1]
    return next((number for number in range(len(earlier), len(made)) if not made[number].is_removal), None)


def _since(last: Change, run: str) -> str:
    what = "removed" if last.is_removal else "changed"
    pays = f"{run[0].upper()}{run[1:]} pays the earlier one"
    return f"Payee reference {what} {last.words} after {run} was made. {pays}"


def _untraced(payee: Payee | None, reference: str, names: Mapping[UUID, str]) -> str:
    """Where the trail does not reach back so far."""
    if payee is None or payee.changed_at is None or not reference or payee.reference != reference:
        return ""
    by = names.get(payee.changed_by_id, "") if payee.changed_by_id else ""
    return f"Payee reference entered {Change(payee.changed_at, by, False).words}"
