"""Hours as people type them: read to the letter, asked about when two are left, or refused."""

from __future__ import annotations

import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.hours import NotAnHour, as_typed, hour_near, hour_of
from portal.core.said_back import Unsure

PIECES = st.sampled_from(
    (
        *"0123456789",
        "00",
        "12",
        "14",
        "30",
        ":",
        ".",
        " ",
        "am",
        "pm",
        "p.m.",
        "half past ",
        "to ",
        "noon",
        "-",
        "h",
        "２",
    )
)
typed_hours = st.one_of(st.text(max_size=8), st.lists(PIECES, max_size=5).map("".join))


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        *((typed, time(14)) for typed in ("2pm", "2 p.m.", "2 P.M.", "2p.m.", "02pm", "14:00", "1400", "14", "2.00pm")),
        *(
            (typed, time(14))
            for typed in ("1400 hrs", "２ｐｍ", "２：００ｐｍ", "2 o’clock pm", "two pm", "at 2pm", "14pm")
        ),
        *((typed, time(14, 30)) for typed in ("2.30pm", "2:30 p.m.", "230pm", "14.30", "1430", "Half past 2 pm")),
        *((typed, time(14, 30)) for typed in ("half past two in the afternoon", "half 2pm", "2:30 in the afternoon")),
        *((typed, time(12)) for typed in ("noon", "12 noon", "Midday", "12pm", "12:00", "12.00 noon", "1200")),
        *((typed, time(9, 30)) for typed in ("9:30am", "09:30", "0930", "half-past nine in the morning", "9.30 a.m.")),
        *((typed, time(15, 35)) for typed in ("twenty-five to 4 pm", "25 to four pm")),
        *((typed, time(12, 45)) for typed in ("quarter to 1pm", "a quarter to one pm")),
        *(
            ("00:00", time(0)),
            ("0030", time(0, 30)),
            ("2am", time(2)),
            ("10:30", time(10, 30)),
            ("7 in the evening", time(19)),
        ),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed: str, hour: time) -> None:
    assert hour_of(typed) == hour


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("2", "Do you mean 2pm or 2am? We’ve filled in 2pm."),
        ("two", "Do you mean 2pm or 2am? We’ve filled in 2pm."),
        ("2 o’clock", "Do you mean 2pm or 2am? We’ve filled in 2pm."),
        ("2.30", "Do you mean 2:30pm or 2:30am? We’ve filled in 2:30pm."),
        ("half past 2", "Do you mean 2:30pm or 2:30am? We’ve filled in 2:30pm."),
        ("930", "Do you mean 9:30am or 9:30pm? We’ve filled in 9:30am."),
        ("10", "Do you mean 10am or 10pm? We’ve filled in 10am."),
        ("12", "Do you mean noon or midnight? We’ve filled in noon."),
        ("12am", "Do you mean noon or midnight? We’ve filled in noon."),
        ("12:30am", "Do you mean 12:30pm or 00:30? We’ve filled in 12:30pm."),
        ("midnight", "Do you mean midnight as this day begins or midnight as it ends? We’ve filled in 00:00."),
        ("24:00", "Do you mean midnight as it ends or midnight as this day begins? We’ve filled in 23:59."),
    ],
)
def test_an_hour_that_leaves_something_open_is_asked_about(typed: str, asked: str) -> None:
    with pytest.raises(Unsure) as question:
        hour_of(typed)
    assert str(question.value) == asked
    assert question.value.with_button("Save") == f"{asked} If it’s right, select Save. If not, change it first"


def test_what_ends_at_midnight_ends_with_its_day() -> None:
    with pytest.raises(Unsure) as question:
        hour_of("midnight", is_end=True)
    assert question.value.likely == "23:59"
    with pytest.raises(Unsure) as question:
        hour_of("7", is_end=True)
    assert question.value.likely == "7pm"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "25:00",
        "2:60",
        "2:5",
        "14am",
        "0pm",
        "0",
        "2-4pm",
        "-5",
        "1e1",
        "٢pm",
        "2 or 3pm",
        "half past 14",
        "24:30",
    ],
)
def test_what_is_no_hour(typed: str) -> None:
    with pytest.raises(NotAnHour):
        hour_of(typed)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_an_hour_as_it_is_shown_is_read_as_the_same(hour: time) -> None:
    assert hour_of(as_typed(hour)) == hour


@given(typed_hours, st.booleans())
def test_an_hour_is_never_guessed(typed: str, is_end: bool) -> None:
    """Whatever is read says morning or afternoon itself: by its words, or by a clock of 24 hours."""
    try:
        hour = hour_of(typed, is_end)
    except (Unsure, NotAnHour):
        return
    words = typed.lower().translate({ord("２"): "2"})
    says = re.search(r"[ap]\.? ?m|noon|midday|morning|afternoon|evening", words)
    of_24 = re.search(r"(?<![0-9])(?:[01][0-9]|2[0-3])[:.]?[0-5][0-9]|1[3-9]|2[0-3]|0[:.][0-5][0-9]", words)
    assert [*filter(None, (says, of_24))] != []
    if says and says[0].startswith("p") and says[0] != "past":
        assert hour >= time(12)


@given(typed_hours)
def test_a_confirmed_answer_is_sure(typed: str) -> None:
    """Sending what was filled in asks nothing again."""
    asked_again = None
    try:
        hour_of(typed)
    except Unsure as question:
        asked_again = _question(question.likely)
    except NotAnHour:
        pass
    assert asked_again is None


def _question(typed: str) -> str | None:
    try:
        hour_of(typed)
    except Unsure as question:
        return str(question)
    return None


@pytest.mark.parametrize(
    ("typed", "around", "meant"),
    [
        ("9:30", time(10), time(9, 30)),
        ("2", time(10), time(14)),
        ("half past 9", time(19), time(21, 30)),
        ("4", time(10), None),
        ("9.30pm", time(10), None),
        ("09:30", time(10), None),
        ("no hour", time(10), None),
        ("12", time(10), time(12)),
    ],
)
def test_what_an_hour_is_about_says_which_half_of_the_day_is_meant(
    typed: str, around: time, meant: time | None
) -> None:
    assert hour_near(typed, around) == meant
