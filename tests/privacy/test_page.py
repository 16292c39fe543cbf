"""What /privacy says to people is what the board has set and what the code does, and nothing is typed twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask

from config import ROOT
from portal.boards.data_protection import CONDITIONS, NEEDED
from portal.boards.models import Board
from portal.capabilities import GATHERED
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.privacy import law
from portal.replacement_care.requests.rules import MOST_TEXT_DAYS, TEXT_DAYS
from portal.replacement_care.retention import WORDS_GO
from portal.retention.rule import RetentionRule
from tests.cast import Cast
from tests.visitor import text_of

NOT_SAID = "Northfirth has not said here yet"
NUMBERS = {"one": 1, "two": 2, "three": 3, "six": 6, "ten": 10}
UNITS = {"minute": 0, "hour": 0, "day": 1, "month": 365 / 12, "year": 365}
SLACK = 2  # a leap day or two; and a day for what only the scheduler should have removed before


def page_of(visit: Any, who: str, path: str = "/privacy") -> str:
    return text_of(visit(who).get(path))


def say_nothing(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        for name in NEEDED:
            setattr(board, name, "")


# Who is responsible


def test_signed_in_it_names_ones_own_boards_and_no_other(visit: Any, cast: Cast) -> None:
    page = page_of(visit, "northfirth.rep")
    assert "Responsible for personal data: CANARYNORTH Joint Board, 1 CANARYNORTH Street" in page
    assert "Questions: dpo@northfirth.test" in page
    care = CONDITIONS["care"]
    assert f"{care.words[1:]} ({care.law})" in page
    assert "southmoor" not in page.lower()
    assert cast.southmoor.canary not in page
    assert "Sign in to see" not in page


def test_whoever_works_for_two_boards_reads_of_both(visit: Any) -> None:
    page = page_of(visit, "both")
    assert "dpo@northfirth.test" in page
    assert "dpo@southmoor.test" in page


@pytest.mark.parametrize("who", ["", "coordinator", "nobody"])
def test_everyone_else_is_told_how_to_find_it(visit: Any, who: str) -> None:
    visitor = visit(who)
    page = visitor.get("/privacy")
    assert ("Sign in to see who is responsible for your board" in text_of(page)) is (who == "")
    assert 'href="/public/boards/northfirth#personal-data"' in page.text
    assert "dpo@northfirth.test" not in page.text
    assert "Responsible for personal data: CANARYNORTH Joint Board" in text_of(visitor.get("/public/boards/northfirth"))


@pytest.mark.parametrize("path", ["/privacy", "/public/boards/northfirth"])
def test_what_a_board_has_not_said_is_said_to_be_missing(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    say_nothing(app, cast)
    page = page_of(visit, "northfirth.rep", path)
    assert f"{NOT_SAID} who is responsible in law" in page
    assert f"{NOT_SAID} why it may keep data about health" in page
    assert "Questions: ask CANARYNORTH for the data protection officer" in page


# What is kept, and how long


def test_it_speaks_of_the_reader_of_whom_they_look_after_and_of_others(visit: Any) -> None:
    page = page_of(visit, "").split("Who is responsible Your board.")[1]
    heads = (
        "What we hold about you",
        "What we hold about the person you look after",
        "What we hold about other people",
    )
    assert [page.index(one) for one in heads] == sorted(page.index(one) for one in heads)
    assert "We never ask for their name, illness, date of birth or address" in page


def test_each_period_on_the_page_is_that_of_its_rule(visit: Any) -> None:
    page, template = page_of(visit, "northfirth.rep"), (ROOT / "templates" / "privacy" / "privacy.html").read_text()
    stated = re.findall(r"How long: (.*?)(?= [A-Z]|$)", page)
    tables = re.findall(r"\buntil\.(\w+)", template)
    assert len(stated) == len(tables) + 1, "and the words about care"
    for table in tables:
        until = GATHERED.rule_of[table].until
        assert f"How long: {until[0].lower()}{until[1:]}" in page
    assert f"How long: {WORDS_GO}" in page
    assert not re.search(r"[0-9]+ (day|month|year)", template), "a period that is typed can be wrong"


def test_the_register_is_its_annex(visit: Any) -> None:
    page = visit("").get("/privacy")
    assert 'href="/privacy/how-long"' in page.text
    assert "How long we keep records" in page_of(visit, "", "/privacy/how-long")


def periods_in(words: str) -> list[float]:
    """Every length of time that is said, in days: 'Two years' is 730."""
    number = "|".join(NUMBERS)
    found = re.findall(rf"\b([0-9]+|{number}|a) (minute|hour|day|month|year)s?\b", words.lower())
    return [(NUMBERS.get(many) or (1 if many == "a" else int(many))) * UNITS[unit] for many, unit in found]


# The row of a withdrawn file holds the day on which it goes; a first decision goes with its claim.
OWN_DAY = {"withdrawn_files", "first_decisions"}
YEAR_OF_ACCOUNTS = 365


def problem_with_period(rule: RetentionRule) -> str:
    """How what is said of a rule differs from the days by which it removes; '' where it does not."""
    said = periods_in(rule.until)
    if rule.days is None or rule.table in OWN_DAY:
        return ""
    if not said:
        return f"{rule.table}: no period is said, and it goes after {rule.days} days"
    more = YEAR_OF_ACCOUNTS if "financial year" in rule.until else 0
    near, longest = min(abs(one + more - rule.days) for one in said), max(said) + more - rule.days
    return "" if near <= SLACK and longest <= SLACK else f"{rule.table}: “{rule.until}” and {rule.days} days"


def test_each_stated_period_is_the_rules_own_number() -> None:
    assert [found for rule in GATHERED.retention if (found := problem_with_period(rule))] == []


def test_a_stated_period_that_is_not_the_rules_would_be_noticed() -> None:
    rule = GATHERED.rule_of["emails"]
    assert problem_with_period(RetentionRule(rule.model, "Emails", "12 months after that", days=365)) == ""
    assert problem_with_period(RetentionRule(rule.model, "Emails", "6 months after that", days=365))
    assert problem_with_period(RetentionRule(rule.model, "Emails", "One year after that", days=730))
    assert problem_with_period(RetentionRule(rule.model, "Emails", "When it is over", days=30))


def test_words_about_care_are_said_to_go_when_they_do(visit: Any) -> None:
    assert periods_in(WORDS_GO) == [TEXT_DAYS]
    assert f"up to {MOST_TEXT_DAYS}" in WORDS_GO
    assert timedelta(days=TEXT_DAYS) < timedelta(days=GATHERED.rule_of["care_requests"].days or 0)


# Why, and what people can do


def test_every_kind_of_data_has_a_reason_in_law() -> None:
    named = Counter(name for basis in law.BASES for name in basis.of)
    assert max(named.values()) == 1, "a thing has one reason"
    tables = {rule.table for rule in GATHERED.retention}
    used = {law.basis_of(one.name, rule.table).what for one in GATHERED.capabilities for rule in one.retention}
    assert used == {basis.what for basis in law.BASES}, "no reason is given for nothing"
    capabilities = {one.name for one in GATHERED.capabilities}
    assert named.keys() <= tables | capabilities
    assert law.basis_of("role_profiles", "public_profiles").article == "Article 6(1)(a)"
    with pytest.raises(LookupError, match=r"privacy/law\.py"):
        law.basis_of("something_new", "new_rows")


def test_one_complains_to_the_board_and_then_to_the_regulator(visit: Any) -> None:
    page = page_of(visit, "")
    assert page.index("Tell your board first") < page.index("Information Commissioner’s Office (ICO)")
    assert 'href="/complain"' in visit("").get("/privacy").text


def test_its_contents_lead_to_its_sections(visit: Any) -> None:
    page = lxml.html.fromstring(visit("").get("/privacy").text)
    named = {f"#{one.get('id')}": one.text_content() for one in page.xpath("//main//h2[@id]")}
    leads = {one.get("href"): one.text_content() for one in page.xpath("//main//a[starts-with(@href, '#')]")}
    assert leads == named
    assert len(leads) > 5


def test_its_sentences_are_short(visit: Any) -> None:
    """25 words at most, as on every page; lists and tables have no sentences."""
    html = re.sub(r"<(ul|table|nav|header|footer)\b.*?</\1>", " ", visit("").get("/privacy").text, flags=re.DOTALL)
    for paragraph in re.findall(r"<p class=\"govuk-body\">(.*?)</p>", html, re.DOTALL):
        words = " ".join(re.sub(r"<[^>]+>", " ", paragraph).split())
        for sentence in re.split(r"(?<=[.?:]) ", words):
            assert len(sentence.split()) <= 25, sentence
