"""How hard our pages and emails are to read: the grade by Flesch and Kincaid, of running prose alone.

Running prose is a paragraph, an item of a plain list or a hint of six words or more. Left out are tables, menus, lists
of things, what somebody typed, and the pages of reading_left_out.toml. In a sentence a name or a day counts as one
short word, and numbers and addresses as none: a reader knows the names of their own board, and a formula that counts
syllables does not know that.
"""

from __future__ import annotations

import re
import statistics
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml.html import HtmlElement

MOST, MOST_OF_HALF = 8, 5
LEFT_OUT = Path(__file__).with_name("reading_left_out.toml")
FEWEST_WORDS = 6  # of a block
FEWEST_IN_ALL = 10  # of a page or an email: the grade of less says nothing
BLOCKS = "//main//p | //main//li | //main//*[contains(@class, 'govuk-hint')]"
HOLDS_BLOCKS = "p | ul | ol | div | form | table"
SILENT = " or ".join(
    (
        *(f"self::{tag}" for tag in ("table", "nav", "dl", "select", "script")),
        "self::ul[contains(@class, 'portal-list')]",
        "contains(@class, 'portal-page-text')",
        "@aria-hidden='true'",
    )
)
SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”’)]*\s+")
NO_WORD = re.compile(r"https?://\S+|\S+@\S+|\b\w+\.\w+\.\w+\S*|£?\b\d[\d.,:/]*\w*")
WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'-][A-Za-zÀ-ÿ]+)*")
NAME = re.compile(r"(?<!^)(?<![.!?“:] )\b[A-Z][\w’'-]*(?:[ \d]+[A-Z][\w’'-]*)*|\b[A-Z]{2,}\b(?: [A-Z][\w’'-]*)*")
SHORT = "it"  # what stands for a name, however long
# How letters stand for syllables: each vowel, or several together, is one, but for these.
SILENT_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouy])e(?=(?:ment|ful(?:ly)?|less|ly|ness|thing|one|where|time|body|fore|line)s?$)"
)
SILENT_AT_END = re.compile(r"(?<=[^td])ed$|(?<![sxzcg])(?<!ch)(?<!sh)es$|(?<=[^aeiouy])e$|(?<=[ahiln])[gq]ue$")
TWO_TOGETHER = re.compile(  # vowels side by side that are heard one after the other
    r"(?<![tcsg])i[aou](?!ge)|iat|(?<!fr)(?<![tcs])ie(?=[nt])|(?<![gq])ua(?!de)|[aeiouy]ing|oyee|o(?=em$)|eum|crea|react"
    r"|thea|(?<=[rd])ea$"
)
HEARD_AT_END = re.compile(r"[^aeiouyl]l(?:e?[sd]?)$|[^aeiouy]re$")  # table, handled, centre
SPELLED = {"people": "peple", "every": "evry", "business": "bisness", "evening": "evning", "yone": "ywun"}
VOWELS = re.compile(r"[aeiouyà-ÿ]+")


@dataclass(frozen=True)
class Read:
    """What was counted in some prose."""

    sentences: int = 0
    words: int = 0
    syllables: int = 0

    def __add__(self, other: Read) -> Read:
        return Read(self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables)

    @property
    def grade(self) -> float:
        """The school year, in the United States, of whoever reads it with ease."""
        if not self.words:
            return 0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def syllables(word: str) -> int:
    """How many a word has, by its letters."""
    plain = re.sub(r"[’'](?:s|ll|ve|re|d|m|t)$", "", word.lower())
    plain = re.sub(r"[^a-zà-ÿ]", "", plain)
    for said, heard in SPELLED.items():
        plain = plain.replace(said, heard)
    plain = SILENT_INSIDE.sub("", plain)
    more = len(TWO_TOGETHER.findall(plain)) + bool(HEARD_AT_END.search(plain))
    short = SILENT_AT_END.sub("", plain, count=1)
    return max(1, len(VOWELS.findall(short)) + more)


def prose_of(page: HtmlElement) -> Iterator[str]:
    """The running prose of a page, each block by itself."""
    for block in page.xpath(BLOCKS):
        if block.xpath(f"boolean(ancestor-or-self::*[{SILENT}])") or block.xpath(HOLDS_BLOCKS):
            continue
        text = " ".join("".join(block.itertext()).split())
        if len(text.split()) >= FEWEST_WORDS:
            yield text


def prose_of_email(text: str) -> Iterator[str]:
    """The running prose of an email, without its subject and without whom it greets."""
    for line in text.splitlines():
        if len(line.split()) >= FEWEST_WORDS and not line.startswith(("Subject: ", "Hello ")):
            yield line.removeprefix("- ")


def read(text: str) -> Read:
    """What is counted in a block of prose."""
    said = [one for one in SENTENCE_ENDS.split(NO_WORD.sub("", text)) if WORD.search(one)]
    words = [word for one in said for word in WORD.findall(NAME.sub(SHORT, one))]
    return Read(len(said), len(words), sum(syllables(one) for one in words))


def read_all(texts: Iterable[str]) -> Read:
    return sum((read(one) for one in texts), Read())


def left_out() -> dict[str, str]:
    """The pages whose grade is not counted, by endpoint, and why."""
    return {one["endpoint"]: one["reason"] for one in tomllib.loads(LEFT_OUT.read_text())["page"]}


def hard_to_read(what: Mapping[str, Read]) -> Iterator[str]:
    """What is above the grade that nothing may be above, and whether half is above the grade of the median."""
    grades = {name: one.grade for name, one in what.items() if one.words >= FEWEST_IN_ALL and name not in left_out()}
    for name, grade in grades.items():
        if grade > MOST:
            yield f"{name} reads at grade {grade:.1f}, above {MOST}: say it in shorter sentences and words"
    if grades and (middle := statistics.median(grades.values())) > MOST_OF_HALF:
        yield f"half of what is read is above grade {middle:.1f}, which should be {MOST_OF_HALF}"
