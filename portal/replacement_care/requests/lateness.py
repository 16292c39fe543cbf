"""Whether what was first asked for was arranged in time: a later change of it does not undo that. From the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from portal.audit import queries as audit
from portal.core import clock
from portal.core.clock import london_day
from portal.replacement_care.events import CareArranged, CareAskedAgain, CareToAgree
from portal.replacement_care.requests.asked import steps
from portal.replacement_care.requests.short_notice import due_by

if TYPE_CHECKING:
    from portal.audit.models import AuditLine
    from portal.replacement_care.models import CareRequest


@dataclass(frozen=True)
class FirstLate:
    """The first deadline of a request that was changed since, and was over before anything was arranged."""

    due: date
    arranged_on: date | None  # None: it was changed before it was arranged


def first_late(care: CareRequest, lead_days: int) -> FirstLate | None:
    """None where nothing was changed, which its own deadline says; where it was in time, or asked at short notice."""
    if care.times_changed_at is None:
        return None
    found = steps(care)
    first = found[0].span if found else care.was_span or care.wanted_span or care.span
    first_due, (arranged_on, changed_on) = due_by(first.day, lead_days, london_day(care.asked_at)), _first_days(care)
    if first_due.is_short_notice:
        return None
    due = first_due.by
    if arranged_on and arranged_on <= (changed_on or arranged_on):
        return FirstLate(due, arranged_on) if arranged_on > due else None
    return FirstLate(due, None) if (changed_on or clock.today()) > due else None


def _first_days(care: CareRequest) -> tuple[date | None, date | None]:
    """On which day it was first arranged, and first changed; None where it was not."""
    lines = audit.lines_that_mention(care.board_id, [CareArranged, CareToAgree, CareAskedAgain], [care.id])
    of_it = [line for line in lines if line.facts.get("request_id") == str(care.id)]
    again = [line for line in of_it if line.event == CareAskedAgain.__name__]
    changes = {int(line.facts["version"]): london_day(line.happened_at) for line in again if _is_change(line, care)}
    arranged = [london_day(line.happened_at) for line in of_it if _is_arranging(line, care, changes)]
    if care.arranged_at:
        arranged.append(london_day(care.arranged_at))
    return min(arranged, default=None), min(changes.values(), default=None)


def _is_change(line: AuditLine, care: CareRequest) -> bool:
    """By the rep, or with its meeting; not that another officer is asked."""
    return line.actor_id == care.person_id or bool(line.sealed_personal)


def _is_arranging(line: AuditLine, care: CareRequest, changes: dict[int, date]) -> bool:
    """That it was arranged, or offered at other times; not that its meeting moved, or that a depute goes."""
    if line.event == CareArranged.__name__:
        return True
    is_other = line.event == CareToAgree.__name__ and line.actor_id != care.person_id
    return is_other and int(line.facts["version"]) not in changes
