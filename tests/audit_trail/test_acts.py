"""Lines of one moment: chained as they happened, and shown together where one act wrote them."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
from flask import Flask
from sqlalchemy import select

from portal.audit.actions import chain_lines
from portal.audit.models import AuditLine
from portal.audit_trail.acts import Act, acts_of
from portal.audit_trail.reading import LineShown
from portal.boards.queries import groups
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting
from portal.meetings.queries import items
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"
ANN, BO, MEETING, CLAIM, RUN = (uuid4() for _ in range(5))


def line(number: int, what: str, *things: UUID, by: UUID = ANN, seconds: float = 0, about: str = "") -> LineShown:
    at = NOW + timedelta(seconds=seconds)
    return LineShown(at, "Ann", what, (about,) if about else (), number, by, frozenset(things))


def shown(*oldest_first: LineShown) -> list[list[str]]:
    return [[one.what for one in act.lines] for act in acts_of(oldest_first[::-1])]


def test_lines_of_one_act_are_together_in_the_order_they_happened() -> None:
    run = [line(1, "Made a run", RUN), line(2, "Paid", RUN, CLAIM), line(3, "Paid", RUN, MEETING, seconds=0.9)]
    assert shown(*run) == [["Made a run", "Paid", "Paid"]]
    assert shown(line(1, "Called", MEETING), line(2, "Paid", CLAIM)) == [["Paid"], ["Called"]], "about other things"
    assert shown(line(1, "A", RUN), line(2, "B", RUN, CLAIM), line(3, "C", CLAIM)) == [["B", "C"], ["A"]]
    assert shown(line(1, "A", CLAIM), line(2, "B", RUN), line(3, "C", RUN, CLAIM)) == [["B", "C"], ["A"]]
    assert shown(line(1, "Asked", CLAIM), line(2, "Answered", CLAIM, by=BO)) == [["Answered"], ["Asked"]]
    assert shown(line(1, "Asked", CLAIM), line(2, "Changed", CLAIM, seconds=2)) == [["Changed"], ["Asked"]]
    assert shown(line(1, "Asked for care"), line(2, "Asked for care")) == [["Asked for care"], ["Asked for care"]]


def test_an_act_says_each_thing_once_and_where_its_lines_are() -> None:
    act = Act(
        [line(6, "Uploaded", about="Main"), *(line(n, "Checked", about="Main") for n in (7, 8)), line(9, "Sorted")]
    )
    assert act.parts == [("Uploaded", "Main"), ("Checked (2 times)", "Main"), ("Sorted", "")]
    assert act.places == "lines 6 to 9"
    assert Act([line(3, "A")]).places == "line 3"
    assert Act([line(3, "A"), line(4, "B")]).places == "lines 3 and 4"
    assert Act([line(3, "A"), line(5, "B"), line(6, "C")]).places == "lines 3, 5 and 6"
    assert Act([line(3, "A"), LineShown(NOW, "Ann", "B", (), None)]).places == "not sealed yet", (
        "not all have their place yet"
    )


def called_with_items(cast: Cast) -> UUID:
    """A meeting, with what comes on its agenda, in one moment of the clock."""
    with unit_of_work():
        meeting: Meeting = meetings.schedule(groups(cast.northfirth.id)[0], date(2026, 5, 5), time(10))
        for title in "ABCDEFGH":
            meetings.add_item(meeting, title=title)
    return meeting.id


def test_lines_of_one_moment_are_chained_as_they_happened(app: Flask, rolled_back: Any, cast: Cast) -> None:
    with app.app_context():
        meeting = str(called_with_items(cast))
        with unit_of_work():
            chain_lines()
        lines = db.session.scalars(anywhere(select(AuditLine)).order_by(AuditLine.number)).all()
        own = [one for one in lines if one.facts.get("meeting_id") == meeting]
        assert [one.event for one in own] == ["MeetingScheduled", *["AgendaChanged"] * 8]
        assert [one.facts["item_id"] for one in own[1:]] == [str(item.id) for item in items(UUID(meeting))]
        assert {one.happened_at.replace(microsecond=0) for one in own} == {NOW}


def test_the_page_shows_an_act_as_one_entry(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context():
        before = acting.set(cast.northfirth.people["clerk"])
        called_with_items(cast)
        acting.reset(before)
    admin = visit("northfirth.admin")
    page = admin.get(f"{PATH}?person={cast.northfirth.people['clerk']}")
    entry = lxml.html.fromstring(page.text).xpath("//li[ol]")[0]
    of = "CANARYNORTH Main Group, Tuesday 5 May"
    assert [" ".join(one.text_content().split()) for one in entry.xpath("./ol/li")] == [
        f"Called a meeting: {of}",
        *(f"Changed an agenda: {of}, item {n}, {title}, added" for n, title in enumerate("ABCDEFGH", 1)),
    ]
    assert "CANARYNORTH Clerk, 10am" in entry.text_content()
    sheet = admin.client.get(f"{PATH}.csv?event=AgendaChanged").data.decode("utf-8-sig")
    assert sheet.count(of) == 8, "the file has every line"


def test_private_lines_of_one_moment_stay_apart(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    """Shown as one entry they would say that one reader had opened both."""
    rep = visit("northfirth.rep")
    for paper in ("paper_id", "paper_id"):
        rep.client.get(f"/papers/{things[paper]}/file")
    page = visit("northfirth.admin").get(f"{PATH}?event=PaperDownloaded")
    assert text_of(page).count("Downloaded a paper: CANARYNORTH Main Group, Friday 13 March, Budget Not shown") == 2
    assert not lxml.html.fromstring(page.text).xpath("//li/ol")


def test_a_page_beyond_the_last_does_not_say_that_nothing_happened(visit: Any) -> None:
    page = text_of(visit("northfirth.admin").get(f"{PATH}?page=50"))
    assert "None of the lines match" in page
    assert "There are no lines yet" not in page
