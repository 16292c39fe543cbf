"""From an agenda to published papers in four steps, with few clicks, and in the agenda's order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import HtmlElement, fromstring

from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import add_item
from portal.meetings.models import AgendaItem
from portal.papers.models import Paper, PaperVersion
from portal.papers.preparing.plan import in_agenda_order
from portal.papers.preparing.steps import Step, steps
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.test_matching import agendas
from tests.papers.test_pages import send
from tests.papers.test_sorting_table import as_if_checked, as_shown, table
from tests.visitor import text_of

TWELVE = (
    *("Agenda.pdf", "3 Draft Minutes 18 Sept.pdf", "04 Action Log.pdf", "05 Chief Officers Report.pdf"),
    *("Item 6 - Budget Monitoring.pdf", "6(a) Budget recovery plan FINAL.pdf", "Appendix 1 to Item 6.pdf"),
    *("7 - 10 Year Strategic Commissioning Plan.pdf", "08 Perf Report Q2.pdf", "Risk Register.pdf"),
    *("Item 13 EXEMPT short breaks.pdf", "Cover letter.pdf"),
)
CHOOSING = 1  # the files, in the window of the browser's own


@pytest.fixture
def meeting_id(app: Flask, things: dict[str, Any]) -> Any:
    with app.app_context(), unit_of_work():
        meeting = meeting_queries.meeting_by_id(things["coming_id"])
        for item in agendas()["A"]:
            is_closed = item.number == "13"
            paragraphs = ["8"] if is_closed else []
            add_item(meeting, number=item.number, title=item.title, is_restricted=is_closed, paragraphs=paragraphs)
    return things["coming_id"]


class Clicks:
    """A clerk who follows what is on the page, and counts."""

    def __init__(self, clerk: Any, path: str) -> None:
        self.clerk, self.path, self.count = clerk, path, 0

    @property
    def page(self) -> HtmlElement:
        return fromstring(self.clerk.get(self.path).text)

    def follow(self, words: str) -> None:
        [link] = self.page.xpath(f"//main//a[normalize-space()='{words}']/@href")
        self.path, self.count = link, self.count + 1

    def press(self, words: str, data: dict[str, Any], **more: Any) -> None:
        assert self.page.xpath(f"//main//button[normalize-space()='{words}']")
        answer = self.clerk.post(self.path, data, **more)
        self.path, self.count = answer.headers["Location"], self.count + 1


def test_twelve_files_are_matched_checked_and_published_in_five_clicks(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    at = Clicks(clerk, f"/meetings/{meeting_id}")
    at.follow("Upload papers")
    assert at.page.xpath("//input[@type='file'][@multiple]")
    answer = send(clerk, meeting_id, *[(name, made_paper(name, 1)) for name in TWELVE])
    at.path, at.count = answer.headers["Location"], at.count + CHOOSING + 1
    as_if_checked(app, meeting_id)
    at.press("Save and continue", as_shown(at.page))
    at.press("Publish now", {one: at.page.xpath(f"//input[@name='{one}']/@value")[0] for one in ("version", "shown")})
    assert at.count == 5
    rep = fromstring(visit("northfirth.rep").get(f"/meetings/{meeting_id}").text)
    assert len(rep.xpath("//ul[@class='portal-papers']/li")) == 11, "the letter is no paper of an item"


def test_before_publishing_papers_stand_in_the_order_of_the_agenda(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    names = ("Risk Register.pdf", "Appendix 1 to Item 6.pdf", "Item 13 EXEMPT short breaks.pdf", "logo.pdf")
    files = [*names, "Item 6 - Budget Monitoring.pdf", "Agenda.pdf"]
    send(clerk, meeting_id, *[(name, made_paper(name, 1)) for name in files])
    as_if_checked(app, meeting_id)
    clerk.post(f"/meetings/{meeting_id}/papers/sort", as_shown(table(clerk, meeting_id)))
    page = fromstring(clerk.get(f"/meetings/{meeting_id}/publish").text)
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.xpath("//main//tbody/tr")]
    assert [row[0] for row in rows] == [
        "Agenda",
        "6 Budget monitoring",
        "6 Budget monitoring",
        "10 Risk register",
        "13 Short breaks commissioning (exempt) Restricted",
    ]
    assert ["Appendix" in row[1].split() for row in rows] == [False, False, True, False, False]
    said = " ".join(page.text_content().split())
    assert (
        said.index("logo.pdf is not matched yet")
        < said.index("4 papers, 4 pages. Not counted: the agenda (1 page).")
        < said.index("Who gets an email")
    )


def version(kind: str, item_id: UUID | None) -> PaperVersion:
    return PaperVersion(paper=Paper(kind=kind, item_id=item_id, title=kind))


def test_minutes_and_what_is_for_no_item_stand_last() -> None:
    items = [AgendaItem(id=UUID(int=n)) for n in (2, 1)]
    given = [
        version("minutes", None),
        version("paper", None),
        version("appendix", UUID(int=2)),
        version("paper", UUID(int=1)),
        version("paper", UUID(int=2)),
        version("agenda", None),
    ]
    found = [(one.paper.kind, one.paper.item_id and one.paper.item_id.int) for one in in_agenda_order(given, items)]
    assert found == [("agenda", None), ("paper", 2), ("appendix", 2), ("paper", 1), ("paper", None), ("minutes", None)]


ITEM = AgendaItem(id=UUID(int=1))


def file(is_sorted: bool, status: str = "ready") -> PaperVersion:
    paper = Paper(id=UUID(int=5), kind="paper")
    return PaperVersion(number=1, is_sorted=is_sorted, status=status, paper=paper, paper_id=paper.id)


@pytest.mark.parametrize(
    ("items", "lacking", "waiting", "there_is"),
    [
        ([], 0, [], Step.AGENDA),
        ([ITEM], 1, [], Step.PAPERS),
        ([ITEM], 1, [file(False)], Step.CHECK),
        ([], 0, [file(False)], Step.CHECK),
        ([ITEM], 1, [file(True), file(False)], Step.CHECK),
        ([ITEM], 1, [file(True)], Step.PUBLISH),
        ([ITEM], 0, [], Step.PUBLISH),  # the item itself is new
    ],
)
def test_the_next_of_four_steps(items: Any, lacking: int, waiting: Any, there_is: Step) -> None:
    assert steps(items, lacking, waiting, has_opened=False).next is there_is


def test_a_clerk_sees_the_four_steps_and_readers_do_not(visit: Any, meeting_id: Any) -> None:
    page = fromstring(visit("northfirth.clerk").get(f"/meetings/{meeting_id}").text)
    said = [" ".join(one.text_content().split()) for one in page.xpath("//ol[@class='portal-steps']/li")]
    assert said == [
        "Agenda 16 items Add an item",
        "Papers No files to publish. 12 items have no published paper Upload papers",
        "Check No files to match Match files to items",
        "Publish 16 new agenda items to publish Publish",
    ]
    assert page.xpath("//ol[@class='portal-steps']/li[@aria-current='step']/strong/text()") == ["Papers"]
    for reader in ("northfirth.rep", "northfirth.officer"):
        assert "portal-steps" not in visit(reader).get(f"/meetings/{meeting_id}").text


def test_when_all_is_published_nothing_is_next(visit: Any, things: dict[str, Any]) -> None:
    page = fromstring(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}").text)
    assert "Nothing to publish" in page.xpath("//ol[@class='portal-steps']")[0].text_content()
    assert page.xpath("//li[@aria-current='step']") == []


def test_a_converted_file_is_to_be_looked_at_before_it_is_published() -> None:
    converted = file(True)
    converted.made_from = "word"
    found = steps([ITEM], 1, [converted, file(True)], False)
    assert (found.next, found.check) == (Step.CHECK, "All files are matched, 1 converted file to look at")
    converted.looked_at = NOW
    found = steps([ITEM], 1, [converted], False)
    assert (found.next, found.check) == (Step.PUBLISH, "All files are matched")


@pytest.mark.parametrize(
    ("waiting", "papers", "check"),
    [
        ([], "No files to publish", "No files to match"),
        ([file(False, "refused")], "1 file cannot be used", "1 file cannot be used"),
        (
            [file(False), file(True, "checking"), file(False, "refused"), file(True, "refused")],
            "2 files uploaded, not published. 2 files cannot be used",
            "1 file to match, 2 files cannot be used",
        ),
        ([file(True)], "1 file uploaded, not published", "All files are matched"),
    ],
)
def test_a_step_counts_what_was_taken_and_what_was_refused(waiting: Any, papers: str, check: str) -> None:
    found = steps([ITEM], 0, waiting, has_opened=False)
    assert (found.papers, found.check) == (papers, check)
    assert steps([ITEM], 1, waiting, False).papers == f"{papers}. 1 item has no published paper"


def test_a_file_that_cannot_be_used_is_named_with_what_to_do(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    send(clerk, meeting_id, ("Budget scan.pdf", b""), ("6 Budget.pdf", made_paper("Budget", 1)))
    page = fromstring(clerk.get(f"/meetings/{meeting_id}").text)
    papers, check = page.xpath("//ol[@class='portal-steps']/li")[1:3]
    said = [" ".join(one.text_content().split()) for one in (papers, check)]
    assert "Budget scan.pdf cannot be used. This file is empty. Check that it is the right one." in said[0]
    assert "Budget scan.pdf cannot be used. Remove it" in said[1]
    assert all("6 Budget.pdf" not in one for one in said)
    [again] = papers.xpath(".//a[contains(., 'Upload it again')]/@href")
    [remove] = check.xpath(".//a[contains(., 'Remove it')]/@href")
    assert again.endswith(f"/meetings/{meeting_id}/papers/upload")
    assert "Budget scan.pdf" in text_of(clerk.get(remove))
    assert page.xpath("//ol[@class='portal-steps']/li[@aria-current]/strong/text()") == ["Check"]


def test_of_many_that_cannot_be_used_some_are_named(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    send(clerk, meeting_id, *[(f"Scan {n}.pdf", b"") for n in range(1, 6)])
    step = fromstring(clerk.get(f"/meetings/{meeting_id}").text).xpath("//ol[@class='portal-steps']/li")[1]
    said = " ".join(step.text_content().split())
    assert said.count("cannot be used. This") == 3
    assert "2 other files: see “Match files to items”." in said
