"""What a role description says, and how two versions of one differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from portal.core.marked_words import plain
from portal.core.values import Typed

if TYPE_CHECKING:
    from portal.role_descriptions.models import Written


PROMISES = (
    ("induction", "An induction"),
    ("mentor", "A mentor"),
    ("papers", "Papers on time to read them"),
    ("expenses", "Your expenses paid"),
    ("care", "Replacement care, for preparing, travelling and meeting"),
    ("email", "An official email address"),
)
GIVES_YOU = "What the board gives you"
TEXTS = (  # the sections in words; the three in the middle are the functions of the national model
    ("purpose", "What this role is for"),
    ("governance", "Good governance"),
    ("outside", "Work outside the board’s meetings"),
    ("representing", "Representing carers and the board"),
    ("gives", "More that the board gives you"),
)
OF_GROUP_ONLY = ("hours_a_month", "contact")  # what the national model leaves to each board
FIELDS = (*(name for name, _ in TEXTS), "promises", *OF_GROUP_ONLY)
MOST_HOURS = 200

Piece = tuple[str, bool]  # some words, and whether the other version has them differently


@dataclass(frozen=True)
class Section:
    """One part of a description: its heading, and its words in Markdown."""

    title: str
    words: str


@dataclass(frozen=True)
class Change:
    """A section that differs: its words before and after, in pieces."""

    title: str
    before: Sequence[Piece]
    after: Sequence[Piece]


def words_of(description: Written) -> Typed:
    """The fields of a description or of the model, by name; the model has no hours and no contact."""
    return {name: getattr(description, name, None) for name in FIELDS}


def sections(words: Typed) -> list[Section]:
    """A description in reading order; sections with nothing in them are left out."""
    texts = {name: words[name] for name, _ in TEXTS}
    titles = dict(TEXTS)
    found = [Section(titles[name], texts[name]) for name in ("purpose", "governance", "outside", "representing")]
    found.append(Section(GIVES_YOU, "\n".join(f"- {line}" for line in promised(words["promises"]))))
    found.append(Section(titles["gives"], texts["gives"]))
    found.append(Section("Hours a month", _hours(words["hours_a_month"])))
    found.append(Section("Who to ask", words["contact"] or ""))
    return [one for one in found if one.words]


def _hours(hours: int | None) -> str:
    return f"About {hours} {'hour' if hours == 1 else 'hours'}, with reading and travel" if hours else ""


def promised(kept: Sequence[str]) -> list[str]:
    """The promises in words, in their usual order."""
    return [words for name, words in PROMISES if name in kept]


def changes(before: Typed, after: Typed) -> list[Change]:
    """The sections in which two versions differ, in reading order, without the marks that only make a list or bold."""
    old = {one.title: one.words for one in sections(before)}
    new = {one.title: one.words for one in sections(after)}
    order = dict.fromkeys([*new, *old])
    return [
        Change(title, *_compared(old.get(title, ""), new.get(title, "")))
        for title in order
        if old.get(title) != new.get(title)
    ]


def _compared(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """As the words are read; with their marks where these are all that differs."""
    old, new = plain(before), plain(after)
    return compare(old, new) if old != new else compare(before, after)


def model_news(begun_from: Typed | None, newest: Typed | None) -> str:
    """What those who write a description should know of the national model: nothing while it reads as it did."""
    if newest is None:
        return ""
    if begun_from is None:
        return "There is a national model now"
    return "The national model has changed" if changes(begun_from, newest) else ""


def compare(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, word by word; joined again, the pieces are the texts."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = kind != "equal"
        left.append(("".join(old[a:b]), changed))
        right.append(("".join(new[c:d]), changed))
    return [p for p in left if p[0]], [p for p in right if p[0]]
