"""Whoever reads who came, and cannot record it, is told who does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import NOW, Cast
from tests.visitor import text_of


def test_an_officer_reads_who_records_attendance(visit: Any, cast: Cast, at: Any) -> None:
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/coming"
    says = "Attendance is not recorded for everyone yet. The clerk records it: Bo Both and CANARYNORTH Clerk"
    assert says not in text_of(visit("northfirth.officer").get(path)), "nothing can be recorded yet"
    at(NOW + timedelta(days=60))
    assert says in text_of(visit("northfirth.officer").get(path))
    clerk = text_of(visit("northfirth.clerk").get(path))
    assert "The clerk records it" not in clerk
    assert "Record attendance" in clerk
