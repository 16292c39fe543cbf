"""Where a combined pack is split, as its bookmarks say or as a clerk types it, and what its parts are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_PARTS = 100
LONGEST_NAME = 140
LINE = re.compile(r"(?:pages?|p\.?)?\s*(\d{1,6})(?![\d])([\s.:;,)–—-]*)(.*)", re.IGNORECASE)
UP_TO = re.compile(r"(\d{1,6})\b")
NUMBERS_ALONE = re.compile(r"\d{1,6}(?:[\s,;]+\d{1,6})+")
NUMBER_OF_OUR_OWN = re.compile(r", pack page \d+$")
START = "Begin with a line for page 1, so that no page is lost"


@dataclass(frozen=True)
class Part:
    """Some pages of a file, counted from 1, and the name of the file they become."""

    first: int
    last: int
    title: str
    is_named: bool = True  # by a bookmark or a clerk, and not after the file that it is a part of

    @property
    def file_name(self) -> str:
        """Nothing that a name of a file may not have, so that it stays whole."""
        title = re.sub(r"(?<=\d)/(?=\d)", "-", self.title)  # '2026/27'
        return re.sub(r'(?:(?<!\s)\s++)?[\\/<>:"|?*;]++\s*', " - ", title).strip(" .-")[:LONGEST_NAME] + ".pdf"


class Unclear(ValueError):
    """What was typed does not say where the parts begin; all that is wrong with it, a sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(". ".join(problems))


def proposed_lines(bookmarks: Sequence[tuple[str, int]], file_name: str) -> str:
    """For the box: a line for each bookmark that begins a page of its own."""
    begins: dict[int, str] = {}
    for title, page in sorted(bookmarks, key=lambda one: one[1]):
        begins.setdefault(page, NUMBER_OF_OUR_OWN.sub("", title))
    if begins and 1 not in begins:
        begins[1] = _stem(file_name)
    return "\n".join(f"Page {page}: {begins[page]}" for page in sorted(begins))


def parts_of(typed: str, pages: int, file_name: str) -> list[Part]:
    """The parts that lines of 'page name', or page numbers alone, stand for. Raises Unclear."""
    problems: list[str] = []
    begins: dict[int, str] = {}
    for words, page, title in _lines(typed):
        if page is None:
            problems.append(f"“{words[:60]}” does not begin with a page number")
        elif _is_range(words, page, title, pages):
            problems.append(f"“{words[:60]}” names two pages. Enter only the page on which a part begins")
        elif not 1 <= page <= pages:
            problems.append(f"There is no page {page}: the file has {pages}")
        elif page in begins:
            problems.append(f"Page {page} begins two parts")
        else:
            begins[page] = title
    if not problems:
        problems.extend(_about_the_whole(begins))
    if problems:
        raise Unclear(problems)
    return list(_parts(begins, pages, file_name))


def _lines(typed: str) -> Iterator[tuple[str, int | None, str]]:
    """Each line with its page and name; of numbers alone one after the other."""
    for line in filter(None, (one.strip() for one in typed.splitlines())):
        if NUMBERS_ALONE.fullmatch(line):
            yield from ((number, int(number), "") for number in re.findall(r"\d+", line))
        elif found := LINE.fullmatch(line):
            yield line, int(found.group(1)), found.group(3).strip()
        else:
            yield line, None, ""


def _is_range(words: str, page: int, title: str, pages: int) -> bool:
    """Whether a line says 'from to', like '3-5 Budget' or 'pages 3 to 5'."""
    between = words.lower().split(str(page), 1)[1][: -len(title) or None].strip()
    rest = re.sub(r"^to\s+(?=\d)", "", title, flags=re.IGNORECASE)
    is_joined = between in ("-", "–", "—") or rest != title
    until = UP_TO.match(rest)
    return bool(is_joined and until and page < int(until.group(1)) <= pages)


def _about_the_whole(begins: dict[int, str]) -> Iterator[str]:
    if 1 not in begins:
        yield START
    elif len(begins) < 2:
        yield "Enter at least two lines: one part would be the same file"
    if len(begins) > MOST_PARTS:
        yield f"These are {len(begins)} parts. Enter at most {MOST_PARTS}"


def _parts(begins: dict[int, str], pages: int, file_name: str) -> Iterator[Part]:
    firsts = sorted(begins)
    for first, following in zip(firsts, [*firsts[1:], pages + 1], strict=True):
        last = following - 1
        called = f"page {first}" if first == last else f"pages {first} to {last}"
        named = begins[first]
        yield Part(first, last, named or f"{_stem(file_name)}, {called}", bool(named))


def _stem(file_name: str) -> str:
    return re.sub(r"\.pdf$", "", file_name, flags=re.IGNORECASE)
