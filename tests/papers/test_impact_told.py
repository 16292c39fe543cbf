"""An email about a new version says in its line how the impact on carers changed with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.destination import version_of
from portal.papers.detailing.actions import change_details
from portal.papers.detailing.rules import impact_change, noted
from portal.papers.withdrawing import queries
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, anywhere
from tests.papers.withdrawing import Outside, upload

DAY = date(2026, 3, 3)
SAID = "impact on carers changed from not stated to substantial"


@pytest.mark.parametrize(
    ("since", "now", "said"),
    [
        (DAY, "substantial", "limited to substantial"),
        (DAY, "", "limited to not stated"),
        (DAY, "limited", ""),
        (DAY + timedelta(days=1), "substantial", ""),
    ],
)
def test_what_changed_is_said_and_nothing_else(since: date, now: str, said: str) -> None:
    earlier = noted([], DAY, {"carer_impact": ("limited", "none"), "title": ("Budget", "Cuts")}, is_private=False)
    assert impact_change(earlier, since, now) == said


def test_personal_data_that_was_taken_out_is_not_told() -> None:
    assert impact_change([{"on": DAY.isoformat()}], DAY, "limited") == ""


def replaced(here: Outside, things: dict[str, Any], paper: str, at: Any, **details: Any) -> dict[str, list[str]]:
    """The texts of emails about a new version of a paper whose details were changed with it, by their kind."""
    with here(), unit_of_work():
        change_details(queries.paper_by_id(things[paper]), **details)
    upload(things, version_of(things[paper]), "Again")
    at(NOW + timedelta(minutes=30))
    with here():
        do_what_is_due()
        kinds = ("papers-announced", "papers-replaced")
        found = select(Email).where(Email.meeting_id == things["meeting_id"], Email.asked_at > NOW)
        found = found.where(Email.template.in_(kinds)).order_by(Email.id)
        texts: dict[str, list[str]] = {kind: [] for kind in kinds}
        for one in db.session.scalars(anywhere(found)):
            texts[one.template].append(words_of(one).text)
        return texts


def test_everyone_who_hears_of_the_version_hears_of_the_impact(here: Outside, things: dict[str, Any], at: Any) -> None:
    texts = replaced(here, things, "paper_id", at, carer_impact="substantial")
    assert all(texts.values()), "reps hear, and others who may read it"
    assert all(one.lower().count(SAID) == 1 for each in texts.values() for one in each)


def test_without_a_change_the_line_says_the_version_alone(here: Outside, things: dict[str, Any], at: Any) -> None:
    texts = replaced(here, things, "paper_id", at, author_post="Chief Officer")
    assert all(texts.values())
    assert not [one for each in texts.values() for one in each if "impact on carers" in one.lower()]


def test_of_a_private_paper_it_stays_with_those_who_may_read_it(here: Outside, things: dict[str, Any], at: Any) -> None:
    texts = replaced(here, things, "secret_paper_id", at, carer_impact="substantial")
    assert not [one for one in texts["papers-replaced"] if "impact on carers" in one.lower()]
