"""The same file on another meeting, when one is withdrawn for personal data: it is named, and can go with it."""

from __future__ import annotations

from typing import Any

import pytest

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item
from portal.meetings.queries import meeting_by_id
from portal.papers.destination import of_item
from portal.papers.models import PaperVersion
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing.rules import ERROR, PERSONAL
from portal.scheduler.run import work_once
from tests.made_papers import made_paper
from tests.papers.withdrawing import Outside, form, loaded, outside
from tests.visitor import text_of

OPEN = "The same file is still open elsewhere on this board"
SAME = made_paper("Budget copied", 1)


@outside
def publish(meeting_id: Any, title: str) -> Any:
    with unit_of_work():
        meeting = meeting_by_id(meeting_id)
        item = add_item(meeting, title=title)
        [version] = preparing.upload(meeting, [("Budget.pdf", SAME)], 50_000_000)
        version_id, place = version.id, of_item(item.id)
    while work_once():
        pass
    with unit_of_work():
        meeting = meeting_by_id(meeting_id)
        preparing.sort_files(meeting, [Sorted(version_id, place, title)])
        preparing.publish(meeting, meeting.version)
    with unit_of_work():
        return db.session.get_one(PaperVersion, version_id).paper_id


@pytest.mark.parametrize("goes_too", [True, False])
def test_it_is_named_and_goes_in_the_same_step_where_that_is_ticked(
    here: Outside, visit: Any, things: dict[str, Any], goes_too: bool
) -> None:
    first, copy = publish(things["meeting_id"], "Here"), publish(things["coming_id"], "There")
    clerk, path = visit("northfirth.clerk"), f"/papers/{first}/withdraw"
    page = clerk.post(path, {"reason": PERSONAL})
    assert OPEN in text_of(page)
    assert f"/papers/{copy}" in page.text
    assert OPEN not in text_of(clerk.post(path, {"reason": ERROR}))
    sent = form({"paper_id": first}, clerk, reason=PERSONAL, title="Here", understood="y")
    sent |= {"copies": "y"} if goes_too else {}
    assert clerk.post(path, sent).status_code == 302
    assert loaded(first).withdrawn_at is not None
    assert (loaded(copy).withdrawn_at is not None) is goes_too
    answer = visit("northfirth.rep").get(f"/papers/{copy}/file")
    assert answer.status_code == (410 if goes_too else 200)


def test_where_there_is_none_nothing_is_said(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.clerk").post(f"/papers/{things['paper_id']}/withdraw", {"reason": PERSONAL})
    assert OPEN not in text_of(page)
    assert 'name="copies"' not in page.text
