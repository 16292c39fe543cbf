"""What the head of a paper says of carers, of equality and of its purpose is what the paper itself says."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.demonstration import documents
from portal.demonstration.documents import Head, worlds
from portal.demonstration.documents.reading import read
from tests.demonstration.on_paper import context

pytestmark = pytest.mark.same_anywhere
MEETINGS = (date(2026, 9, 9), date(2026, 12, 2), date(2026, 3, 4), date(2026, 6, 10))  # after each quarter of a year
OF_CARERS = r"(?:impact on (?:unpaid )?carers|what will it do to carers\?)"
FAIR = r"fairness|part 9: fairness|carers whom we must not miss"  # where plans say it
OF_EQUALITY = rf"(?:equality(?: and (?:the )?fairer scotland(?: duty)?| / fsd)?|{FAIR})"
NONE = re.compile(r"\bnone\b|\bno (?:direct )?(?:impact|implications)\b", re.IGNORECASE)
IS_THERE = re.compile(r"\bassessment\b[^.|]*\b(?:accompanies|published)\b", re.IGNORECASE)
NOT_NEEDED = re.compile(
    r"\bassessment is not required\b|^no assessment is needed|^not required|^IIA n/a", re.IGNORECASE
)


def statement(body: str, name: str) -> str:
    """What stands below a heading, behind bold words, or in the second column of a row that is called so."""
    below = re.search(rf"^#+ {name}\n+(.*?)(?=^#|\Z)", body, re.IGNORECASE | re.MULTILINE | re.DOTALL)
    behind = re.search(rf"^\*\*{name}\.\*\*(.*)$", body, re.IGNORECASE | re.MULTILINE)
    asked = rf"is the {name} none, limited or substantial\?"
    beside = re.findall(rf"^\| (?:[A-Z]\d+\. )?(?:{name}|{asked}) \|(.*)\|$", body, re.IGNORECASE | re.MULTILINE)
    found = below or behind
    return found[1].strip() if found else beside[-1].strip() if beside else ""


def carers(body: str) -> str:
    """What a paper says of them, in the word of the portal; nothing where it says nothing."""
    first = re.split(r"(?<=\.)\s", statement(body, OF_CARERS))[0].lower()
    words = {one for one in ("limited", "substantial") if one in first}
    words |= {"none"} if NONE.search(first) else set()
    assert len(words) <= 1, first
    assert bool(words) == bool(first), first
    return "".join(words)


def equality(body: str, head: Head) -> str:
    """What it says of an assessment: here or published already, or not needed; one that is to come is not there."""
    said = statement(body, OF_EQUALITY)
    is_there = head.title.startswith("Integrated impact assessment") or IS_THERE.search(said)
    return "done" if is_there else "not_needed" if NOT_NEEDED.search(said) else ""


@pytest.mark.parametrize("key", documents.keys())
def test_what_the_portal_shows_of_a_paper_is_what_the_paper_says(key: str) -> None:
    for world in worlds.names():
        for day in MEETINGS:
            for revised in (False, True):
                head, body = read(key, context(world, day, revised=revised))
                where = f"{world}, {day}, {revised}"
                assert head.carers == carers(body), where
                assert head.equality == equality(body, head), where
                does = {one.split()[0] for one in head.recommendations}
                if head.purpose == "noting":
                    assert not does & {"approves", "agrees", "instructs"}, where
                if head.purpose == "decision" and head.look != "minutes":
                    assert does & {"approves", "agrees"}, where
