"""Who will be emailed of what is published, by kind: made from the emails that would be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.core.emailed import NOBODY
from portal.core.text import together
from portal.infra.unit_of_work import EmailTo
from portal.infra.web.emailed import emailed
from portal.papers.preparing.rules import APPROVED, DRAFT

MINUTES_EMAIL, OTHERS = "minutes-published", "Other emails"
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
    """'Papers: 5 people will be emailed at 2:10pm.', and who they are."""

    words: str
    who: str
    is_minutes: bool
    kind: str  # of the emails
    people: tuple[UUID, ...]


def told_of(emails: Sequence[EmailTo], names: Mapping[UUID, str], stages: Iterable[str]) -> list[Told]:
    """Of each kind of email that would be written, to how many and to whom; `stages` are those of the minutes."""
    kinds = {**KINDS, MINUTES_EMAIL: OF_MINUTES.get(frozenset(stages), KINDS[MINUTES_EMAIL])}
    kinds |= {one.about: OTHERS for one in emails if one.about not in kinds}
    found = []
    for about in (one for one in kinds if any(email.about == one for email in emails)):
        these = [one for one in emails if one.about == about]
        people = tuple(sorted({one.person_id for one in these}))
        who = together(sorted(names[one] for one in people if one in names))
        found.append(Told(f"{kinds[about]}: {emailed(emails=these)}", who, about == MINUTES_EMAIL, about, people))
    return found


def said_after(told: Iterable[Told]) -> str:
    """Once it is published: the same words as before."""
    return " ".join(one.words for one in told) or NOBODY
