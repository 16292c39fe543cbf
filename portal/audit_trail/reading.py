"""Lines of the trail made readable: ids become the names of what a line is about, and facts become words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.access.roles import ROLE_NAMES
from portal.audit.models import AuditLine
from portal.audit_trail.as_then import AsThen, as_then
from portal.audit_trail.names import DOWNLOADED, NAMED, PEOPLE, PRIVATE, Names, Place, names_today
from portal.boards import queries as boards
from portal.boards.accounts.rules import ACCOUNT_CHANGES
from portal.capability import gathered
from portal.core import events
from portal.core.text import count_words, date_words
from portal.infra.sealed import NOT_OPENED, CannotOpen

NOT_SHOWN = "Not shown"  # in the place of whoever downloaded a paper, asked for care, sent apologies …


def _day(value: object) -> str:
    return date_words(date.fromisoformat(str(value)))


def _in_words(value: object) -> str:
    return ", ".join(map(_in_words, value)) if isinstance(value, list) else str(value).replace("_", " ")


WORDS: Mapping[str, Callable[[object], str]] = {
    "role": lambda value: ROLE_NAMES.get(str(value), str(value)),
    "what": lambda value: ACCOUNT_CHANGES.get(str(value), _in_words(value)),
    "status": _in_words,
    "number": lambda value: f"version {value}",
    "from_on": lambda value: f"from {_day(value)}",
    "until_on": lambda value: f"until {_day(value)}",
    "was_until_on": lambda value: f"was until {_day(value)}",
    "paid_on": lambda value: f"paid on {_day(value)}",
    "goes_on": lambda value: f"on {_day(value)}",
    "lines": lambda value: count_words(int(str(value)), "line"),
    "rows": lambda value: count_words(int(str(value)), "entry", "entries"),
    "table": _in_words,
}


@dataclass(frozen=True)
class LineShown:
    """One line in words. `about` are the names of what it concerns, and `things` what those are the names of."""

    at: datetime
    who: str
    what: str
    about: tuple[str, ...]
    number: int | None
    actor_id: UUID | None = None
    things: frozenset[UUID] = frozenset()  # none of a private line: nothing says that two of them belong together


def lines_shown(board_id: UUID, lines: Sequence[AuditLine]) -> list[LineShown]:
    """Any number of lines, in a few queries: one for each kind of thing that they tell of."""
    if not lines:
        return []
    things: dict[Place, set[UUID]] = defaultdict(set)
    for line in lines:
        for place, thing in _things(line):
            things[place].add(thing)
    names, people = names_today(board_id, things), boards.people_named({one.actor_id for one in lines if one.actor_id})
    then = as_then(board_id, things, names, min(line.happened_at for line in lines))
    return [_shown(line, people, then) for line in lines]


def _shown(line: AuditLine, people: Mapping[UUID, str], then: AsThen) -> LineShown:
    named = [(place, thing, name) for place, thing in _things(line) if (name := then.name(place, thing, line))]
    is_private = events.is_unnamed(line.event)
    details = () if is_private else _details(line, then.now)
    return LineShown(
        at=line.happened_at,
        who=_who(line, people),
        what=events.sentence_of(line.event),
        about=(*(events.named_as(line.event, key, name) for (_, key), _, name in named), *details),
        number=line.number,
        actor_id=None if is_private else line.actor_id,
        things=frozenset() if is_private else frozenset(thing for _, thing, _ in named),
    )


def _who(line: AuditLine, people: Mapping[UUID, str]) -> str:
    if not line.actor_id:
        return "The portal"
    return NOT_SHOWN if events.hides_who(line.event) else people.get(line.actor_id, "Someone who has left")


def _details(line: AuditLine, names: Names) -> Iterator[str]:
    event = events.event_called(line.event)
    try:
        typed = _readable(line, names)
    except CannotOpen:
        typed = {}
        yield NOT_OPENED
    said = list(event.details(line.facts, typed)) if event else list(typed.values())
    yield from said
    if event is None or event.details.__func__ is events.Event.details.__func__:  # type: ignore[attr-defined]
        yield from (words(line.facts[key]) for key, words in WORDS.items() if line.facts.get(key) not in (None, "", []))


def _readable(line: AuditLine, names: Names) -> Mapping[str, str]:
    """What people typed; of a private item or paper nothing, though it was open when the line was written."""
    is_private = any(names[place].get(thing) in PRIVATE for place, thing in _things(line))
    return {name: said for name, said in line.about_people.items() if not is_private or name not in ("typed", "called")}


def _things(line: AuditLine) -> Iterator[tuple[Place, UUID]]:
    """(where its name is found, id) of each thing that a line tells of and that has a name.

    A line that names nobody whom it is about names nothing else either: a group may have one carer rep alone.
    """
    if events.is_unnamed(line.event) and any(line.facts.get(key) for key in PEOPLE):
        return
    own = events.capability_of(line.event)
    for key in (*NAMED, *(key for key in line.facts if key not in NAMED)):
        if (key in NAMED or (own, key) in gathered().trail_names) and (value := line.facts.get(key)):
            yield _place(line, own, key), UUID(str(value))


def _place(line: AuditLine, own: str, key: str) -> Place:
    """Where the name of a thing is found; of a download not everywhere."""
    if key == "paper_id" and events.is_unnamed(line.event):
        return DOWNLOADED, key
    return ("", key) if key in NAMED else (own, key)
