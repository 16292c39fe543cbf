"""Of an item that never has a paper the meeting page does not say that none is there yet."""

from __future__ import annotations

from typing import Any

from lxml.html import fromstring

from tests.visitor import text_of


def test_what_is_counted_as_missing_is_what_the_agenda_says(visit: Any, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}"
    before = text_of(clerk.get(path)).count("No paper yet")
    for title in ("Declarations of interest", "Budget for carers", "Any other business"):
        clerk.post(f"{path}/items/new", {"title": title, "number": "", "purpose": "noting"})
    page = clerk.get(path)
    assert text_of(page).count("No paper yet") == before + 1
    [said] = [one for one in fromstring(page.text).xpath("//main//*/text()") if "no published paper" in one]
    assert f"{before + 1} item" in said
