"""The agenda as a file of its meeting: published and told of like a paper, and counted as none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.access.decide import Reach
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.notice.queries import notice_of_meetings
from portal.papers.packs import queries as packs_queries
from portal.papers.preparing import actions, queries
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast, as_proposed, publish
from tests.made_papers import made_paper
from tests.visitor import text_of

AGENDA = {"Agenda.pdf": 2}


@pytest.fixture
def meeting_id(app: Flask, things: dict[str, Any]) -> Any:
    return things["coming_id"]


def with_agenda(app: Flask, visit: Any, meeting_id: Any, files: dict[str, int]) -> None:
    clerk = visit("northfirth.clerk")
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    with app.app_context():
        publish(meeting_by_id(meeting_id), files)


def uploaded(app: Flask, meeting_id: Any, files: dict[str, int]) -> None:
    """Checked and sorted as proposed, and not published."""
    with app.app_context(), unit_of_work():
        made = [(name, made_paper(name, pages)) for name, pages in files.items()]
        actions.upload(meeting_by_id(meeting_id), made, 50_000_000)
    with app.app_context():
        while work_once():
            pass
        with unit_of_work():
            meeting = meeting_by_id(meeting_id)
            actions.sort_files(meeting, as_proposed(meeting, queries.unpublished(meeting_id)))


def announced(app: Flask, meeting_id: Any, at: Any) -> list[Any]:
    """What people are told two minutes later: subject and text of each email."""
    at(NOW + timedelta(minutes=2))
    with app.app_context():
        do_what_is_due()
        found = select(Email).where(Email.meeting_id == meeting_id, Email.template == "papers-announced")
        return [words_of(one) for one in db.session.scalars(across_boards(found, CrossBoardReason.CLOCK))]


def test_the_agenda_stands_above_the_items_and_is_no_paper(app: Flask, visit: Any, meeting_id: Any) -> None:
    with_agenda(app, visit, meeting_id, {**AGENDA, "1 Budget.pdf": 3})
    page = fromstring(visit("northfirth.rep").get(f"/meetings/{meeting_id}").text)
    links = page.xpath(
        "//h2[@id='agenda']/following::ul[@class='portal-papers']//a[contains(@href, '/papers/')]/text()"
    )
    assert [one for one in links if one in ("Agenda", "Budget")] == ["Agenda", "Budget"]


def test_the_first_page_and_the_meetings_count_papers_and_their_pages_alike(
    app: Flask, visit: Any, meeting_id: Any
) -> None:
    with_agenda(app, visit, meeting_id, {**AGENDA, "1 Budget.pdf": 3})
    rep = visit("northfirth.rep")
    page = fromstring(rep.get(f"/meetings/{meeting_id}").text)
    facts = {one.xpath("string(dt)"): one.xpath("string(dd)").strip() for one in page.xpath("//dl/div")}
    assert (facts["Papers"], facts["Pages"]) == ("1", "3")
    line = text_of(rep.get("/")).split("Read 1 paper for CANARYNORTH Main Group")
    assert any("10am 3 pages, about" in after for after in line[1:]), line
    assert facts["Time to read"] in text_of(rep.get("/"))


def test_an_agenda_alone_is_told_of_and_papers_are_still_due(
    app: Flask, visit: Any, meeting_id: Any, at: Any, cast: Cast
) -> None:
    with_agenda(app, visit, meeting_id, AGENDA)
    said = text_of(visit("northfirth.rep").get(f"/meetings/{meeting_id}"))
    assert "There are no papers yet." in said
    assert "Download all papers" not in said
    letters = announced(app, meeting_id, at)
    assert letters
    for one in letters:
        assert one.subject.startswith("The agenda, 40 days to read: ")
        assert "The agenda was published for this meeting: " in one.text
        assert "- Agenda: 2 pages" in one.text
        assert "Read the agenda: http" in one.text
        assert "LATE" not in one.text


def test_an_agenda_with_papers_is_named_before_them(app: Flask, visit: Any, meeting_id: Any, at: Any) -> None:
    with_agenda(app, visit, meeting_id, {"1 Budget.pdf": 3, **AGENDA})
    one = announced(app, meeting_id, at)[0]
    assert one.subject.startswith("The agenda and 1 paper, 40 days to read: ")
    assert one.text.index("- Agenda: 2 pages") < one.text.index("- Budget: 3 pages")


def test_the_record_of_notice_counts_no_agenda(app: Flask, visit: Any, meeting_id: Any, at: Any, cast: Cast) -> None:
    """Its own day is that on which the agenda was published; figures of papers rest on papers."""
    with_agenda(app, visit, meeting_id, AGENDA)
    reach = Reach(boards=frozenset({cast.northfirth.id}))
    at(NOW + timedelta(days=60))
    with app.app_context():
        [judged] = [
            one
            for one in notice_of_meetings(reach, cast.northfirth.id, (NOW + timedelta(days=60)).date())
            if one.meeting_id == meeting_id
        ]
        assert (judged.papers, judged.days, judged.never) == (1, (), 1)
        assert meeting_by_id(meeting_id).agenda_published_at


def test_nobody_is_asked_to_read_an_agenda_as_a_paper(app: Flask, visit: Any, meeting_id: Any, cast: Cast) -> None:
    with_agenda(app, visit, meeting_id, AGENDA)
    assert "Agenda published" in text_of(visit("northfirth.rep").get("/boards/northfirth/meetings"))
    assert "Read 1 paper for CANARYNORTH Main Group" not in text_of(visit("northfirth.rep").get("/"))


def test_a_pack_begins_with_the_agenda(app: Flask, visit: Any, meeting_id: Any) -> None:
    with_agenda(app, visit, meeting_id, {"1 Budget.pdf": 3, **AGENDA})
    with app.app_context():
        everything = packs_queries.whole(meeting_id).entries
        assert [one.title for one in everything] == ["Agenda", "Budget"]


def test_a_newer_agenda_is_its_new_version(app: Flask, visit: Any, meeting_id: Any) -> None:
    with_agenda(app, visit, meeting_id, AGENDA)
    with app.app_context():
        publish(meeting_by_id(meeting_id), {name: pages + 1 for name, pages in AGENDA.items()})
    page = visit("northfirth.rep").get(f"/meetings/{meeting_id}").text
    assert page.count(">Agenda</a>") == 1
    assert "Replaced, 40 days before the meeting" in page


def test_pages_are_counted_alike_before_publishing_in_the_email_and_on_the_page(
    app: Flask, visit: Any, meeting_id: Any, at: Any
) -> None:
    """Seen: 80 pages on the page before publishing and in the email, 74 on the meeting's, as the agenda had six."""
    clerk = visit("northfirth.clerk")
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    uploaded(app, meeting_id, {**AGENDA, "1 Budget.pdf": 3, "1 Budget appendix 1.pdf": 4})
    left_out = "Not counted: the agenda (2 pages)."
    assert f"2 papers, 7 pages. {left_out}" in text_of(clerk.get(f"/meetings/{meeting_id}/publish"))
    with app.app_context():
        publish(meeting_by_id(meeting_id), {})
    for one in announced(app, meeting_id, at):
        assert one.subject.startswith("The agenda and 2 papers")
        assert ": 7 pages, about 14 minutes to read." in one.text
        assert one.text.index("- Budget: 3") < one.text.index("- Budget appendix 1: 4")
        assert left_out in one.text
    page = fromstring(visit("northfirth.rep").get(f"/meetings/{meeting_id}").text)
    facts = {one.xpath("string(dt)"): one.xpath("string(dd)").strip() for one in page.xpath("//dl/div")}
    assert (facts["Papers"], facts["Pages"]) == ("2", "7")
    assert left_out in " ".join(page.text_content().split())
    with app.app_context():
        assert packs_queries.whole(meeting_id).amount.what == "the agenda and 2 papers"


def test_of_two_versions_in_one_email_only_the_newer_is_named_and_counted(
    app: Flask, visit: Any, meeting_id: Any, at: Any
) -> None:
    with_agenda(app, visit, meeting_id, {"1 Budget.pdf": 3})
    with app.app_context():
        for name, pages in (("1 Budget v2.pdf", 5), ("1 Budget v3.pdf", 6)):
            publish(meeting_by_id(meeting_id), {name: pages})
    announced(app, meeting_id, at)
    at(NOW + timedelta(minutes=20))
    with app.app_context():
        do_what_is_due()
        found = select(Email).where(Email.meeting_id == meeting_id, Email.template == "papers-announced")
        found = across_boards(found.order_by(Email.asked_at.desc(), Email.id), CrossBoardReason.CLOCK)
        newest = words_of(next(iter(db.session.scalars(found))))
    assert newest.subject.startswith("1 new version, ")
    assert "6 pages, about" in newest.text
    assert newest.text.count("- Budget") == 1


def test_whoever_cannot_read_restricted_papers_is_told_that_they_are_not_counted(
    visit: Any, things: dict[str, Any]
) -> None:
    path, said = f"/meetings/{things['meeting_id']}", "Not counted: papers of restricted items."
    assert said in text_of(visit("northfirth.admin").get(path))
    assert "Not counted" not in text_of(visit("northfirth.rep").get(path))
