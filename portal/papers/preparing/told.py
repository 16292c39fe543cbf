"""Who will be emailed of what is published, by kind: made from the emails that would be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.core.emailed import NOBODY
from portal.core.text import count_words, together
from portal.infra.notification import Facts
from portal.infra.unit_of_work import EmailTo
from portal.infra.web.emailed import emailed
from portal.papers.preparing.rules import APPROVED, DRAFT

MINUTES_EMAIL, CORRECTED, OTHERS = "minutes-published", "paper-corrected", "Other emails"
KINDS = {
    "papers-announced": "Papers",
    "papers-replaced": "New versions",
    CORRECTED: "Replacement papers",
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
        who = _each_reads(these, names) if about == CORRECTED else _named(people, names)
        found.append(Told(f"{kinds[about]}: {emailed(emails=these)}", who, about == MINUTES_EMAIL, about, people))
    return found


def _named(people: Iterable[UUID], names: Mapping[UUID, str]) -> str:
    return together(sorted(names[one] for one in people if one in names))


def _each_reads(emails: Sequence[EmailTo], names: Mapping[UUID, str]) -> str:
    """'Ann and Iain: 2 papers; Moira: 1 paper (not “Contracts”)', where it is not the same for all of them."""
    papers: dict[UUID, list[Facts]] = defaultdict(list)
    for one in emails:
        papers[one.person_id] += _corrected(one)
    titles = {one["paper_id"]: one["title"] for some in papers.values() for one in some if not one["is_private"]}
    alike: dict[str, list[UUID]] = defaultdict(list)
    for person, some in sorted(papers.items(), key=lambda both: (-len(both[1]), both[0])):
        alike[_what(some, titles)].append(person)
    if len(alike) == 1:
        return _named(papers, names)
    return "; ".join(f"{_named(people, names)}: {what}" for what, people in alike.items())


def _corrected(email: EmailTo) -> list[Facts]:
    found = email.facts.get("corrected_papers", ())
    return list(found) if isinstance(found, list) else []


def _what(papers: Sequence[Facts], titles: Mapping[str, str]) -> str:
    """'2 papers', '1 paper (not “Contracts”)', '1 paper, and that “Contracts” was replaced (without its title)'."""
    by_name = {one["paper_id"] for one in papers if not one["is_private"]}
    unnamed = {one["paper_id"] for one in papers} - by_name
    count = count_words(len(by_name), "paper")
    left = together([f"“{title}”" for key, title in titles.items() if key not in by_name | unnamed])
    only = together([f"“{titles[key]}”" if key in titles else "a private paper" for key in sorted(unnamed)])
    was = "was replaced (without its title)" if len(unnamed) == 1 else "were replaced (without their titles)"
    said = [*([count] if by_name else []), *([f"that {only} {was}"] if only else [])]
    return f"{', and '.join(said)}{f' (not {left})' if left else ''}"


def said_after(told: Iterable[Told]) -> str:
    """Once it is published: the same words and names as before."""
    return " ".join(f"{one.words} To {one.who}." for one in told) or NOBODY
