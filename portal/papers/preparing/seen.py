"""What the page before Publish showed: it goes with the form, so that nothing is published but what a clerk saw."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from portal.core.text import together

if TYPE_CHECKING:
    from portal.papers.preparing.plan import LeftOut, Line, Plan
    from portal.papers.preparing.told import Told

ITEMS, PEOPLE, NOBODY = "items", "people", "nobody"
NAME, STAYS, WHY = "name", "stays", "why"
Seen = Mapping[str, Mapping[str, str]]  # by what it is about, what was said of it
NOTHING: Mapping[str, str] = {}
SAID_ONLY = "checks"  # of what there is to check, that it is other: it may be long


def seen_of(plan: Plan, told: Sequence[Told]) -> Seen:
    """Which files go where, under which title and to whom, which stay, the items, and who is emailed of what."""
    goes = {f"{line.id}": _of_line(line) for line in plan.lines}
    stays = {f"{one.id}": {NAME: one.file_name, STAYS: "y", WHY: one.why} for one in plan.left_out}
    people = {one.kind: one.who for one in told}
    others = {ITEMS: dict.fromkeys(plan.new_items, ""), PEOPLE: {**people, NOBODY: plan.tells_nobody}}
    return {**goes, **stays, **others}


def _of_line(line: Line) -> Mapping[str, str]:
    return {
        NAME: line.file_name,
        "item": line.item or "no item",
        "title": line.title,
        "kind": line.kind,
        "restricted": "restricted" if line.is_restricted else "public",
        "notice": line.notice or "not counted",
        "place": line.in_place_of or ("a new version" if line.is_new_version else "a first version"),
        SAID_ONLY: " ".join((f"{line.pages}", line.pictures, *line.guess, *line.checks)),
    }


def as_text(seen: Seen) -> str:
    """In one box of a form."""
    return json.dumps(seen, sort_keys=True, ensure_ascii=False)


def read(text: str) -> Seen:
    """What a form was sent with: nothing of anything spoilt."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    known = found.items() if isinstance(found, dict) else ()
    return {key: {str(k): str(v) for k, v in said.items()} for key, said in known if isinstance(said, dict)}


def differences(before: Seen, plan: Plan, told: Sequence[Told]) -> list[str]:
    """What the page says now and did not say before, or the other way round: a sentence for each thing."""
    now = seen_of(plan, told)
    if now == before:
        return []
    kinds = {one.kind: one.words.partition(":")[0] for one in told}
    return [*_of_files(before, now, plan), *_of_items(before, now), *_of_people(before, now, kinds)]


def _of_files(before: Seen, now: Seen, plan: Plan) -> Iterator[str]:
    shown: Sequence[Line | LeftOut] = (*plan.lines, *plan.left_out)
    for file in shown:
        was, is_now = before.get(f"{file.id}", NOTHING), now[f"{file.id}"]
        if was != is_now:
            yield f"{file.file_name} {_change(was, is_now)}."
    if gone := [said.get(NAME, "A file") for key, said in before.items() if key not in now]:
        yield f"{together(gone)} {'is' if len(gone) == 1 else 'are'} not on this page any more."


def _change(was: Mapping[str, str], is_now: Mapping[str, str]) -> str:
    stays = STAYS in is_now
    if not was:
        return "was added, and will not be published" if stays else "was added, and will be published"
    if stays != (STAYS in was):
        return f"will not be published now: it {is_now[WHY]}" if stays else "will be published now"
    return f"stays: it {is_now[WHY]}" if stays else "; ".join(_what_changed(was, is_now))


def _what_changed(was: Mapping[str, str], is_now: Mapping[str, str]) -> Iterator[str]:
    """'will be published for 5 Budget (before: 4 Care)'."""
    for key, words in CHANGED.items():
        if was.get(key) != is_now[key]:
            yield f"{words.format(is_now[key])} (before: {was.get(key) or 'nothing'})"
    if was.get(SAID_ONLY) != is_now[SAID_ONLY]:
        yield "has other things to check"


CHANGED = {
    "item": "will be published for {}",
    "title": "will have the title “{}”",
    "kind": "will be published as {}",
    "restricted": "will be {}",
    "notice": "will have this notice: {}",
    "place": "will be {}",
}


def _of_items(before: Seen, now: Seen) -> Iterator[str]:
    was, is_now = before.get(ITEMS, NOTHING), now[ITEMS]
    if new := [one for one in is_now if one not in was]:
        yield f"New on the agenda now: {'; '.join(new)}."
    if gone := [one for one in was if one not in is_now]:
        yield f"Not new on the agenda any more: {'; '.join(gone)}."


def _of_people(before: Seen, now: Seen, kinds: Mapping[str, str]) -> Iterator[str]:
    was, is_now = before.get(PEOPLE, NOTHING), now[PEOPLE]
    for kind in dict.fromkeys((*is_now, *was)):
        then, who = was.get(kind, ""), is_now.get(kind, "")
        if kind == NOBODY:
            yield from [who] if who and then != who else []
        elif then != who:
            yield f"{kinds.get(kind, 'An email')}: {who or 'nobody'} will be emailed (before: {then or 'nobody'})."
