"""What a rep asked for, first and since: each time that the times changed, with its day. From the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from portal.audit import queries as audit
from portal.core.clock import london_day
from portal.core.text import minutes_words, short_day_words
from portal.core.values import EventFacts
from portal.infra.sealed import CannotOpen
from portal.replacement_care.events import CareAsked, CareAskedAgain
from portal.replacement_care.requests.earlier_times import same_times, span_words
from portal.replacement_care.requests.rules import FOR, TRAINING, Span

if TYPE_CHECKING:
    from portal.audit.models import AuditLine
    from portal.replacement_care.models import CareRequest


@dataclass(frozen=True)
class Step:
    """Times that were asked for from a day on, by the rep, or as the meeting or the training moved."""

    span: Span
    on: date
    by_rep: bool
    version: int  # of the request, with these times


def times_of(care: CareRequest) -> EventFacts:
    """What an event says of the times that are asked for from then on."""
    return {"times": f"{care.starts_at.isoformat()} {care.ends_at.isoformat()}"}


def steps(care: CareRequest) -> list[Step]:
    """The first times and each that differ from those before; none where the trail does not hold the first."""
    lines = audit.lines_that_mention(care.board_id, [CareAsked, CareAskedAgain], [care.id])
    of_it = [line for line in lines if line.facts.get("request_id") == str(care.id)]
    found: list[Step] = []
    for line in sorted(of_it, key=lambda line: int(line.facts["version"])):
        span = _span(line)
        if span is None and not found:
            return []
        if span and not (found and same_times(found[-1].span, span)):
            on = london_day(line.happened_at) if found else london_day(care.asked_at)
            found.append(Step(span, on, line.actor_id == care.person_id, int(line.facts["version"])))
    return found


def _span(line: AuditLine) -> Span | None:
    """Older lines do not say it, nor those of which it was erased, nor those of what changed no times."""
    try:
        began, _, until = line.about_people.get("times", "").partition(" ")
    except CannotOpen:
        return None
    return Span(datetime.fromisoformat(began), datetime.fromisoformat(until)) if until else None


def asked_for(care: CareRequest) -> list[str]:
    """'A meeting: Main Group. Friday 20 March, from 9am to 2pm (5 hours). Sent on Tuesday 3 March', and each change."""
    found, of_what = steps(care), f"{dict(FOR)[care.what]}: {care.title}."
    sent_on, now = short_day_words(london_day(care.asked_at)), care.wanted_span or care.span
    if found:
        return [f"{of_what} {_times(found[0].span)}. Sent on {sent_on}", *_changes(care, found)]
    if care.times_changed_at is None:
        return [f"{of_what} {_times(now)}. Sent on {sent_on}"]
    changed_on = short_day_words(london_day(care.times_changed_at))
    return [f"{of_what} First sent on {sent_on}", f"Since {changed_on}: {_times(now)}"]


def first_asked_for(care: CareRequest) -> str:
    """'Friday 20 March, from 9am to 2pm (5 hours). Sent on Tuesday 3 March'; '' where that is what is asked for now."""
    found = steps(care)
    return f"{_times(found[0].span)}. Sent on {short_day_words(found[0].on)}" if found[1:] else ""


def asked_at_version(care: CareRequest, version: int) -> Span | None:
    """The times that a page showed as asked for, by the version it was opened with; None where it is not known."""
    return next((one.span for one in reversed(steps(care)) if one.version <= version), None)


def _changes(care: CareRequest, found: list[Step]) -> Iterator[str]:
    moved = f"Moved with the {'training' if care.what == TRAINING else 'meeting'}"
    for one in found[1:]:
        yield f"{'Changed' if one.by_rep else moved} on {short_day_words(one.on)} to {_times(one.span)}"


def _times(span: Span) -> str:
    return f"{span_words(span)} ({minutes_words(span.minutes)})"
