"""What the publish page says of emails before anything is published: those that are then written, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.notifications.models import Email
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.withdrawing.rules import ERROR
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
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
    assert "Published." in text_of(clerk.post(address, form, follow_redirects=True))
    at(NOW + timedelta(days=later, minutes=30))
    with here():
        do_what_is_due()
    after = written(things)
    told = defaultdict(set)
    for template, person_id in (after[one] for one in after.keys() - before.keys()):
        told[template].add(person_id)
    return text_of(page), told


def people(words: str, told: set[Any]) -> str:
    return f"{words}: {len(told)} {'person' if len(told) == 1 else 'people'}."


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
    assert people("Corrected papers", told["paper-corrected"]) in page
    if not later:
        assert people("Papers", told["papers-announced"]) in page
    assert cast.northfirth.people["clerk"] not in {one for kind in told.values() for one in kind}, "it is their own"
    assert cast.northfirth.people["officer"] in told["paper-corrected"]


def test_whoever_is_told_of_minutes_is_named_before(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), "Draft minutes", publish=False)
    page, told = publish(here, visit("northfirth.clerk"), things, at, 12)
    assert told.keys() == {"minutes-published"}
    assert people("Draft minutes", told["minutes-published"]) in page


def test_papers_and_minutes_are_said_apart(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    upload(things, of_item(things["item_id"]), "Late figures", publish=False)
    upload(things, version_of(things["paper_id"]), "Budget again", publish=False)
    at(NOW + timedelta(minutes=5))
    page, told = publish(here, visit("northfirth.clerk"), things, at, 0)
    for kind, words in (("papers-announced", "Papers"), ("papers-replaced", "New versions")):
        assert told[kind], kind
        assert people(words, told[kind]) in page
