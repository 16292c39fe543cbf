"""What the text of an email is made of, for its HTML: words, lists, small cards, links, and the one button."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

LINKED = re.compile(r"^(?:(?P<before>.*[.?!]) )?(?P<label>[^\n]{1,80}?): (?P<url>https?://\S+)$")
OF_CARD = re.compile(r"^(?P<label>[A-Z][^\n:.?!]{0,30}): (?P<value>\S.*)$")
IS_BUTTON = re.compile(r"(?!(If|Or|Then) )[A-Z][^.,:;?!]{0,43}")  # what a button does, and not a sentence about it
END_OF_SENTENCE = re.compile(r"[.?!](?= |$)")
FACT_HAS_WORDS = 4  # a shorter first sentence says no fact: "Thank you."


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """Words, and the link at their end if there is one."""

    words: str
    link: Link | None = None


@dataclass(frozen=True)
class Row:
    """One line of a card: 'When: 2pm on Tuesday 10 March'."""

    label: str
    value: str

    @property
    def is_when(self) -> bool:
        """Whether it says the day, as it is now."""
        return self.label in ("When", "Now")


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines. `fact` is the first sentence of an email, taken out of its first line."""

    kind: str  # words, list, card, button or heading
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()
    link: Link | None = None
    fact: str = ""


def card(**rows: str) -> str:
    """For templates: a small card as it is in the text, a line for each row that has a value; and a blank line."""
    return "\n".join(f"{label}: {' '.join(value.split())}" for label, value in rows.items() if value) + "\n\n"


def blocks_of(text: str, own: str) -> list[Block]:
    """Plain text in its blocks. Only addresses of the portal itself, at `own`, are links."""
    return [_block(block, own) for block in re.split(r"\n{2,}", text.strip()) if block]


def _block(block: str, own: str) -> Block:
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return Block("list", tuple(_line(line[2:], own) for line in lines))
    read = tuple(_line(line, own) for line in lines)
    found = [OF_CARD.match(line) for line in lines]
    if len(lines) > 1 and all(found) and not any(line.link for line in read):
        return Block("card", rows=tuple(Row(one["label"], one["value"]) for one in found if one))
    return Block("words", read)


def _line(line: str, own: str) -> Line:
    found = LINKED.match(line)
    if found and found["url"].startswith(own + "/"):
        return Line(found["before"] or "", Link(found["label"], found["url"]))
    return Line(line)


def with_fact(blocks: list[Block]) -> list[Block]:
    """The first sentence by itself, to be seen first."""
    if not blocks or blocks[0].kind != "words":
        return blocks
    first, *more = blocks[0].lines
    fact, rest = _fact_and_rest(first.words)
    if not fact:
        return blocks
    left = (Line(rest, first.link),) if rest or first.link else ()
    return [replace(blocks[0], fact=fact, lines=(*left, *more)), *blocks[1:]]


def _fact_and_rest(words: str) -> tuple[str, str]:
    """The first sentence of four words or more, with a shorter one before it, and what follows; '' without one."""
    for end in END_OF_SENTENCE.finditer(words):
        fact = words[: end.end()]
        if len(fact.split()) >= FACT_HAS_WORDS:
            return fact, words[end.end() :].strip()
    return "", words


def with_button(blocks: list[Block]) -> list[Block]:
    """The first link that stands alone, and says what it does, as the one button."""
    for place, block in enumerate(blocks):
        if link := _alone(block):
            return [*blocks[:place], Block("button", link=link), *blocks[place + 1 :]]
    return blocks


def _alone(block: Block) -> Link | None:
    if block.kind != "words" or len(block.lines) != 1 or block.lines[0].words:
        return None
    link = block.lines[0].link
    return link if link and IS_BUTTON.fullmatch(link.label) else None


def with_headings(blocks: list[Block], headings: Collection[str]) -> list[Block]:
    """What each piece of news in the daily email begins with."""

    def is_heading(block: Block) -> bool:
        return block.kind == "words" and len(block.lines) == 1 and block.lines[0].words in headings

    return [replace(block, kind="heading") if is_heading(block) else block for block in blocks]
