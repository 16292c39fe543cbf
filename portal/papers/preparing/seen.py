"""What the page before Publish showed: it goes with the form, so that nothing is published but what a clerk saw."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portal.core.text import count_words, together

if TYPE_CHECKING:
    from portal.papers.preparing.plan import LeftOut, Line, Plan
    from portal.papers.preparing.told import Told

GOES, STAYS, ITEMS, PEOPLE = "goes", "stays", "items", "people"
Seen = Mapping[str, str]  # by what it is about, a mark of what was said of it


def seen_of(plan: Plan, told: Sequence[Told]) -> Seen:
    """Which files go where, under which title and to whom, which stay, the items, and who is emailed of what."""
    goes = {f"{line.id}": f"{GOES}:{_mark(line)}" for line in plan.lines}
    stays = {f"{one.id}": f"{STAYS}:{_mark(one.why)}" for one in plan.left_out}
    emailed = tuple((one.kind, one.people) for one in told)
    return {**goes, **stays, ITEMS: _mark(plan.new_items), PEOPLE: _mark((emailed, plan.tells_nobody))}


def _mark(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


def as_text(seen: Seen) -> str:
    """In one box of a form."""
    return " ".join(f"{about}={mark}" for about, mark in sorted(seen.items()))


def read(text: str) -> Seen:
    """What a form was sent with: nothing of anything spoilt."""
    pairs = (one.partition("=") for one in text.split())
    return {about: mark for about, _, mark in pairs}


def differences(before: Seen, plan: Plan, told: Sequence[Told]) -> list[str]:
    """What the page says now and did not say before, or the other way round: a sentence for each thing."""
    now = seen_of(plan, told)
    return [] if now == before else [*_of_files(before, now, plan), *_of_others(before, now)]


def _of_files(before: Seen, now: Seen, plan: Plan) -> Iterator[str]:
    shown: Sequence[Line | LeftOut] = (*plan.lines, *plan.left_out)
    for file in shown:
        was, is_now = before.get(f"{file.id}", ""), now[f"{file.id}"]
        if was != is_now:
            yield f"{file.file_name} {_change(_how(was), _how(is_now))}."
    if gone := [one for one in before if one not in now]:
        yield f"{count_words(len(gone), 'file is', 'files are')} not on this page any more."


def _how(mark: str) -> str:
    return mark.partition(":")[0]


def _change(was: str, is_now: str) -> str:
    if not was:
        return "was added, and will be published" if is_now == GOES else "was added, and will not be published"
    if was == is_now:
        return "will be published otherwise than the page said" if is_now == GOES else "stays for another reason"
    return "will be published now" if is_now == GOES else "will not be published now"


def _of_others(before: Seen, now: Seen) -> Iterator[str]:
    changed = [words for key, words in OTHERS.items() if before.get(key) != now[key]]
    if changed:
        yield f"There is a change in {together(changed)}."


OTHERS = {ITEMS: "the items of the agenda that are new", PEOPLE: "who gets an email"}
