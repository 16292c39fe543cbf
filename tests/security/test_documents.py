"""What docs/dpia.md and docs/threats.md list is what there is: boxes, events and alarms, each way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from wtforms import TextAreaField

from config import ROOT
from portal.capabilities import GATHERED
from portal.core.events import Event, every_event
from portal.infra import forms
from portal.infra.database import Model
from portal.infra.sealed import Sealed
from portal.replacement_care.requests.queries import TEXTS
from portal.replacement_care.retention import WORDS_GO
from tests.security.found_boxes import free_boxes, is_free

DPIA, THREATS = ROOT / "docs" / "dpia.md", ROOT / "docs" / "threats.md"
NOT_KEPT = "not kept"
EARLIER = {f"care_requests.sealed_{name}": WORDS_GO for name in TEXTS}  # words that go before their row does

OF_TRUST = ("accounts", "audit_trail", "boards", "corrections", "retention")
TAKEN = ("Opened a ", "Read ", "Downloaded ", "Asked who ", "Withdrew a paper")
OF_MONEY = (
    "ClaimDecided",
    "ClaimDecidedFirst",
    "FinanceAddressMissing",
    "PayeesChanged",
    "PeriodClosed",
    "PeriodReopened",
    "RunMade",
    "RunPaid",
    "RunCancelled",
)


def rows_below(words: str, heading: str) -> list[list[str]]:
    """The cells of each row of every table below a heading of a document."""
    part = words.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = re.findall(r"^\| (.*) \|$", part, re.MULTILINE)
    rows = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [row for row in rows if not set("".join(row)) <= set("-| ")]


# Boxes


def boxes_listed(words: str) -> dict[str, list[str]]:
    rows = rows_below(words, "Each free-text box, and why it is needed")
    found = [(match[2], [match[1], *row[1:]]) for row in rows if (match := re.fullmatch(r"(.*) `([\w.]+)`", row[0]))]
    assert len(found) == len(dict(found)), "a box has two rows"
    return dict(found)


def assert_boxes_are_those(words: str) -> None:
    listed, found = boxes_listed(words), free_boxes()
    assert sorted(found.keys() - listed.keys()) == [], "say in docs/dpia.md why these boxes are needed"
    assert sorted(listed.keys() - found.keys()) == [], "take these rows out of docs/dpia.md: there is no such box"
    for where, label in found.items():
        asks, why, readers, kept, goes = listed[where]
        assert asks == label, where
        assert all((why, readers)), where
        assert (kept, goes) == kept_as(kept), where


def kept_as(cell: str) -> tuple[str, str]:
    """What the cell about keeping must say of the column that it names, and when that goes."""
    if cell == NOT_KEPT:
        return NOT_KEPT, "at once"
    column = cell.split("`")[1]
    table, name = column.split(".")
    assert name in Model.metadata.tables[table].columns, column
    sealed = {f"{one.model.__tablename__}.{one.column}" for one in Sealed.columns}
    goes = EARLIER.get(column, GATHERED.rule_of[table].until)
    return f"`{column}`{', encrypted' if column in sealed else ''}", goes


def test_every_free_text_box_has_its_reason_in_the_assessment() -> None:
    assert len(free_boxes()) > 90, "they are found"
    assert_boxes_are_those(DPIA.read_text())


def test_a_box_without_a_row_would_be_noticed() -> None:
    words = DPIA.read_text()
    row = next(line for line in words.splitlines() if "`papers.reading.NoteForm.text`" in line)
    with pytest.raises(AssertionError, match=r"papers\.reading\.NoteForm\.text"):
        assert_boxes_are_those(words.replace(f"{row}\n", ""))


def test_a_row_without_a_box_would_be_noticed() -> None:
    words = DPIA.read_text().replace("`papers.reading.NoteForm.text`", "`papers.reading.NoteForm.gone`")
    with pytest.raises(AssertionError):
        assert_boxes_are_those(words)


def test_a_period_that_is_not_the_rules_would_be_noticed() -> None:
    words = DPIA.read_text().replace("| 90 days |", "| 900 days |")
    with pytest.raises(AssertionError):
        assert_boxes_are_those(words)


def test_encrypted_is_said_of_nothing_else() -> None:
    assert kept_as("`notes.sealed_text`")[0] == "`notes.sealed_text`, encrypted"
    assert kept_as("`claims.title`, encrypted")[0] == "`claims.title`"


@pytest.mark.parametrize(
    ("box", "is_one"),
    [
        (forms.paragraphs("Words"), True),
        (forms.line("Words"), True),
        (forms.name("Name", "Enter it"), True),
        (TextAreaField("No limit at all"), True),
        (forms.line("Number", most=20), False),
        (forms.password("Password", "Enter it"), False),
        (forms.email(), False),
        (forms.whole_number("Days", 1, 3), False),
    ],
)
def test_what_is_taken_for_a_free_text_box(box: Any, is_one: bool) -> None:
    assert is_free(box) is is_one


def test_no_box_is_made_where_it_would_not_be_found() -> None:
    """Boxes are part of a form's class: what a function adds to a form afterwards would be in no row."""
    for path in (ROOT / "portal").rglob("*.py"):
        text = path.read_text()
        assert "append_entry(" not in text, path
        assert not re.search(r"\bsetattr\(\w*[Ff]orm", text), path
        assert not re.search(r"\btype\(\s*[\"']\w*Form", text), path


# Events and alarms


def security_events() -> list[type[Event]]:
    return [kind for kind in every_event() if _is_of_security(kind)]


def _is_of_security(kind: type[Event]) -> bool:
    return _part(kind) in OF_TRUST or kind.sentence.startswith(TAKEN) or kind.__name__ in OF_MONEY


def _part(kind: type[Event]) -> str:
    return kind.__module__.split(".")[1]


def row_of(kind: type[Event]) -> list[str]:
    """The row of an event: its name, its sentence, in which trail it stands, who is emailed and when."""
    return [f"`{kind.__name__}`", kind.sentence, _trail(kind), _emailed(kind)]


def _trail(kind: type[Event]) -> str:
    """Of an account, unless whoever records it says of which board it is."""
    source = "".join(path.read_text() for path in (ROOT / "portal" / "accounts").rglob("*.py"))
    of_board = _part(kind) != "accounts" or f"{kind.__name__}(board_id=" in source
    return "board" if of_board else "accounts"


def _emailed(kind: type[Event]) -> str:
    told = [(one.who.__name__.replace("_", " "), one.gathered) for one in GATHERED.emails_about.get(kind, ())]
    said = [f"{who}{', each morning' if gathered else ''}" for who, gathered in told]
    return "; ".join(dict.fromkeys(said)) or "nobody"


def assert_events_are_those(words: str) -> None:
    listed = {row[0]: row for row in rows_below(words, "Security events") if row[0].startswith("`")}
    assert [row_of(kind)[0] for kind in security_events() if row_of(kind)[0] not in listed] == [], "add their rows"
    assert sorted(listed.keys() - {row_of(kind)[0] for kind in security_events()}) == [], "there are no such events"
    for kind in security_events():
        assert listed[f"`{kind.__name__}`"] == row_of(kind)


def test_every_security_event_says_where_it_is_seen() -> None:
    names = {kind.__name__ for kind in security_events()}
    assert {"SignInFailed", "RoleGiven", "HoldPlaced", "CareTextRead", "PaperDownloaded", *OF_MONEY} <= names
    assert "TrainingRecorded" not in names
    assert_events_are_those(THREATS.read_text())


@pytest.mark.parametrize(("was", "now"), [("`CodeFailed`", "`CodeGone`"), ("| nobody |", "| the person |")])
def test_an_event_that_is_said_wrongly_would_be_noticed(was: str, now: str) -> None:
    with pytest.raises(AssertionError):
        assert_events_are_those(THREATS.read_text().replace(was, now, 1))


def alarms_raised() -> set[str]:
    """The kinds in every call of alarm()."""
    return {kind for path in (ROOT / "portal").rglob("*.py") for kind in _kinds(ast.parse(path.read_text()))}


def _kinds(tree: ast.AST) -> Iterator[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in calls:
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "alarm":
            said = [one.value for one in _ends(call.args[0])]
            assert said, "an alarm says in plain words of which kind it is"
            yield from said


def _ends(kind: ast.expr) -> Sequence[Any]:  # constants
    """The words that it can be: of 'a if … else b' both."""
    if isinstance(kind, ast.IfExp):
        return [*_ends(kind.body), *_ends(kind.orelse)]
    return [kind] if isinstance(kind, ast.Constant) else []


def alarms_listed(words: str) -> set[str]:
    return {row[0].strip("`") for row in rows_below(words, "Alarms") if row[0] != "`kind`"}


def test_every_alarm_stands_in_the_table_and_nothing_else() -> None:
    assert alarms_listed(THREATS.read_text()) == alarms_raised()


def test_an_alarm_that_stands_nowhere_would_be_noticed() -> None:
    tree = ast.parse("alarm('something new', 2)\nalarms.alarm('one' if x else 'two')")
    assert set(_kinds(tree)) == {"something new", "one", "two"}
    with pytest.raises(AssertionError, match="plain words"):
        list(_kinds(ast.parse("alarm(kind)")))


# Both


@pytest.mark.parametrize("path", [DPIA, THREATS], ids=["dpia", "threats"])
def test_what_a_document_leads_to_is_there(path: Any) -> None:
    words = path.read_text()
    for file, anchor in re.findall(r"\]\(([\w./]*)#?([\w’-]*)\)", words):
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), file
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}, anchor
