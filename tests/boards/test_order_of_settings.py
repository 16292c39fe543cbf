"""The settings of a board stand in the order of what they are about: meetings, whom to ask, personal data."""

from __future__ import annotations

from typing import Any

from tests.visitor import text_of

ORDER = (
    "Remind us of papers due",
    "when reps are asked if they’re coming",
    "Who can people ask?",
    "Who looks after complaints?",
    "Web page about complaints",
    "Who is responsible for personal data?",
    "Link to your board’s privacy notice",
    "Days until a file withdrawn for personal data is destroyed",
)


def test_what_belongs_together_stands_together(visit: Any) -> None:
    page = text_of(visit("northfirth.admin").get("/boards/northfirth/settings"))
    places = [page.index(words) for words in ORDER]
    assert places == sorted(places)
