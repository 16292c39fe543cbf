"""The notice of every board on one page: for the coordinator with a total, for an officer their own board's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import NOW
from tests.visitor import text_of


def test_every_boards_notice_is_on_one_page_with_its_total_and_as_a_file(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=31))
    coordinator = visit("coordinator")
    page = text_of(coordinator.get("/notice"))
    for board in ("Northfirth", "Southmoor", "All boards"):
        assert board in page
    for words in ("Papers never published", "Papers replaced late", "Papers of every meeting from"):
        assert words in page
    sheet = coordinator.client.get("/notice.csv").data.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in sheet] == ["board", "Northfirth", "Southmoor", "All boards"]
    counts = [[int(n) for n in line.split(",")[2:4]] for line in sheet[1:]]
    assert [a + b for a, b in zip(counts[0], counts[1], strict=True)] == counts[2]
    own = visit("northfirth.officer").client.get("/notice.csv").text
    assert "Southmoor" not in own
    assert "All boards" not in own
