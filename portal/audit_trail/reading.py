"""Lines of the trail made readable: ids become the names of people, groups, meetings and papers of the board."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.audit.models import AuditLine
from portal.boards import queries as boards
from portal.core import events
from portal.core.text import short_day_words
from portal.meetings import queries as meetings
from portal.papers.reading import queries as reading_queries

NAMED = ("person_id", "on_behalf_of_id", "group_id", "meeting_id", "paper_id")
PLAIN = ("role", "changed", "what")


@dataclass(frozen=True)
class LineShown:
    """One line in words. `about` are the names of what it concerns."""

    at: datetime
    who: str
    what: str
    about: tuple[str, ...]
    number: int | None


def lines_shown(board_id: UUID, lines: Sequence[AuditLine]) -> list[LineShown]:
    """Any number of lines, in five queries."""
    names = _names(board_id, lines)
    return [_shown(line, names) for line in lines]


def _shown(line: AuditLine, names: dict[str, str]) -> LineShown:
    about = [names.get(str(line.facts.get(key))) for key in NAMED if line.facts.get(key)]
    typed = json.loads(line.personal).values() if line.sealed_personal else ()
    plain = [f"{key}: {_in_words(line.facts[key])}" for key in PLAIN if key in line.facts]
    who = names.get(str(line.actor_id), "Somebody who is gone") if line.actor_id else "The portal"
    what = events.sentence_of(line.event)
    return LineShown(line.happened_at, who, what, (*filter(None, about), *typed, *plain), line.number)


def _in_words(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _names(board_id: UUID, lines: Iterable[AuditLine]) -> dict[str, str]:
    """Names by id, as text, of everything that these lines mention."""
    ids: dict[str, set[UUID]] = {key: set() for key in NAMED}
    people = {line.actor_id for line in lines if line.actor_id}
    for line in lines:
        for key in NAMED:
            if value := line.facts.get(key):
                ids[key].add(UUID(value))
    people |= ids["person_id"] | ids["on_behalf_of_id"]
    groups = {group.id: group.name for group in boards.every_group(board_id)}
    held = meetings.meetings_by_id(board_id, ids["meeting_id"])
    named: dict[UUID, str] = {
        **boards.people_named(people),
        **groups,
        **reading_queries.titles(board_id, ids["paper_id"]),
    }
    named |= {m.id: f"{groups[m.group_id]}, {short_day_words(m.meets_on)}" for m in held}
    return {str(key): name for key, name in named.items()}
