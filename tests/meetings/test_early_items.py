"""An item that is timed before its meeting starts is asked about, and what may be meant is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from portal.meetings.agendas.early import early_words
from tests.meetings.test_agendas import add, boxes, items_of, paste_page
from tests.visitor import text_of

AT_TEN, AT_TWO = datetime(2026, 3, 13, 10, tzinfo=UTC), datetime(2026, 7, 13, 13, tzinfo=UTC)  # 2pm in summer
ASKS = "Do you mean 10am? The meeting starts at 10am"


@pytest.mark.parametrize(
    ("timing", "starts_at", "meant"),
    [
        *(("9am", AT_TEN, "10am"), ("9:30am to 10am", AT_TEN, "10am"), ("08:45", AT_TEN, "10am")),
        *(("2:15am", AT_TWO, "2:15pm"), ("10am (5 mins)", AT_TWO, "2pm"), ("noon", AT_TWO, "2pm")),
        *(("10am", AT_TEN, ""), ("10:15am", AT_TEN, ""), ("2.15", AT_TWO, ""), ("14:15", AT_TWO, "")),
        *(("10 minutes", AT_TWO, ""), ("5 mins", AT_TWO, ""), ("", AT_TWO, ""), ("after lunch", AT_TWO, "")),
        *(("1 hour", AT_TWO, ""), ("12pm", AT_TEN, ""), ("noon", AT_TEN, ""), ("9", AT_TEN, "")),
    ],
)
def test_a_time_before_the_start_is_known(timing: str, starts_at: datetime, meant: str) -> None:
    said = early_words(timing, starts_at)
    assert said.partition("?")[0] == (f"Do you mean {meant}" if meant else "")


def test_it_is_asked_once_and_may_be_right(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    path, typed = f"/meetings/{coming}/items/new", {"title": "Tea", "timing": "9am", "purpose": ""}
    assert "timing_is_right" not in clerk.get(path).text
    answer = clerk.post(path, typed)
    assert f"{ASKS}. If 9am is right, tick the box below" in text_of(answer)
    assert "timing_is_right" in answer.text
    assert items_of(app, coming) == []
    assert clerk.post(path, {**typed, "timing_is_right": "y"}).status_code == 302
    [tea] = items_of(app, coming)
    change = f"/items/{tea.id}/change"
    assert clerk.post(change, {**typed, "title": "Coffee"}).status_code == 302, "it was said to be right"
    assert ASKS in text_of(clerk.post(change, {**typed, "timing": "8am"}))


def test_of_a_pasted_list_it_is_said_beside_the_item(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="First")
    shown = clerk.post(paste_page(coming), {"pasted": "2. 9.15am Budget\n3. 10.15am Risks"})
    assert text_of(shown).count(ASKS) == 1
    assert clerk.post(f"{paste_page(coming)}/check", boxes(shown)).status_code == 302
