"""Two pages that match the same files: the one that was left open undoes nothing of what the other saved."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.papers.preparing import queries
from tests.papers.test_pages import check_files
from tests.papers.test_sorting_table import as_shown, table, upload, with_four_items
from tests.visitor import text_of


@pytest.fixture
def meeting_id(app: Flask, things: dict[str, Any]) -> Any:
    return with_four_items(app, things)


def saved(app: Flask, meeting: Any) -> dict[str, tuple[str, str]]:
    with app.app_context():
        return {one.file_name: (str(one.place), one.paper.title) for one in queries.unpublished(meeting)}


def boxes(page: Any, word: str) -> tuple[str, str]:
    """The names of the boxes for the place and the title of a file."""
    [place] = page.xpath(f"//tr[contains(th, '{word}')]//select")
    return place.get("name"), place.get("name").replace("-place", "-title")


def test_what_the_other_page_saved_stays(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{meeting_id}/papers/sort"
    upload(clerk, meeting_id, "logo.pdf", "other.pdf")
    check_files(app)
    old = table(clerk, meeting_id)
    (place, title), (other, _) = boxes(old, "logo"), boxes(old, "other")
    item = old.xpath(f"//select[@name='{place}']/option[starts-with(@value, 'item:')]/@value")[0]
    assert clerk.post(path, {**as_shown(old), place: item, title: "Tab two title"}).status_code == 302
    assert saved(app, meeting_id)["logo.pdf"] == (item, "Tab two title")
    assert clerk.post(path, {**as_shown(old), other: "agenda"}).status_code == 302
    assert saved(app, meeting_id)["logo.pdf"] == (item, "Tab two title"), "it was not touched here"
    assert saved(app, meeting_id)["other.pdf"][0] == "agenda"


def test_where_both_changed_it_both_are_said(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{meeting_id}/papers/sort"
    upload(clerk, meeting_id, "logo.pdf", "other.pdf")
    check_files(app)
    old = table(clerk, meeting_id)
    place, title = boxes(old, "logo")
    item = old.xpath(f"//select[@name='{place}']/option[starts-with(@value, 'item:')]/@value")[0]
    assert clerk.post(path, {**as_shown(old), place: item, title: "Tab two title"}).status_code == 302
    asked = clerk.post(path, {**as_shown(old), place: item, title: "Tab one title"})
    assert "This was changed since you opened this page. Now saved:" in text_of(asked)
    assert "“Tab two title”" in text_of(asked)
    assert saved(app, meeting_id)["logo.pdf"] == (item, "Tab two title")
    again = {**as_shown(fromstring(asked.text)), place: item}
    assert again[title] == "Tab one title", "what was typed here is still there"
    assert clerk.post(path, again).status_code == 302
    assert saved(app, meeting_id)["logo.pdf"] == (item, "Tab one title")
