"""Help: each role has its page, with the questions it is asked, its pictures, and links for whoever may follow them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from portal.access.roles import ROLE_NAMES
from portal.help.limits import LIMITS
from portal.help.pictures import of_role
from portal.help.rules import ADDRESSES
from tests.visitor import text_of

ROOT = Path(__file__).parents[2]
ROLES = list(ROLE_NAMES)
MOST_OF_PAGE, MOST_WITH_PICTURES = 15_000, 80_000  # bytes, as they are sent
QUESTIONS = 10
STEPS = ".//section[contains(@class, 'portal-help')]//p"


def who_is(role: str) -> str:
    return role if role == "coordinator" else f"northfirth.{role}"


def main(visitor: Any, path: str) -> Any:
    return lxml.html.fromstring(visitor.get(path).text).xpath("//main")[0]


@pytest.mark.parametrize("role", ROLES)
def test_everyone_reads_the_help_of_each_role(visit: Any, role: str) -> None:
    heading = text_of(visit("").get(ADDRESSES[role]))
    assert f"Help for {ROLE_NAMES[role]}s" in heading


def test_the_address_of_a_page_is_what_the_role_is_called() -> None:
    assert ADDRESSES["rep"] == "/help/carer-rep"
    assert ADDRESSES["coordinator"] == "/help/national-coordinator"


def test_help_of_no_role_is_not_there(visit: Any) -> None:
    assert visit("").get("/help/operator").status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_each_page_answers_ten_questions(visit: Any, role: str) -> None:
    page = main(visit(""), ADDRESSES[role])
    asked = [one.text_content().strip() for one in page.xpath(".//details/summary")]
    assert len(set(asked)) == QUESTIONS
    assert all(len(one.text_content().split()) > 5 for one in page.xpath(".//details//p"))


@pytest.mark.parametrize("role", ROLES)
def test_each_page_has_its_steps_in_order(visit: Any, role: str) -> None:
    steps = [one.text for one in main(visit(""), ADDRESSES[role]).xpath(".//h3")]
    assert [one.split(".")[0] for one in steps] == [str(number + 1) for number in range(len(steps))]
    assert 3 <= len(steps) <= 6


@pytest.mark.parametrize("role", ROLES)
def test_a_stranger_is_offered_no_page_that_they_cannot_open(visit: Any, role: str) -> None:
    stranger = visit("")
    for link in main(stranger, ADDRESSES[role]).xpath(".//a/@href[starts-with(., '/')]"):
        if not link.startswith("/static/"):
            assert stranger.get(link.partition("#")[0]).status_code == 200, link


@pytest.mark.parametrize("role", ROLES)
def test_whoever_has_the_role_opens_every_page_that_it_names(visit: Any, role: str) -> None:
    reader = visit(who_is(role))
    page = main(reader, ADDRESSES[role])
    assert page.xpath(f"{STEPS}//strong | .//details//strong") == []
    links = page.xpath(f"{STEPS}//a/@href | .//details//a/@href")
    assert len(set(links)) >= 3
    for link in links:
        assert reader.get(link.partition("#")[0]).status_code == 200, link


def test_a_link_leads_to_the_board_of_whoever_reads(visit: Any) -> None:
    links = main(visit("southmoor.clerk"), ADDRESSES["clerk"]).xpath(".//a/@href")
    assert "/boards/southmoor/meetings" in links
    assert [one for one in links if "northfirth" in one] == []


def test_ones_own_help_comes_first(visit: Any) -> None:
    links = main(visit("northfirth.clerk"), "/help").xpath(".//a/@href[starts-with(., '/help/')]")
    assert links[0] == ADDRESSES["clerk"]
    assert sorted(set(links) - {"/help/glossary"}) == sorted(ADDRESSES.values())


def test_a_stranger_finds_the_help_of_each_role(visit: Any) -> None:
    links = main(visit(""), "/help").xpath(".//a/@href")
    assert [one for one in ADDRESSES.values() if one not in links] == []


@pytest.mark.parametrize(("role", "whom"), [("rep", "Officer"), ("clerk", "Admin"), ("officer", "Admin")])
def test_help_names_whom_to_ask(visit: Any, role: str, whom: str) -> None:
    [card] = main(visit(who_is(role)), ADDRESSES[role]).xpath(".//*[@id='who-to-ask']")
    assert f"CANARYNORTH {whom}" in card.text_content()


@pytest.mark.parametrize("who", ["", "northfirth.clerk", "southmoor.rep"])
def test_nobody_of_another_board_or_role_is_named(visit: Any, who: str) -> None:
    assert "CANARYNORTH" not in main(visit(who), ADDRESSES["rep"]).text_content()


@pytest.mark.parametrize("role", ROLES)
def test_a_page_weighs_little_and_so_do_its_pictures(visit: Any, role: str) -> None:
    page = len(gzip.compress(visit(who_is(role)).get(ADDRESSES[role]).data))
    pictures = sum(one.file.stat().st_size for one in of_role(role).values())
    assert page <= MOST_OF_PAGE
    assert page + pictures <= MOST_WITH_PICTURES


def test_each_limit_is_named_by_a_page() -> None:
    pages = "".join(path.read_text() for path in (ROOT / "templates" / "help").glob("*.html"))
    named = set(re.findall(r"\blimits\.(\w+)", pages))
    assert named == set(LIMITS)


def test_no_page_says_a_number_of_days_by_itself() -> None:
    pages = [path.read_text() for path in (ROOT / "templates" / "help").glob("*.html")]
    said = [one for page in pages for one in re.findall(r"\b\d+ (?:days?|minutes?|years?|months?)\b", page)]
    assert said == []


# How accessible the portal is


PARTS = (
    "How accessible this portal is",
    "If you cannot use part of it",
    "Tell us about a problem",
    "If you are not happy with our answer",
    "Technical information",
    "What does not work yet",
    "What we are doing about it",
    "How this statement was made",
)


def test_the_statement_has_the_parts_that_the_law_asks_for(visit: Any) -> None:
    page = main(visit(""), "/accessibility")
    assert [one.text.strip() for one in page.xpath(".//h2")] == list(PARTS)


@pytest.mark.parametrize(
    "said",
    [
        "partially compliant",
        "Web Content Accessibility Guidelines version 2.2 AA",
        "Equality and Human Rights Commission",
        "Equality Advisory and Support Service",
        "Disproportionate burden",
        "screen reader",
        "voice control",
        "switch",
        "Nobody outside the project has audited it",
    ],
)
def test_the_statement_says_plainly_what_holds_and_what_nobody_tried(visit: Any, said: str) -> None:
    assert said in text_of(visit("").get("/accessibility"))


def test_the_statement_says_when_it_was_written_and_looked_at(visit: Any) -> None:
    assert text_of(visit("").get("/accessibility")).count("28 November 2026") == 2
