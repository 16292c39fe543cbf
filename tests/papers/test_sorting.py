"""Saying what each file is: nothing that a clerk typed is lost, whatever they do next."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.meetings import queries as meeting_queries
from portal.papers.destination import NOTHING_YET
from portal.papers.preparing import queries as preparing_queries
from tests.cast import Cast
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of


def test_a_title_that_is_too_long_loses_nothing(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """What was chosen of the other file stays too, nothing is sorted, and the page does not show itself again."""
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/papers/sort"
    send(clerk, things["coming_id"], ("A.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    (long, *_), (other, *_) = waiting(app, things["coming_id"])
    form = {f"files-{long}-title": "x" * 301, f"files-{long}-place": "agenda", f"files-{long}-appendix": "y"}
    form |= {f"files-{other}-title": "Typed with care", f"files-{other}-place": "agenda"}
    assert "data-checks" in clerk.get(path).text
    answer = clerk.post(path, form)
    assert "A.pdf: title must be 300 characters or fewer" in text_of(answer)
    assert "data-checks" not in answer.text
    page = fromstring(answer.text)
    shown = {name: page.xpath(f"//*[@name='{name}']")[0].value for name in form}
    assert shown == form
    assert page.get_element_by_id(f"files-{other}-appendix").get("checked") is None
    with app.app_context():
        assert not any(one.is_sorted for one in preparing_queries.unpublished(things["coming_id"]))


def test_places_and_files_of_others_are_ignored(app: Flask, visit: Any, cast: Cast) -> None:
    things, clerk = cast.northfirth.things, visit("northfirth.clerk")
    send(clerk, things["coming_id"], ("A.pdf", made_paper("A", 1)))
    send(clerk, things["meeting_id"], ("B.pdf", made_paper("B", 1)))
    (mine, *_), (other, *_) = (waiting(app, things[name])[0] for name in ("coming_id", "meeting_id"))
    form = {f"files-{mine}-place": f"item:{cast.southmoor.things['item_id']}", f"files-{mine}-title": "Mine"}
    form |= {f"files-{other}-place": "agenda", f"files-{other}-title": "Not mine"}
    assert clerk.post(f"/meetings/{things['coming_id']}/papers/sort", form).status_code == 302
    with app.app_context():
        [one] = preparing_queries.unpublished(things["coming_id"])
        assert (one.paper.title, one.paper.item_id, one.is_sorted) == ("Mine", None, False)
        [one] = preparing_queries.unpublished(things["meeting_id"])
        assert (one.paper.title, one.is_sorted) == ("B", False)


def test_removing_one_file_keeps_what_was_typed_of_the_others(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("A.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    (gone, *_), (other, *_) = waiting(app, meeting_id)
    remove, path = f"/meetings/{meeting_id}/papers/{gone}/remove", f"/meetings/{meeting_id}/papers/sort"
    page = fromstring(clerk.get(path).text)
    assert [one.get("form") for one in page.xpath(f"//button[@name='then'][@value='{gone}']")] == ["sort"]
    typed = {f"files-{other}-title": "Typed with care", f"files-{other}-place": "agenda", "then": str(gone)}
    too_long = clerk.post(path, {**typed, f"files-{gone}-title": "x" * 301})
    assert "A.pdf: title must be 300 characters or fewer" in text_of(too_long)
    assert "Typed with care" in too_long.text
    assert len(waiting(app, meeting_id)) == 2
    asks = clerk.post(path, typed).headers["Location"]
    assert asks == remove
    assert "Do you want to remove A.pdf?" in text_of(clerk.get(asks))
    assert len(waiting(app, meeting_id)) == 2, "nothing is gone before somebody says so"
    assert clerk.post(asks).status_code == 302
    with app.app_context():
        [left] = preparing_queries.unpublished(meeting_id)
        assert (left.id, left.paper.title, left.is_sorted) == (other, "Typed with care", True)


def test_removing_a_file_without_the_form_says_nothing_of_the_others(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("A.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    (gone, *_), (other, *_) = waiting(app, meeting_id)
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {f"files-{other}-place": "agenda"})
    assert clerk.post(f"/meetings/{meeting_id}/papers/{gone}/remove").status_code == 302
    with app.app_context():
        [left] = preparing_queries.unpublished(meeting_id)
        assert (left.id, left.is_sorted) == (other, True)


def test_a_title_that_was_emptied_is_asked_for_and_none_is_put_in(app: Flask, visit: Any, things: Any) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/papers/sort"
    send(clerk, things["meeting_id"], ("A.pdf", made_paper("A", 1)))
    [(mine, *_)] = waiting(app, things["meeting_id"])
    answer = clerk.post(path, {f"files-{mine}-title": " ", f"files-{mine}-place": "agenda"})
    assert "A.pdf: enter the title that readers will see" in text_of(answer)
    assert fromstring(answer.text).get_element_by_id(f"files-{mine}-title").value.strip() == ""
    with app.app_context():
        [one] = preparing_queries.unpublished(things["meeting_id"])
        assert (one.paper.title, one.is_sorted) == ("A", False)
        paper_id = preparing_queries.places_of_papers(things["meeting_id"])[0].id
    as_version = {f"files-{mine}-title": "", f"files-{mine}-place": f"version:{paper_id}"}
    assert clerk.post(path, as_version).status_code == 302, "a new version has the title of its paper"


@pytest.mark.parametrize("place", ["version:not-a-uuid", "version:1", "item:" + "9" * 400, "item", "nowhere:1"])
def test_a_place_that_no_page_offers_is_not_chosen(app: Flask, visit: Any, things: Any, place: str) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/papers/sort"
    send(clerk, things["meeting_id"], ("A.pdf", made_paper("A", 1)))
    [(mine, *_)] = waiting(app, things["meeting_id"])
    form = {f"files-{mine}-title": "A", f"files-{mine}-shown": place, f"files-{mine}-appendix": "y"}
    assert clerk.post(path, {**form, f"files-{mine}-place": place}).status_code == 302
    with app.app_context():
        [one] = preparing_queries.unpublished(things["meeting_id"])
        assert one.place == NOTHING_YET


def test_before_publishing_each_paper_has_its_item_and_says_if_it_is_an_appendix(
    app: Flask, visit: Any, things: Any
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "", "purpose": "decision"})
    send(clerk, meeting_id, ("A.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    check_files(app)
    (first, *_), (second, *_) = waiting(app, meeting_id)
    with app.app_context():
        item = meeting_queries.items(meeting_id)[0]
    form = {f"files-{one}-place": f"item:{item.id}" for one in (first, second)}
    form |= {f"files-{first}-title": "Figures", f"files-{second}-title": "Table", f"files-{second}-appendix": "y"}
    clerk.post(f"/meetings/{meeting_id}/papers/sort", form)
    rows = fromstring(clerk.get(f"/meetings/{meeting_id}/publish").text).xpath("//main//tbody/tr")
    said = [" ".join(row.text_content().split()) for row in rows]
    assert said == [
        f"{item.number} {item.title} Figures A.pdf 1 40 days before",
        f"{item.number} {item.title} Table Appendix B.pdf 1 40 days before",
    ]
