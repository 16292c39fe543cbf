"""What a clerk is told to look at: every reason, beside the file and once more before publishing, until they look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import HtmlElement, fromstring

from portal.core import clock
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import add_item
from portal.meetings.models import AgendaItem
from portal.papers.destination import Destination, Kind, of_item
from portal.papers.models import PaperVersion
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.checks import checks_of, private_mark
from portal.papers.preparing.rules import never_has_a_paper
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.test_pages import send
from tests.papers.test_sorting_table import as_if_checked, as_shown, publish, rows, save, table
from tests.visitor import hidden_boxes, text_of

ITEMS = ("Welcome", "Budget monitoring", "Carers Strategy", "Update from the chair", "Short breaks (private)")
GUESSED = "Check that this place is right"


@pytest.fixture
def meeting_id(app: Flask, things: dict[str, Any]) -> Any:
    """A coming meeting with five items, the fourth of which is spoken."""
    with app.app_context(), unit_of_work():
        meeting = meeting_queries.meeting_by_id(things["coming_id"])
        for number, title in enumerate(ITEMS, start=1):
            add_item(meeting, number=str(number), title=title, is_verbal=number == 4)
    return things["coming_id"]


def uploaded(app: Flask, clerk: Any, meeting_id: Any, *names: str) -> None:
    send(clerk, meeting_id, *[(name, made_paper(f"{n} {name}", 1)) for n, name in enumerate(names)])
    as_if_checked(app, meeting_id)


def before_publishing(clerk: Any, meeting_id: Any) -> HtmlElement:
    return fromstring(clerk.get(f"/meetings/{meeting_id}/publish").text)


def said(page: HtmlElement) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath("//*[@class='portal-sorting__why']")]


def test_every_reason_is_shown_and_the_same_file_hides_no_other(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk, same = visit("northfirth.clerk"), made_paper("Budget", 1)
    send(clerk, meeting_id, ("2 Budget.pdf", same), ("Item 3 Budget monitoring PRIVATE.pdf", same))
    as_if_checked(app, meeting_id)
    reasons = [
        "Unsure The number and the words fit different items",
        "Check It is the same file as “2 Budget.pdf”",
        "Check Its name says “private”, but Item 2 is open to everyone in the group: mark the item as restricted, "
        "or choose another",
    ]
    found = said(table(clerk, meeting_id))
    assert [one.replace("Item 3", "Item 2") for one in found] == reasons
    save(clerk, meeting_id)
    page = " ".join(said(before_publishing(clerk, meeting_id)))
    assert "It is the same file as “2 Budget.pdf”" in page
    assert "Its name says “private”" in page


def test_a_guess_stays_named_until_a_clerk_ticks_it(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "2 Budget.pdf", "Carers update.pdf")
    save(clerk, meeting_id)
    assert said(before_publishing(clerk, meeting_id))[0] == f"Unsure {GUESSED}. The words fit this item only in part"
    again = table(clerk, meeting_id)
    assert rows(again)["Carers update.pdf"]["group"] == "Check these"
    assert rows(again)["2 Budget.pdf"]["group"] == "Matched"
    save(clerk, meeting_id)
    assert GUESSED in str(said(before_publishing(clerk, meeting_id))), "saving is not looking"
    [tick] = again.xpath("//input[contains(@name, '-right')]/@name")
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**as_shown(again), tick: "y"})
    assert said(before_publishing(clerk, meeting_id)) == []
    assert rows(table(clerk, meeting_id))["Carers update.pdf"]["group"] == "Matched"


def test_a_guess_is_published_only_once_a_clerk_says_that_it_was_checked(
    app: Flask, visit: Any, meeting_id: Any
) -> None:
    clerk, publish = visit("northfirth.clerk"), f"/meetings/{meeting_id}/publish"
    uploaded(app, clerk, meeting_id, "Carers update.pdf")
    save(clerk, meeting_id)
    page = clerk.get(publish)
    assert "I have checked the place marked Unsure" in text_of(page)
    sent = hidden_boxes(page)
    assert "Tick the box once the places marked Unsure are right" in text_of(clerk.post(publish, sent))
    assert "Carers update" not in text_of(visit("northfirth.rep").get(f"/meetings/{meeting_id}"))
    assert clerk.post(publish, {**sent, "looked": "y"}).status_code == 302
    assert "Carers update" in text_of(visit("northfirth.rep").get(f"/meetings/{meeting_id}"))


def test_a_guess_that_a_clerk_changed_is_none_any_more(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "Carers update.pdf")
    save(clerk, meeting_id)
    with app.app_context():
        budget = next(one for one in meeting_queries.items(meeting_id) if one.title == "Budget monitoring")
    save(clerk, meeting_id, Carers=str(of_item(budget.id)))
    assert said(before_publishing(clerk, meeting_id)) == []


def test_a_file_at_a_spoken_item_or_a_private_one_that_all_can_read_is_named_on_both_pages(
    app: Flask, visit: Any, meeting_id: Any
) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "4 Update from the chair.pdf", "5 Short breaks.pdf")
    spoken = "Item 4 is marked “Verbal item (no paper)”: change the item if it has a paper after all, or choose another"
    private = (
        "Item 5 is called “private”, but is open to everyone in the group: mark it as restricted, or change its title"
    )
    assert said(table(clerk, meeting_id)) == [f"Check {spoken}", f"Check {private}"]
    save(clerk, meeting_id)
    page = before_publishing(clerk, meeting_id)
    assert [one for one in said(page) if one.startswith("Check")] == [f"Check {spoken}", f"Check {private}"]
    assert len(page.xpath("//main//a[starts-with(normalize-space(), 'Change the item')]")) == 2


def version(name: str) -> PaperVersion:
    return PaperVersion(id=UUID(int=1), file_name=name)


@pytest.mark.parametrize(
    ("name", "title", "is_said"),
    [
        ("7 Winter PRIVATE.pdf", "Winter", True),
        ("7_Winter_confidential.pdf", "Winter", True),
        ("7 Winter - Exempt, Schedule 7A.pdf", "Winter", True),
        ("7 Winter Sch 7A para 6.pdf", "Winter", True),
        ("7 Winter restricted.pdf", "Winter", True),
        ("7 Private care homes.pdf", "Private care homes", False),
        ("7 EXEMPT Private care homes.pdf", "Private care homes", True),
        ("7 Winter.pdf", "Winter", False),
    ],
)
def test_a_name_that_says_private_at_an_open_item_is_said(name: str, title: str, is_said: bool) -> None:
    item, file = (
        AgendaItem(id=UUID(int=7), number="7", title=title, is_verbal=False, is_restricted=False),
        version(name),
    )
    assert bool(checks_of(file, of_item(item.id), item, file)) is is_said
    item.is_restricted = True
    assert checks_of(file, of_item(item.id), item, file) == ()


def test_an_agenda_whose_name_says_exempt_is_said() -> None:
    file = version("EXEMPT agenda.pdf")
    [words] = checks_of(file, Destination(Kind.AGENDA), None, file)
    assert (
        words
        == "Its name says “exempt”, but everyone in the group can read the agenda: check that nothing in it is private"
    )


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Short breaks (private)", "private"),
        ("Short breaks [Exempt: paragraph 6]", "Exempt: paragraph 6"),
        ("EXEMPT: short breaks", "EXEMPT"),
        ("Short breaks – Confidential", "Confidential"),
        ("Private care homes", ""),
        ("Care homes (independent)", ""),
    ],
)
def test_a_title_is_marked_as_private_by_brackets_or_at_an_end(title: str, mark: str) -> None:
    assert private_mark(title) == mark


def test_uploading_more_saves_what_was_changed_first(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "2 Budget.pdf")
    page = table(clerk, meeting_id)
    [button] = page.xpath("//button[normalize-space()='Save and upload more files']")
    form = as_shown(page)
    [title] = [name for name in form if name.endswith("-title")]
    typed = {**form, title: "Our money", button.get("name"): button.get("value")}
    answer = clerk.post(f"/meetings/{meeting_id}/papers/sort", typed)
    assert (button.get("form"), answer.headers["Location"]) == ("sort", f"/meetings/{meeting_id}/papers/upload")
    assert rows(table(clerk, meeting_id))["2 Budget.pdf"]["title"] == "Our money"


def test_what_a_clerk_keeps_back_stays_back_whatever_else_is_saved(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{meeting_id}/papers/sort"
    uploaded(app, clerk, meeting_id, "2 Budget monitoring.pdf", "3 Carers Strategy.pdf", "holiday.pdf")
    form = as_shown(table(clerk, meeting_id))
    [place] = [
        name for name, value in form.items() if name.endswith("-place") and value == str(item(app, meeting_id, 2))
    ]
    clerk.post(address, {**form, place: ""})
    page = table(clerk, meeting_id)
    assert rows(page)["2 Budget monitoring.pdf"]["place"] == "Do not publish yet"
    assert "Kept back: 1 file" in text_of(clerk.get(address))
    clerk.post(address, as_shown(page))
    left = text_of(clerk.get(f"/meetings/{meeting_id}/publish"))
    assert "2 Budget monitoring.pdf will not be published: you chose “Do not publish yet”" in left
    assert "holiday.pdf is not matched yet" in left, "nobody said anything about that one"
    assert "1 file to match" in text_of(clerk.get(f"/meetings/{meeting_id}"))
    clerk.post(address, {**as_shown(table(clerk, meeting_id)), place: form[place]})
    assert "Kept back" not in text_of(clerk.get(address)), "until they say what it is"


def item(app: Flask, meeting_id: Any, number: int) -> Destination:
    with app.app_context():
        return of_item(meeting_queries.items(meeting_id)[number - 1].id)


def test_a_clerk_opens_a_file_before_it_is_published_from_both_pages(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "2 Budget v2.pdf")
    page = table(clerk, meeting_id)
    save(clerk, meeting_id)
    for shown in (page, before_publishing(clerk, meeting_id)):
        [link] = shown.xpath("//main//a[normalize-space()='2 Budget v2.pdf']/@href")
        opened = clerk.get(link)
        assert opened.data.startswith(b"%PDF")
        assert opened.headers["Content-Disposition"].startswith("inline")
        assert visit("northfirth.rep").get(link).status_code == 404


def test_items_that_never_have_a_paper_are_not_counted_and_an_appendix_alone_is_named(
    app: Flask, visit: Any, meeting_id: Any
) -> None:
    clerk = visit("northfirth.clerk")
    with app.app_context(), unit_of_work():
        meeting = meeting_queries.meeting_by_id(meeting_id)
        for title in ("Apologies for absence", "Declarations of Interest", "AOCB", "Date and time of next meeting"):
            add_item(meeting, title=title)
        add_item(meeting, number="20", title="Welcome pack for carers")
    uploaded(app, clerk, meeting_id, "3 Carers Strategy Appendix B.pdf")
    save(clerk, meeting_id)
    page = " ".join(before_publishing(clerk, meeting_id).text_content().split())
    missing = "2 Budget monitoring; 5 Short breaks (private); 20 Welcome pack for carers."
    assert f"After this, 3 items still have no paper: {missing}" in page
    assert "1 item has only an appendix: 3 Carers Strategy." in page
    publish(clerk, meeting_id)
    page = " ".join(before_publishing(clerk, meeting_id).text_content().split())
    assert "1 item has only an appendix: 3 Carers Strategy." in page
    with app.app_context():
        assert len(preparing_queries.missing_items([meeting_id])[meeting_id]) == 3
        clock.use(lambda: NOW - timedelta(minutes=1))
        assert len(preparing_queries.missing_items([meeting_id])[meeting_id]) == 4, "as it was before they came"


@pytest.mark.parametrize(
    ("title", "never"),
    [
        ("Welcome and Apologies", True),
        ("Declarations of Members’ Interests", True),
        ("Any Other Competent Business", True),
        ("Date of the next meeting", True),
        ("Welcome pack for carers", False),
        ("Closure of the day centre", False),
        ("Register of interests", False),
        ("Minute of the last meeting", False),
    ],
)
def test_standing_words_make_plain_that_an_item_never_has_a_paper(title: str, never: bool) -> None:
    assert never_has_a_paper(title) is never


def test_splitting_is_offered_apart_and_for_long_files_alone(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, meeting_id, "2 Budget.pdf", "All papers.pdf")
    with app.app_context(), unit_of_work():
        long = next(one for one in preparing_queries.unpublished(meeting_id) if one.file_name == "All papers.pdf")
        long.pages, long.is_tagged = 9, True
        path = f"/meetings/{meeting_id}/papers/{long.id}/split"
    page = table(clerk, meeting_id)
    [link] = page.xpath("//button[starts-with(normalize-space(), 'Split it into papers')]")
    typed = {f"files-{long.id}-title": "What was typed", f"files-{long.id}-place": "agenda", "then": link.get("value")}
    answer = clerk.post(f"/meetings/{meeting_id}/papers/sort", typed)
    assert answer.location == path
    assert "What was typed" in clerk.get(f"/meetings/{meeting_id}/papers/sort").text, "it was saved first"
    assert " ".join(link.getparent().text_content().split()).startswith("Several papers in one file?")
    shown = clerk.get(path)
    assert fromstring(shown.text).xpath("//main//a[normalize-space()='All papers.pdf']")
    assert "upload the whole file again" in text_of(shown)
    assert "save each paper as a tagged PDF" in text_of(shown)


def test_without_an_agenda_that_is_what_is_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    uploaded(app, clerk, things["coming_id"], "7 Winter plan.pdf")
    why = rows(table(clerk, things["coming_id"]))["7 Winter plan.pdf"]["why"]
    assert why == "Not matched There is no agenda yet. Add its items, and we’ll match this file to them"
