"""Papers of one meeting say the same of the same thing, and a board that fails its carers has papers that show it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portal.demonstration import documents
from portal.demonstration.documents import blocks, reading, worlds
from portal.demonstration.documents.blocks import Table
from portal.demonstration.documents.reading import read
from tests.demonstration.on_paper import context
from tests.demonstration.sums import wrong_totals
from tests.demonstration.tagged import inside

pytestmark = pytest.mark.same_anywhere
KEYS = documents.keys()
WINTER = date(2026, 12, 2)
MEETINGS = (date(2026, 9, 9), WINTER, date(2026, 3, 4), date(2026, 6, 10))  # after each quarter of a year
OF_AUDIT = {
    *("annual-accounts", "audit-committee-annual-report", "external-audit-plan", "internal-audit-plan"),
    *("internal-audit-report", "medium-term-outlook", "minutes-audit"),
}


def said(key: str, world: str, day: date = WINTER, **more: object) -> str:
    return read(key, context(world, day, **more))[1]


def paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("world", worlds.names())
def test_the_winter_plan_opens_as_many_beds_as_its_table_has(world: str) -> None:
    plan = said("winter-plan", world)
    found = re.search(
        r"\*\*Surge beds\.\*\* (\d+) beds beyond the (\d+) .* and (\d+) from the beginning of January", plan
    )
    assert found
    surge, before, most = map(int, found.groups())
    assert before + surge == most
    assert re.search(rf"\| January \| [\d,]+ \| \d+ \| {most} \|", plan)
    assert "from 1 December" not in plan


@pytest.mark.parametrize("world", worlds.names())
def test_what_is_past_in_the_winter_plan_is_done(world: str) -> None:
    plan = said("winter-plan", world)
    lead = plan[plan.index("## Appendix 1: Actions") : plan.index("## Appendix 2")]
    days = [int(number) for number in re.findall(r"\| (\d+) (?:November|December) \d{4} \|", lead)]
    assert days
    assert not re.search(r"\| \d+ November \d{4} \|", lead)
    assert min(days) >= WINTER.day
    assert "available on request" not in plan


@pytest.mark.parametrize("world", [one for one in worlds.names() if one != "dunreith"])
def test_the_chief_officer_and_the_winter_plan_say_the_same(world: str) -> None:
    plan, report = said("winter-plan", world), said("chief-officers-report", world)
    [asked] = re.findall(r"In (\d+) of those who are waiting", plan)
    assert re.search(rf"telephoned, and {asked} of \d+ were", report)
    for one in (plan, report):
        assert "vernight cover in" in one
        assert "Each has been corrected" not in one
        assert "uptake among carers is lower" not in one


@pytest.mark.parametrize("day", MEETINGS)
def test_a_board_that_fails_its_carers_tells_another_story(day: date) -> None:
    report, usual = (paragraphs(said("chief-officers-report", world, day)) for world in ("dunreith", "northfirth"))
    assert len(set(report) - set(usual)) * 2 > len(report)
    assert "Papers for this meeting" in said("chief-officers-report", "dunreith", day)
    assert "papers had again been late" in said("minutes-board", "dunreith", day)


@pytest.mark.parametrize(
    ("key", "day", "heard"),
    [
        ("annual-performance-report", MEETINGS[0], "issued seven days before each meeting in most cases"),
        ("short-breaks-statement", WINTER, "replacement care was paid for all who needed it"),
        ("budget-setting", MEETINGS[2], "on behalf of 64 carers"),
        ("carers-strategy", MEETINGS[2], "Clerk to the Board | In place"),
        ("minutes-board", MEETINGS[3], "issued seven days before the meeting"),
    ],
)
def test_its_papers_do_not_claim_what_its_chief_officer_denies(key: str, day: date, heard: str) -> None:
    assert heard in said(key, "northfirth", day)
    assert heard not in said(key, "dunreith", day)


@pytest.mark.parametrize("revised", [False, True])
def test_its_review_of_day_services_says_nothing_of_carers(revised: bool) -> None:
    head, body = read("day-services-review", context("dunreith", WINTER, revised=revised))
    assert head.carers == "none"
    assert "substantial impact on unpaid carers" not in body
    minute = said("minutes-board", "dunreith")
    assert "The report still read “none”" in minute
    assert "for stating the impact as substantial" not in minute


@pytest.mark.parametrize("key", KEYS)
def test_its_papers_are_of_its_own_place_and_add_up(key: str) -> None:
    for day in MEETINGS:
        head, body = read(key, context("dunreith", day))
        assert not re.search(r"Northfirth|Southmoor|Glens|Braeside|Kirkwater", " ".join([head.title, body]))
        tables = [one for one in inside(blocks.blocks_of(body)) if isinstance(one, Table)]
        assert [wrong for table in tables for wrong in wrong_totals(table)] == []


def test_only_papers_of_audit_name_the_audit_committee() -> None:
    naming = {key for key in KEYS if reading.names(key, "audit")}
    assert naming <= OF_AUDIT
