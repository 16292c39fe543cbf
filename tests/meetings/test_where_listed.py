"""Where a meeting is stands beside its hour in the list of meetings."""

from __future__ import annotations

from typing import Any

import pytest
from lxml.html import fromstring

from tests.meetings.test_pages import NEW, form


@pytest.mark.parametrize(
    ("place", "link", "said"),
    [
        ("New Hall", "", "2pm, New Hall"),
        ("New Hall", "https://meet.test/x", "2pm, New Hall"),
        ("", "https://meet.test/x", "2pm, online"),
        ("", "", "2pm"),
    ],
)
def test_where_a_meeting_is_stands_in_the_list_also_online(
    visit: Any, things: dict[str, Any], place: str, link: str, said: str
) -> None:
    clerk = visit("northfirth.clerk")
    clerk.post(NEW, form(things, place=place, link=link))
    rep = visit("northfirth.rep")
    page = fromstring(rep.get("/boards/northfirth/meetings").text)
    [listed] = [one for one in page.iter("li") if "3 June" in words(one)]
    assert words(listed).split("2026")[1].removeprefix(" at 2pm").strip().startswith(said)
    assert ("online" in words(listed)) == (not place and bool(link))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())
