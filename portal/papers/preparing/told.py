"""Who will be emailed of what is published, by kind: made from the emails that would be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.core.text import count_words
from portal.infra.unit_of_work import EmailTo
from portal.infra.web.emailed import emailed
from portal.papers.preparing.rules import APPROVED, DRAFT

MINUTES_EMAIL = "minutes-published"
KINDS = {
    "papers-announced": "Papers",
    "papers-replaced": "New versions",
    "paper-corrected": "Corrected papers",
    "late-papers": "Late papers",
    MINUTES_EMAIL: "Minutes",
}
OF_MINUTES = {frozenset((DRAFT,)): "Draft minutes", frozenset((APPROVED,)): "Approved minutes"}


@dataclass(frozen=True)
class Told:
    """'Papers: 5 people', and who they are and when."""

    words: str
    who: str
    is_minutes: bool
    kind: str  # of the emails
    people: tuple[UUID, ...]


def told_of(emails: Sequence[EmailTo], names: Mapping[UUID, str], stages: Iterable[str]) -> list[Told]:
    """Of each kind of email that would be written, to how many and to whom; `stages` are those of the minutes."""
    kinds = {**KINDS, MINUTES_EMAIL: OF_MINUTES.get(frozenset(stages), KINDS[MINUTES_EMAIL])}
    found = []
    for about in (one for one in kinds if any(email.about == one for email in emails)):
        these = [one for one in emails if one.about == about]
        people = tuple(sorted({one.person_id for one in these}))
        words = f"{kinds[about]}: {count_words(len(people), 'person', 'people')}"
        found.append(Told(words, emailed(names, these), about == MINUTES_EMAIL, about, people))
    return found
