"""Files of people: everyone in them is found, with the number of their row, or it is said what was not read."""

from __future__ import annotations

import codecs
import csv
import io
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from config import ROOT
from portal.boards.people.headings import NAMES, column_letters
from portal.boards.people.list_file import ListOfPeople, UnreadableList, people_in_file
from portal.infra.documents import sandbox
from tests.boards.sheets import ANN, BEN, HEADINGS, changed, of_size, saved, workbook

GIVEN = ROOT.parent / "shared" / "tried" / "people"
AINE = "Áine Nic Dhòmhnaill"
SEPARATORS = (",", ";", "\t", "|")  # what programs write, whatever we read


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child's reader without its process, which takes a second; tests/security/test_hostile_files.py has both."""
    from portal.boards.people import list_file, read_sheet

    def run(_module: str, content: bytes) -> sandbox.Answer:
        import tempfile

        with tempfile.NamedTemporaryFile() as file:
            file.write(content)
            file.flush()
            return read_sheet.read(file.name)

    monkeypatch.setattr(list_file, "run_limited", run)


def names(found: ListOfPeople) -> dict[str, str]:
    return {row["where"]: str(row["name"]) for row in found.rows}


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableList) as refused:
        people_in_file(content)
    return str(refused.value)


def text(rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize(
    "save",
    [
        pytest.param(lambda words: words.encode(), id="utf-8"),
        pytest.param(lambda words: words.encode("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(lambda words: words.encode("utf-16"), id="utf-16"),
        pytest.param(lambda words: codecs.BOM_UTF16_BE + words.encode("utf-16-be"), id="utf-16 big-endian"),
        pytest.param(lambda words: words.encode("utf-16-le"), id="utf-16 without a mark"),
        pytest.param(lambda words: words.encode("utf-16-be"), id="utf-16 big-endian without a mark"),
        pytest.param(lambda words: words.encode("cp1252"), id="windows-1252"),
    ],
)
def test_text_is_read_however_it_was_saved(separator: str, save: Any) -> None:
    found = people_in_file(save(text([HEADINGS, [AINE, "aine@list.test", "clerk"]], separator)))
    assert names(found) == {"Row 2": AINE}
    assert found.rows[0]["email"] == "aine@list.test"


def test_an_encoding_that_is_only_likely_is_said() -> None:
    content = text([HEADINGS, [AINE, *ANN[1:]]])
    assert people_in_file(content.encode()).notes == []
    [note] = people_in_file(content.encode("cp1252")).notes
    assert "Check that every name with an accent is right" in note
    assert "could not read" in refusal(content.encode("cp1252") + b"\x81\x8d")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_in_the_file(end: str) -> None:
    lines = [
        "name,email,role",
        "",
        "Ann,ann@list.test,clerk",
        ",,",
        "",
        '"Ben\nSmith",ben@list.test,clerk',
        "C,c@d.test,",
    ]
    found = people_in_file(end.join(lines).encode())
    assert names(found) == {"Row 3": "Ann", "Row 6": "Ben\nSmith", "Row 7": "C"}


def test_the_line_in_which_excel_names_the_separator_is_no_row_of_people() -> None:
    found = people_in_file(b"sep=;\r\nname;email;role\r\nAnn, the clerk;ann@list.test;clerk\r\n")
    assert names(found) == {"Row 3": "Ann, the clerk"}


@pytest.mark.parametrize("heading", ["Email", "Email address", "E-mail address", "EMAIL", "e_mail", "Mail"])
def test_addresses_are_found_below_their_usual_headings(heading: str) -> None:
    found = people_in_file(text([["Name", heading, "Role"], ["Ann", "ann@list.test", "clerk"]]).encode())
    assert [row["email"] for row in found.rows] == ["ann@list.test"]


@given(st.data())
def test_a_column_is_found_by_each_of_its_names(data: st.DataObject) -> None:
    def one(column: str) -> str:
        word = data.draw(st.sampled_from([name.strip() for name in NAMES[column].split(",")]))
        how = data.draw(st.sampled_from([str.upper, str.capitalize, str.title, lambda w: w.replace(" ", "-") + ":"]))
        return str(how(word))

    columns = data.draw(st.permutations(["email", "role", "from", "until", "group", "capacity", "first", "last"]))
    cells = {"first": "Ann", "last": "Carr", "from": "1/1/2027"}
    content = text([[one(column) for column in columns], [cells.get(column, column) for column in columns]])
    [row] = people_in_file(content.encode()).rows
    assert row.pop("name") == "Ann Carr"
    assert row == {c: cells.get(c, c) for c in columns if c not in ("first", "last")} | {"unread": "", "where": "Row 2"}


def test_what_is_not_read_is_said() -> None:
    rows = [["People of Northfirth"], [], ["Name", "Email", "Role", "Shoe size", "Pet"], [*ANN, "5", "Cat"]]
    assert people_in_file(text(rows).encode()).notes == [
        "Row 1: above the headings, so not read",
        "Not used: 2 columns called “Shoe size”, “Pet”",
    ]


def test_something_in_a_column_without_a_heading_is_said_at_its_row() -> None:
    comma = b"name,email,role\nCarr, Ann,ann@list.test,clerk\nBen,ben@list.test,clerk,,\n"
    assert [row["unread"] for row in people_in_file(comma).rows] == ["D", ""]
    assert [column_letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name,email,E-mail address,role\n", "Two columns are for the email address. Remove one of them"),
        (b"name,first name,email,role\n", "There is a column for the whole name, and one for a part of it"),
        (b'name,email,role\n"Ann,ann@list.test,clerk\nBen,ben@list.test,clerk\n', "Row 2 has a quotation mark"),
        (b'name,email,role\nAnn,ann@list.test,clerk\n"Ben" B,b@list.test,clerk\n', "Row 3 has a quotation mark"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "This is an older Excel file (XLS), or has a password"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "This is an OpenDocument file (ODS)"),
        (b"name,email,role\n,,\n", "There are no people in this file, only the names of columns"),
        (b"name,email\nAnn,ann@list.test\n", "Missing: role"),
        (b"\xff\xfen\x00a\x00m", "could not read"),
    ],
)
def test_a_file_that_would_lose_somebody_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    "said", [b'<dimension ref="A1"/>', b'<dimension ref="A1:C2"/>', b'<dimension ref="B9:B9"/>', b""]
)
def test_what_a_workbook_says_of_its_size_is_not_believed(said: bytes) -> None:
    content = of_size(workbook(People=[HEADINGS, ANN, BEN]), said)
    assert names(people_in_file(content)) == {"Row 2": "Ann", "Row 3": "Ben"}


def test_people_after_a_gap_of_any_length_are_found() -> None:
    content = workbook(People=[[], ["Our people"], [], HEADINGS, ANN, *[[]] * 3000, BEN])
    found = people_in_file(content)
    assert names(found) == {"Row 5": "Ann", "Row 3006": "Ben"}
    assert found.notes == ["Row 2: above the headings, so not read"]


def test_people_on_every_sheet_are_found_and_other_sheets_are_named() -> None:
    book = {"Read me": [["Fill in the next sheets"]], "Clerks": [HEADINGS, ANN], "Officers": [[], HEADINGS, BEN]}
    found = people_in_file(workbook(**book))
    assert names(found) == {"Sheet “Clerks”, row 2": "Ann", "Sheet “Officers”, row 3": "Ben"}
    assert found.notes == ["Not read: the sheet “Read me”. It has no columns called email, name, role"]
    book["Read me"] = [["Cara", "cara@list.test", "clerk"]]
    assert "There are email addresses on the sheet “Read me”, and no row that names its columns" in refusal(
        workbook(**book)
    )


def test_a_hidden_sheet_is_read_and_said() -> None:
    book = Workbook()
    book.worksheets[0].append(HEADINGS)
    book.worksheets[0].append(ANN)
    hidden = book.create_sheet("Old")
    hidden.sheet_state = "hidden"
    hidden.append(HEADINGS)
    hidden.append(BEN)
    found = people_in_file(saved(book))
    assert list(names(found).values()) == ["Ann", "Ben"]
    assert "The sheet “Old” is hidden in the file. Its people are below too" in found.notes


def test_cells_merged_over_rows_are_refused_and_over_columns_are_not() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["People of Northfirth"], [*HEADINGS, "Until"], [*ANN, "1/1/2027"], BEN):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    assert len(people_in_file(saved(book)).rows) == 2
    sheet.merge_cells("D3:D4")
    assert "Some cells of this file are merged over several rows" in refusal(saved(book))


def test_rows_out_of_order_are_refused() -> None:
    content = changed(workbook(People=[HEADINGS, ANN, BEN]), lambda xml: xml.replace(b'<row r="3"', b'<row r="2"'))
    assert "out of order" in refusal(content)


def test_rows_without_numbers_are_read() -> None:
    def without(xml: bytes) -> bytes:
        for number in b"123":
            xml = xml.replace(b'<row r="%c"' % number, b"<row")
        return xml

    assert names(people_in_file(changed(workbook(People=[HEADINGS, ANN, BEN]), without))) == {
        "Row 2": "Ann",
        "Row 3": "Ben",
    }


def test_a_formula_without_a_value_is_not_read_as_empty() -> None:
    """No program has worked it out yet: as an empty last day it would mean three years."""
    content = workbook(People=[[*HEADINGS, "Until"], [*ANN, "=TODAY()+1"]])
    assert people_in_file(content).rows[0]["until"] == "=TODAY()+1"


def test_days_and_numbers_of_a_workbook_are_read_as_they_are_seen() -> None:
    days = [date(2027, 1, 2), datetime(2027, 1, 2, 0, 0), 46024, time(14, 0)]  # noqa: DTZ001 - as a sheet holds it
    content = workbook(People=[[*HEADINGS, "From"], *([*ANN, day] for day in days)])
    assert [str(row["from"])[:10] for row in people_in_file(content).rows] == [
        "2027-01-02",
        "2027-01-02",
        "46024",
        "14:00:00",
    ]


@pytest.mark.parametrize("sheets", [1, 2])
def test_too_many_people_are_counted_and_none_is_left_out(sheets: int) -> None:
    each = [[f"P{n}", f"p{n}@list.test", "clerk"] for n in range(300 // sheets)]
    book = {f"S{n}": [HEADINGS, *[[]] * 5, *each] for n in range(sheets)}
    assert len(people_in_file(workbook(**book)).rows) == 300
    book["S0"].append(ANN)
    assert refusal(workbook(**book)) == "This file has more than 300 rows (301). Split it and import the parts"
    book["S0"] += each * 3
    assert f"({301 + 3 * len(each)}" in refusal(workbook(**book)).replace(",", "")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=12)


@given(
    st.lists(st.one_of(st.just([]), st.tuples(CELLS, CELLS, CELLS).map(list)), max_size=8), st.sampled_from(SEPARATORS)
)
def test_no_cell_of_a_list_is_ever_lost(rows: list[list[str]], separator: str) -> None:
    """Whatever stands in a row with anything in it stands in a row of people, in its column and at its number."""
    wanted = [(n, row) for n, row in enumerate(rows, start=2) if any(filled(cell) for cell in row)]
    content = text([["name", "email", "role"], *rows], separator).encode()
    if not wanted:
        refusal(content)
        return
    found = people_in_file(content)
    assert [(row["where"], row["name"], row["email"], row["role"]) for row in found.rows] == [
        (f"Row {number}", *row) for number, row in wanted
    ]


def filled(cell: str) -> bool:
    return bool("".join(letter if letter.isprintable() else " " for letter in cell).strip())


@pytest.mark.skipif(not GIVEN.exists(), reason="no lists beside this checkout")
@pytest.mark.parametrize(
    ("name", "people"),
    {
        "people-dimension-a1.xlsx": ["Dim One", "Dim Two"],
        "people-dimension-short.xlsx": ["Dim One", "Dim Two"],
        "people-gap.xlsx": ["Top", "Bottom"],
        "people-second-sheet.xlsx": ["Sheet Two"],
        "people-semicolon-bom.csv": [AINE],
        "people-tabs.csv": ["Tab Person"],
        "people-utf16.txt": ["Áine Person"],
    }.items(),
)
def test_everyone_of_the_lists_beside_this_checkout_is_found(name: str, people: list[str]) -> None:
    assert [row["name"] for row in people_in_file((GIVEN / name).read_bytes()).rows] == people
