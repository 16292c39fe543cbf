"""Who came, as a picture beside the list that names them."""

from __future__ import annotations

from typing import Any

from portal.check_in.charts import of_attendance
from portal.check_in.rules import ABSENT, APOLOGIES, CAME, CAME_ONLINE


def rows(*found: str | None) -> list[tuple[str, str]]:
    drawn: Any = of_attendance(found)
    return [(row.name, row.said) for row in drawn.rows]


def test_each_way_to_attend_is_counted() -> None:
    assert rows(CAME, CAME, CAME_ONLINE, APOLOGIES, ABSENT) == [
        ("Came", "2"),
        ("Came online", "1"),
        ("Sent apologies", "1"),
        ("Absent", "1"),
    ]


def test_what_is_not_recorded_is_hatched_and_never_counted_as_absent() -> None:
    drawn = of_attendance([CAME, None])
    assert drawn
    assert [(row.name, bool(row.missing)) for row in drawn.rows] == [("Came", False), ("Not recorded yet", True)]


def test_the_sentence_counts_who_came_in_either_way() -> None:
    drawn = of_attendance([CAME, CAME_ONLINE, APOLOGIES])
    assert drawn
    assert drawn.sentence == "2 of 3 carer reps came, or someone came for them."


def test_while_nothing_is_recorded_there_is_no_picture() -> None:
    assert of_attendance([None, None]) is None
