"""Lines of the trail keep the names of then, and none that was removed, withdrawn or is private."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from portal.infra.unit_of_work import record, unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.agendas import actions as agendas
from portal.meetings.queries import meeting_by_id
from portal.papers.detailing import actions as details
from portal.papers.events import MinutesPublished, PaperDownloaded
from portal.papers.withdrawing import actions as withdrawing
from portal.papers.withdrawing.rules import ERROR, PERSONAL, WHOLE
from tests.audit_trail.test_renamed import lines, of, pages
from tests.audit_trail.test_words_of_then import a_paper, an_item
from tests.cast import NOW, Cast


def test_a_title_that_was_removed_as_it_was_personal_data_is_in_no_line(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    """Though it was the name of lines before: they have the one of today, as such."""
    things = cast.northfirth.things
    for hour, title in enumerate(("Costs of Bo Reid", "Bo Reid, again", "Costs"), start=1):
        at(NOW + timedelta(hours=hour))
        with app.app_context(), unit_of_work():
            details.change_details(a_paper(things["paper_id"]), title=title, held_personal_data=title == "Costs")
            record(MinutesPublished(**of(cast, "meeting_id", "paper_id"), version_id=uuid4()))
    at(NOW + timedelta(hours=5))
    found = lines(visit)
    assert "Reid" not in str(found) + pages(visit)
    assert [row[4] for row in found if row[3] == "Published minutes"] == [
        "CANARYNORTH Main Group, Friday 13 March; Costs",
        "CANARYNORTH Main Group, Friday 13 March; now called Costs",
        "CANARYNORTH Main Group, Friday 13 March; now called Costs",
    ]


@pytest.mark.parametrize(("reason", "is_said"), [(PERSONAL, False), (ERROR, True)])
def test_a_download_of_what_was_withdrawn_since_is_named_by_no_earlier_title(
    app: Flask, visit: Any, cast: Cast, at: Any, reason: str, is_said: bool
) -> None:
    things = cast.northfirth.things
    at(NOW + timedelta(hours=1))
    with app.app_context(), unit_of_work():
        details.change_details(a_paper(things["paper_id"]), title="Bo Reid")
        record(PaperDownloaded(**of(cast, "meeting_id", "paper_id"), version_id=uuid4()))
    at(NOW + timedelta(hours=2))
    with app.app_context(), unit_of_work():
        details.change_details(a_paper(things["paper_id"]), title="Bo R")
    assert "Bo Reid" in str(lines(visit))
    at(NOW + timedelta(hours=3))
    with app.app_context(), unit_of_work():
        paper = a_paper(things["paper_id"])
        withdrawing.withdraw(
            paper, meeting_by_id(paper.meeting_id).version, WHOLE, reason, title="Costs" if reason == PERSONAL else ""
        )
    found = lines(visit)
    assert ("Bo R" in str(found) + pages(visit)) is is_said, "its change of title, as it held no personal data"
    assert [row[4] for row in found if row[3] == "Downloaded a paper" and row[1] > "2026-03-03 10:30"] == [
        "CANARYNORTH Main Group, Friday 13 March"
    ]


def test_a_time_in_which_an_item_was_private_stays_private(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Its words from before it was closed were removed then; what is private now is named in no line."""
    things = cast.northfirth.things
    item, paper = things["item_id"], things["paper_id"]

    def act(hour: int, *steps: Callable[[], object]) -> None:
        at(NOW + timedelta(hours=hour))
        with app.app_context(), unit_of_work():
            for step in steps:
                step()

    def published() -> None:
        record(MinutesPublished(**of(cast, "meeting_id", "paper_id"), version_id=uuid4()))

    act(1, published, lambda: meetings.change_item(an_item(item), purpose="noting"))
    act(2, lambda: details.change_details(a_paper(paper), title="Open"))
    act(3, lambda: agendas.restrict_item(an_item(item), ["1"]))
    act(4, published, lambda: meetings.change_item(an_item(item), title="Secret", purpose="decision"))
    closed = lines(visit)
    assert "Open" not in str(closed)
    assert "Budget" not in str([row for row in closed if row[3] in ("Published minutes", "Changed an agenda")])
    act(5, lambda: agendas.lift_restriction(an_item(item)))
    act(6, published)
    about = [row[4] for row in lines(visit) if row[3] == "Published minutes"]
    assert [one.partition("; ")[2] for one in about] == ["Open", "a private paper", "Budget"]
    changed = [row[4] for row in lines(visit) if "purpose" in row[4] and row[3] == "Changed an agenda"]
    assert "a private item; purpose" in changed[0]
    assert "item 1, now called Secret; purpose" in changed[1]
