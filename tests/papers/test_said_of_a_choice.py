"""What the page that matches files says once something else was chosen there, or a file of it is gone."""

from __future__ import annotations

from typing import Any

from lxml.html import fromstring

from tests.papers.test_sorting_table import as_shown, meeting_id, rows, table, upload
from tests.visitor import text_of

__all__ = ["meeting_id"]  # a fixture


def test_after_a_mistake_no_note_speaks_of_the_place_that_was_proposed(visit: Any, meeting_id: Any) -> None:
    clerk, where = visit("northfirth.clerk"), f"/meetings/{meeting_id}/papers/sort"
    upload(clerk, meeting_id, "2 Winter plan.pdf", "3 Carers Strategy.pdf")
    page = table(clerk, meeting_id)
    assert rows(page)["2 Winter plan.pdf"]["why"], "its number and its words are apart"
    form = as_shown(page)
    other = page.xpath("//tr[contains(th, 'Carers')]//select")[0].value
    [box] = page.xpath("//tr[contains(th, 'Winter')]//select")
    [title] = page.xpath("//tr[contains(th, 'Carers')]//textarea")
    again = clerk.post(where, {**form, box.get("name"): other, title.get("name"): ""})
    assert again.status_code == 200
    said = rows(fromstring(again.text))["2 Winter plan.pdf"]
    assert (said["place"], said["why"]) == ("3 Carers Strategy", "")


def test_a_file_that_is_gone_meanwhile_is_said(visit: Any, meeting_id: Any) -> None:
    clerk, where = visit("northfirth.clerk"), f"/meetings/{meeting_id}/papers/sort"
    upload(clerk, meeting_id, "2 Budget.pdf", "3 Carers Strategy.pdf")
    form = {name: value for name, value in as_shown(table(clerk, meeting_id)).items() if "restricted" not in name}
    [gone] = table(clerk, meeting_id).xpath(
        "//tr[contains(th, 'Budget')]//button[starts-with(normalize-space(), 'Remove')]"
    )
    asked = clerk.post(where, {**form, "then": gone.get("value")}, follow_redirects=True)
    address = fromstring(asked.text).xpath("//main//form/@action")
    clerk.post(address[0] if address else asked.request.path, follow_redirects=True)
    said = text_of(clerk.post(where, form, follow_redirects=True))
    assert "1 file of this page was removed or published after you opened it." in said
    assert "removed or published" not in text_of(
        clerk.post(where, as_shown(table(clerk, meeting_id)), follow_redirects=True)
    )
