"""What the publish page says of emails before anything is published: those that are then written, and nobody else."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from lxml.html import fromstring
from sqlalchemy import select

from portal.access.roles import CLERK
from portal.accounts.models import Person
from portal.accounts.rules import DAILY
from portal.boards.models import StaffRole
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.withdrawing.rules import ERROR
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.notifications.test_emailed import number_in
from tests.papers.test_in_place_of import uploaded_instead
from tests.papers.withdrawing import Outside, every, upload, withdraw
from tests.visitor import hidden_boxes, text_of

BY_PUBLISHING = ("papers-announced", "papers-replaced", "paper-corrected", "late-papers", "minutes-published")


def written(things: dict[str, Any]) -> dict[Any, tuple[str, Any]]:
    """Every email that publishing can write: which it is, and to whom it goes."""
    of_meeting = select(Email).where(Email.meeting_id == things["meeting_id"], Email.template.in_(BY_PUBLISHING))
    of_meeting = of_meeting.order_by(Email.id)
    return {one.id: (one.template, one.person_id) for one in every(of_meeting)}


def publish(here: Outside, clerk: Any, things: dict[str, Any], at: Any, later: int) -> tuple[str, dict[str, set[Any]]]:
    """What the page says beforehand, and who is written to of what once Publish was pressed."""
    before, address = written(things), f"/meetings/{things['meeting_id']}/publish"
    page = clerk.get(address)
    form = {**hidden_boxes(page), "looked": "y"}
    assert written(things) == before
    said = text_of(clerk.post(address, form, follow_redirects=True))
    assert "Published." in said
    for words in kinds(page):
        assert words in said, "the same words before and after"
    at(NOW + timedelta(days=later, minutes=30))
    with here():
        do_what_is_due()
    after = written(things)
    told = defaultdict(set)
    for template, person_id in (after[one] for one in after.keys() - before.keys()):
        told[template].add(person_id)
    return text_of(page), told


def kinds(page: Any) -> list[str]:
    """What the page says in bold of each kind of email."""
    shown = fromstring(page.text).xpath("//ul[preceding-sibling::h2[1][contains(., 'Who gets an email')]]/li/strong")
    found = [" ".join(one.text_content().split()) for one in shown]
    assert found
    return found


def number(words: str, page: str) -> int:
    """'Papers: 1 person will be emailed at 10:10am. 3 people will be told in the daily email, … To'."""
    [said] = re.findall(rf"(?<!Replacement ){words}: (.*?) To ", page)
    return number_in(said)


@pytest.mark.parametrize("later", [0, 12])
def test_whoever_is_told_of_a_corrected_paper_is_named_before(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast, later: int
) -> None:
    at(NOW + timedelta(days=later))
    withdraw(things, ERROR)
    uploaded_instead(here, things, things["paper_id"])
    clerk = visit("northfirth.clerk")
    assert "In place of “Budget”, withdrawn on" in text_of(clerk.get(f"/meetings/{things['meeting_id']}/papers/sort"))
    page, told = publish(here, clerk, things, at, later)
    assert "In place of “Budget”, withdrawn on" in page
    assert told["paper-corrected"]
    assert number("Replacement papers", page) == len(told["paper-corrected"])
    if not later:
        assert number("Papers", page) == len(told["papers-announced"])
    assert cast.northfirth.people["clerk"] not in {one for kind in told.values() for one in kind}, "it is their own"
    assert cast.northfirth.people["officer"] in told["paper-corrected"]


def test_whoever_is_told_of_minutes_is_named_before(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), "Draft minutes", publish=False)
    page, told = publish(here, visit("northfirth.clerk"), things, at, 12)
    assert told.keys() == {"minutes-published"}
    assert number("Draft minutes", page) == len(told["minutes-published"])


def test_papers_and_minutes_are_said_apart(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    upload(things, of_item(things["item_id"]), "Late figures", publish=False)
    upload(things, version_of(things["paper_id"]), "Budget again", publish=False)
    at(NOW + timedelta(minutes=5))
    page, told = publish(here, visit("northfirth.clerk"), things, at, 0)
    for kind, words in (("papers-announced", "Papers"), ("papers-replaced", "New versions")):
        assert told[kind], kind
        assert number(words, page) == len(told[kind])


def test_who_chose_the_daily_email_is_counted_before_after_and_in_the_list(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    with here(), unit_of_work():
        for role in ("rep", "officer", "admin"):
            db.session.get_one(Person, cast.northfirth.people[role]).emails_wanted = DAILY
    upload(things, version_of(things["paper_id"]), "Budget again", publish=False)
    at(NOW + timedelta(minutes=5))
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    page = clerk.get(address)
    papers, versions = kinds(page)
    assert papers == (
        "Papers: 1 person will be emailed at 10:10am today. 1 person will be told in the daily email, at 7am on "
        "Wednesday 4 March."
    )
    assert versions == (
        "New versions: 2 people will be told in the daily email, at 7am on Wednesday 4 March. 1 person will be emailed "
        "at 8:10am on Wednesday 4 March."
    )
    said = text_of(clerk.post(address, {**hidden_boxes(page), "looked": "y"}, follow_redirects=True))
    assert f"Published. {papers} To CANARYNORTH" in said, "and who they are"
    assert f"{versions} To " in said
    listed = text_of(clerk.get(f"/meetings/{things['meeting_id']}/emails"))
    assert papers in listed
    assert versions in listed, "also what goes only in the morning is to come"


@pytest.mark.parametrize("second", [False, True])
def test_nobody_is_emailed_of_what_they_published_themselves(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast, second: bool
) -> None:
    """The clock announces it, and knows who published: unless another clerk's papers are announced with theirs."""
    clerk, both = cast.northfirth.people["clerk"], cast.person("both")
    with here(), unit_of_work():
        db.session.add(StaffRole(board_id=cast.northfirth.id, person_id=both, role=CLERK, from_on=NOW.date()))
    address = f"/meetings/{things['meeting_id']}/publish"
    for who, title in (("northfirth.clerk", "Budget again"), *((("both", "Budget once more"),) if second else ())):
        upload(things, version_of(things["paper_id"]), title, publish=False)
        visitor = visit(who)
        form = {**hidden_boxes(visitor.get(address)), "looked": "y"}
        said = text_of(visitor.post(address, form, follow_redirects=True))
        assert "Published." in said
        assert "You" not in said.split("Published.")[1].split("CANARYNORTH Main Group")[0]
    before = written(things)
    at(NOW + timedelta(minutes=30))
    with here():
        do_what_is_due()
    told = {person for key, (template, person) in written(things).items() if key not in before}
    assert (clerk in told) is second
    assert both in told, "who did not publish it all"
