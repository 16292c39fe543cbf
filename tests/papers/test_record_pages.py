"""The pages and sheets of “Are papers on time?”, of one board and of all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import NOW
from tests.visitor import text_of


def test_the_record_page_and_its_csv(visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=12))
    rep = visit("northfirth.rep")
    page = rep.get("/boards/northfirth/notice")
    assert "2 of 2 papers met the target of 7 days: 100%" in text_of(page)
    assert "Cancelled meetings, verbal items, and meetings added after their day are left out" in page.text
    csv = rep.get("/boards/northfirth/notice.csv")
    assert csv.mimetype == "text/csv"
    assert "CANARYNORTH Main Group,2026-03-13,2026-03-13,2,2,0,10,7," in csv.text
    papers = rep.get("/boards/northfirth/notice-by-paper.csv").text
    assert "CANARYNORTH Main Group,2026-03-13,Budget,2026-03-03,10,yes" in papers
    assert "Contract" not in papers  # restricted
