"""Whoever is asked to delete a paper knows which it is, also where its title is another one now, or private."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.infra.database import db
from portal.meetings.models import AgendaItem
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.destination import Destination
from portal.papers.models import Paper
from portal.papers.withdrawing.recognising import kind_words
from portal.papers.withdrawing.rules import PERSONAL
from tests.cast import NOW, Cast
from tests.papers.withdrawing import Outside, every, told, upload, withdraw

WHEN = "published on Tuesday 3 March 2026"


def words(here: Outside, email: Email) -> tuple[str, str]:
    with here():
        found = words_of(db.session.get_one(Email, email.id))
        return found.subject, found.text


def number(things: dict[str, Any], item: str) -> str:
    [found] = every(select(AgendaItem.number).where(AgendaItem.id == things[item]).order_by(AgendaItem.id))
    return str(found)


@pytest.mark.parametrize(("title", "said"), [("Budget", "Its title is"), ("Care", "It has another title now:")])
def test_the_email_names_what_its_readers_can_recognise(
    here: Outside, things: dict[str, Any], title: str, said: str
) -> None:
    withdraw(things, PERSONAL, title=title)
    for template in ("paper-withdrawn", "personal-data-found"):
        for email in told(template).values():
            subject, text = words(here, email)
            of_item = f"for item {number(things, 'item_id')}"
            assert f"{of_item}, and was {WHEN}. {said} “{title}”." in text
            assert text.count("“") == 1
            if template == "paper-withdrawn":
                assert of_item in subject
            if title != "Budget":
                assert "Budget" not in subject + text


def test_a_private_paper_is_no_title(here: Outside, cast: Cast, things: dict[str, Any]) -> None:
    withdraw(things, PERSONAL, paper="secret_paper_id", title="Care")
    _, text = words(here, told("personal-data-found")[cast.northfirth.people["admin"]])
    of_item = f"for item {number(things, 'secret_item_id')}"
    assert "A private paper was withdrawn" in text
    assert f"It is {of_item}, and was {WHEN}." in text
    assert "“" not in text
    _, read = words(here, told("paper-withdrawn")[cast.northfirth.people["depute"]])
    assert "It has another title now: “Care”." in read


def test_minutes_are_named_as_what_they_are(here: Outside, things: dict[str, Any], at: Any) -> None:
    at(NOW.replace(day=20))
    upload(things, Destination.read("minutes:draft"), "Minutes")
    minutes = select(Paper.id).where(Paper.meeting_id == things["meeting_id"], Paper.kind == "minutes")
    gone: list[UUID] = every(minutes.order_by(Paper.id))
    withdraw({**things, "gone": gone[0]}, PERSONAL, paper="gone", title="Notes")
    subject, text = words(here, next(iter(told("paper-withdrawn").values())))
    assert subject.startswith("Delete your copy of the draft minutes: ")
    assert "The file with the draft minutes was withdrawn" in text
    assert "It was published on Friday 20 March 2026. It has another title now: “Notes”." in text


def test_a_paper_is_called_by_its_kind() -> None:
    found = [kind_words(*one) for one in (("paper", ""), ("appendix", ""), ("agenda", ""), ("minutes", "approved"))]
    assert found == ["a paper", "an appendix", "the agenda", "the approved minutes"]
