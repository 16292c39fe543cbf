"""The front page, becoming somebody at once, and the tours. None of it is there in production."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import ANYONE, ROLES
from portal.accounts.models import SignedInSession
from portal.app import create_app
from portal.core import clock
from portal.demonstration import accounts
from portal.demonstration.tour import cast
from portal.demonstration.tour.tours import tours
from portal.deployment import settings
from portal.infra.database import db
from tests.demonstration.filled import CAST
from tests.deployment.unsafe import safe_in
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.slow
FRONT = "/demonstration"
WITH_A_CODE = "admin2@northfirth.example"
WITHOUT_A_CODE = [one for one in CAST if one != WITH_A_CODE]


@pytest.fixture(autouse=True)
def _in_real_time(demonstration: Flask) -> None:
    """The clock of the demonstration, which another portal may have taken."""
    clock.use(None)


@pytest.fixture
def stranger(demonstration: Flask) -> Visitor:
    return Visitor(demonstration)


def becoming(stranger: Visitor, address: str) -> Visitor:
    answer = stranger.post("/demonstration/sign-in", {"who": address})
    stranger.token = ""  # theirs is of the session before
    assert answer.status_code == 302, address
    assert answer.location == "/", address
    return stranger


def addresses_of(app: Flask) -> Iterator[tuple[str, str]]:
    """Each method and address of the demonstration's own pages."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("demonstration."):
            path = rule.rule.replace("<name>", "0" * 32).replace("<int:number>", "1")
            yield from ((method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"}))


def test_none_of_its_addresses_is_there_in_production(demonstration: Flask, tmp_path: Path) -> None:
    asked = list(addresses_of(demonstration))
    assert {path for _, path in asked} >= {
        FRONT,
        "/demonstration/sign-in",
        "/demonstration/day",
        "/demonstration/mailbox",
    }
    environ = safe_in(tmp_path)
    production = create_app(settings(environ))
    client = production.test_client()
    for method, path in asked:
        there = client.open(path, method=method, base_url=environ["BASE_URL"])
        assert there.status_code == 404, (method, path)
    first = client.get("/", base_url=environ["BASE_URL"])
    assert first.status_code == 200
    assert "emonstration" not in first.text
    assert not [name for name in production.view_functions if "demonstration" in name]


def test_a_stranger_is_led_to_the_front_page_and_finds_the_portals_own(stranger: Visitor) -> None:
    assert stranger.get("/").location == FRONT
    page = stranger.get(FRONT)
    assert "Made-up people. Today is" in text_of(page)
    assert "Your board papers on time" in text_of(stranger.get("/?welcome=yes"))
    becoming(stranger, "rep@northfirth.example")
    assert "Hello " in text_of(stranger.get("/"))


def test_its_front_page_offers_everyone_by_board_and_role(stranger: Visitor) -> None:
    page = stranger.get(FRONT)
    for address in CAST:
        assert f'value="{address}"' in page.text
    words = text_of(page)
    assert "Northfirth Getting better." in words
    assert re.search(r"Expense approver\W.*?Shona Reid.*?Duncan Ross", words)
    assert "Catriona Bell (needs an authenticator app)" in words
    assert words.count("(needs an authenticator app)") == 1
    assert "Everyone who is using it at the same time shares it" in words


@pytest.mark.parametrize("address", CAST)
def test_a_name_ends_in_the_first_page_of_that_person(stranger: Visitor, address: str) -> None:
    first = text_of(becoming(stranger, address).get("/", follow_redirects=True))
    if address == WITH_A_CODE:
        assert "Set up two-step sign-in" in first
        assert "Step 1 of 5" not in first
        return
    greeting = f"Today, {address.split('@')[1].split('.')[0].title()}" if address.startswith("officer") else "Hello "
    assert greeting.replace("Hello ", f"Hello {cast.names()[address].split()[0]}") in first
    assert "Step 1 of 5" in first


def test_becoming_another_signs_the_first_out(demonstration: Flask, stranger: Visitor) -> None:
    becoming(stranger, "rep@southmoor.example")
    with demonstration.app_context():
        newest = select(SignedInSession).order_by(SignedInSession.began_at.desc()).limit(1)
        first = db.session.scalars(newest).one().key
    becoming(stranger, "clerk@southmoor.example")
    assert "You are a clerk here" in text_of(stranger.get("/"))
    with demonstration.app_context():
        assert db.session.get_one(SignedInSession, first).ended_at


def test_nobody_is_signed_in_without_the_token_of_a_page(demonstration: Flask) -> None:
    stranger = Visitor(demonstration)
    answer = stranger.client.post("/demonstration/sign-in", data={"who": "admin@northfirth.example"})
    assert answer.location == FRONT
    assert stranger.get("/").location == FRONT


@pytest.mark.parametrize("who", ["", "nobody@northfirth.example", "isla@northfirth.example"])
def test_only_the_cast_can_be_become(stranger: Visitor, who: str) -> None:
    answer = stranger.post("/demonstration/sign-in", {"who": who}, follow_redirects=True)
    assert "That person cannot sign in" in text_of(answer)


def test_each_role_has_a_tour_of_five_steps() -> None:
    texts = tours()
    assert set(texts.tours) == set(ROLES) - {ANYONE}
    for tour in texts.tours.values():
        assert len(tour.steps) == 5
        every = [step for ways in tour.steps for step in ways]
        assert all(step.look[-1] in ".?”" and step.why[-1] in ".?" and step.to for step in every)
    assert set(texts.stories) >= set(accounts.people())
    assert all(cast.member(start.address) for start in texts.starts)


@pytest.mark.parametrize("address", WITHOUT_A_CODE)
def test_each_step_leads_to_a_page_of_that_person(stranger: Visitor, address: str) -> None:
    becoming(stranger, address)
    steps = tours().tours[cast.member(address).role].steps
    seen = []
    for number, ways in enumerate(steps, 1):
        there = stranger.get(f"/demonstration/tour/{number}")
        page = stranger.get(there.location)
        assert page.status_code == 200, there.location
        words = text_of(page)
        assert any(f"Step {number} of 5: {step.title} {step.look}" in words for step in ways)
        assert "Why it matters: " in words
        assert f'href="{FRONT}"' in page.text
        assert "Open this step’s page" not in words, "it is open"
        seen.append(there.location)
    assert seen.count(seen[0]) == 1, "only the first page of all is the first page"
    if address.endswith("@northfirth.example"):
        assert len(set(seen)) == 5, "each of the five is another page"


def test_one_goes_on_and_back_and_leaves_the_tour(stranger: Visitor) -> None:
    becoming(stranger, "officer@northfirth.example")
    first = stranger.get("/", follow_redirects=True)
    assert 'href="/demonstration/tour/2"' in first.text
    assert "Back to step" not in text_of(first)
    second = stranger.get("/demonstration/tour/2", follow_redirects=True)
    assert 'href="/demonstration/tour/1"' in second.text
    assert 'href="/demonstration/tour/3"' in second.text
    elsewhere = stranger.get("/account")
    assert "Open this step’s page" in text_of(elsewhere)
    assert "Finish: choose someone else" in text_of(stranger.get("/demonstration/tour/5", follow_redirects=True))
    assert stranger.get("/demonstration/tour/6").location == FRONT
    stranger.post("/demonstration/tour/leave")
    assert "Step " not in text_of(stranger.get("/account"))
    assert stranger.get("/demonstration/tour/2").location == FRONT


def test_whoever_leaves_the_tour_stays_on_the_page(stranger: Visitor) -> None:
    becoming(stranger, "officer@northfirth.example")
    for page in ("/account", "/help/glossary?q=carer"):
        [sent] = lxml.html.fromstring(stranger.get(page).text).xpath("//form[@action='/demonstration/tour/leave']")
        stays = stranger.post(sent.get("action"), {"next": sent.fields["next"]})
        assert stays.location == page
        stranger.get("/demonstration")
        becoming(stranger, "officer@northfirth.example")


def test_no_page_elsewhere_follows_the_tour(stranger: Visitor) -> None:
    assert stranger.post("/demonstration/tour/leave", {"next": "https://evil.test/"}).location == "/"


def test_the_demonstration_says_what_it_is_in_few_words(stranger: Visitor) -> None:
    page = lxml.html.fromstring(stranger.get(FRONT).text)
    said = [" ".join(one.text_content().split()) for one in page.xpath("//aside[@aria-label='Demonstration']//li")]
    assert said[1:] == ["Choose who to be", "Read its emails", "Move the day"]
    assert re.fullmatch(r"Made-up people\. Today is \w+ \d+ \w+\.", said[0])


def test_a_cookie_of_an_older_tour_is_of_no_step(stranger: Visitor) -> None:
    becoming(stranger, "officer@northfirth.example")
    with stranger.client.session_transaction() as kept:
        kept["tour"] = ["officer", 2, "/"]
    assert "Step 2" not in text_of(stranger.get("/"))
    assert stranger.get("/demonstration/tour/3").location == FRONT


def test_signing_out_ends_the_tour(stranger: Visitor) -> None:
    becoming(stranger, "officer@northfirth.example")
    stranger.post("/sign-out")
    assert "Step " not in text_of(stranger.get("/sign-in"))
