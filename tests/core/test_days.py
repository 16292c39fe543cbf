"""Days as people type them: what is read is what was typed, and what cannot be read is refused and said."""

from __future__ import annotations

import contextlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import ROOT
from portal.boards.people.import_rules import BoardAsItIs, read_rows
from portal.boards.people.seating import GroupToFill
from portal.core.days import MONTHS, NotADay, day_of_line, day_of_parts
from tests.core.typed_days import PIECES, THREE, literally

TODAY = date(2026, 3, 3)
DAY = date(2027, 2, 8)
WIDE = {ord("０") + n: str(n) for n in range(10)}
SEPARATORS = ("/", ".", "-", " ", ", ", " / ", "", "–", ":")
lines = st.one_of(
    st.text(max_size=20),
    st.builds(lambda parts, sep: sep.join(parts), st.lists(PIECES, max_size=5), st.sampled_from(SEPARATORS)),
)


@pytest.mark.parametrize(
    "line",
    [
        *("8/2/2027", "08/02/2027", "8.2.27", "8 2 2027", "8-2-2027", "2027-02-08", " 8 / 2 / 2027 ", "8/2/2027,"),
        *("8 February 2027", "8 Feb 27", "8th of February 2027", "Monday 8 February 2027", "Mon, 8 Feb. 2027"),
        *("8-Feb-2027", "MONDAY 8TH FEBRUARY 2027", "8 February, 2027", "February 8, 2027", "Monday, Feb 8th 2027"),
        *("８／２／２０２７", "2027/2/8", "8 Feb ’27", "Monday the 8th of February 2027"),
    ],
)
def test_a_day_is_read_as_people_write_it(line: str) -> None:
    assert day_of_line(line) == DAY


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("8/2", "must include a year"),
        ("8/2/", "must include a year"),
        ("8 February", "must include a year"),
        ("Monday 8 February", "must include a year"),
        *(
            (f"8/2/{year}", "must include a year with 4 numbers")
            for year in ("2", "202", "20277", "2O27", "٢٠٢٧", "98")
        ),
        ("February 2027", "must include a day"),
        ("2/2027", "must include a day"),
        ("2/8/1/2027", "must be a real date"),
        ("2027-2/8", "must be a real date"),
        ("8/2/+2027", "must include a year with 4 numbers"),
        ("8/2/-2027", "must be a real date"),
        ("8/2/1066", "must have a year from 1900 to 2100"),
        ("8/2/0027", "must have a year from 1900 to 2100"),
        ("8/2/9999", "must have a year from 1900 to 2100"),
        ("29/2/2027", "must be a real date"),
        ("0/2/2027", "must be a real date"),
        ("008/2/2027", "must be a real date"),
        ("8/2/2027 14:00", "must be a real date"),
        ("20270208", "must be a real date"),
        ("", "must be a real date"),
        ("soon", "must be a real date"),
        ("8 Fe 2027", "must be a real date"),
        ("Tuesday 8 February 2027", "must be a real date: that day is a Monday"),
    ],
)
def test_a_line_that_is_no_day_says_what_is_missing(line: str, problem: str) -> None:
    with pytest.raises(NotADay) as refused:
        day_of_line(line)
    assert str(refused.value) == problem


def test_a_week_of_the_year_is_no_day() -> None:
    """Python itself reads it as one."""
    assert date.fromisoformat("2027-W06-1") == DAY
    with pytest.raises(NotADay):
        day_of_line("2027-W06-1")


@given(THREE)
def test_three_boxes_are_read_to_the_letter_or_refused(parts: tuple[str, str, str]) -> None:
    try:
        found = day_of_parts(*parts)
    except NotADay:
        found = None
    assert found == literally(*parts)


@given(lines)
def test_a_line_is_read_to_the_letter_or_refused(line: str) -> None:
    with contextlib.suppress(NotADay):
        assert_literal(line, day_of_line(line))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_real_day_can_be_typed(day: date) -> None:
    assert day_of_parts(str(day.day), f"{day.month:02}", str(day.year)) == day
    assert day_of_line(day.isoformat()) == day
    assert day_of_line(f"{day:%A} {day.day} {day:%B %Y}") == day
    assert day_of_line(f"{day:%d/%m/%Y}") == day


def assert_literal(line: str, found: date) -> None:
    """The numbers and words of the line are those of the day, in our order; four digits first are a year."""
    words = [word.lower() for word in re.findall(r"[^\W_]+", line.translate(WIDE))]
    if re.fullmatch(r"[0-9]{4}", words[0]):
        words.reverse()
    words = [re.sub("(st|nd|rd|th)$", "", word) for word in words if word not in ("of", "the")]
    if not words[0][0].isdigit():
        if f"{found:%A}".lower().startswith(words[0]):
            words.pop(0)
        if not words[0][0].isdigit():
            words[:2] = words[1::-1]
    day, month, year = words
    assert all(word.isascii() for word in words)
    assert int(day) == found.day
    assert month.lstrip("0") == str(found.month) if month.isdigit() else MONTHS[found.month - 1].startswith(month)
    assert len(year) in (2, 4)
    assert int(year) + (2000 if len(year) == 2 else 0) == found.year


def _cannot_be_read(line: str) -> bool:
    try:
        day_of_line(line)
    except NotADay:
        return True
    return False


@given(lines, lines)
def test_the_days_of_an_imported_rep_are_those_of_the_list_or_a_problem(start: str, end: str) -> None:
    cells = {"name": "Rita", "email": "rita@new.test", "role": "rep", "group": "Main", "from": start, "until": end}
    [row] = read_rows([cells], BoardAsItIs({"main": GroupToFill("Main")}), TODAY)
    for column, typed, kept in (("From", start, row.from_on), ("Until", end, row.until_on)):
        readable = "".join(c if c.isprintable() else " " for c in typed)
        if readable.strip() and _cannot_be_read(readable):
            assert any(problem.startswith(f"{column} must") for problem in row.problems)
        elif readable.strip() and not any(" must " in problem for problem in row.problems):
            assert date.fromisoformat(kept) == day_of_line(readable)


READERS = {  # what may turn text into a day, and why
    "core/days.py": "the one rule",
    "demonstration/documents/__main__.py": "the day of a meeting, typed at the command line by whoever writes a text",
    "demonstration/day/views.py": "a day that its own page offered to choose from",
    "demonstration/serve.py": "the day that it wrote down when it was made",
    "boards/events.py": "a day that the trail keeps, as the portal wrote it",
    "boards/seats/queries.py": "likewise",
    "boards/emails.py": "the last day of a role that an email keeps, as the portal wrote it",
    "meetings/events.py": "a moment that the trail keeps, as the portal wrote it",
    "support_meetings/events.py": "a moment that the trail keeps, as the portal wrote it",
    "support_meetings/queries.py": "likewise",
    "audit_trail/as_then.py": "likewise",
    "audit_trail/reading.py": "days that the trail keeps, as the portal wrote them",
    "expenses/trail.py": "likewise",
    "training/trail.py": "likewise",
    "meetings/dates/forms.py": "days that its own page offered to choose from",
    "meetings/invitations.py": "moments that an email keeps, as the portal wrote them",
    "check_in/undoing/actions.py": "days that the portal wrote itself, to be put back",
    "corrections/rules.py": "days that a correction keeps, as the portal wrote them",
    "replacement_care/requests/asked.py": "moments that the trail keeps, as the portal wrote them",
    "expenses/claims/rules.py": "days that a claim keeps of its lines",
    "papers/detailing/rules.py": "days that a paper keeps of what it said before",
}


def test_nothing_else_reads_a_day_from_text() -> None:
    readers = re.compile(r"fromisoformat|strptime|click\.DateTime|dateutil|strtotime|DateField")
    root = ROOT / "portal"
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if readers.search(path.read_text())}
    assert found | {"core/days.py"} == set(READERS)
