"""Of the tests that PostgreSQL is not asked in `make test`, each says there only what others say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import run_folder, statements
from tests.statements import Noted, not_asked, shape, to_leave_out

SHAPES = st.sets(st.sampled_from("abcdefgh"), max_size=5)
NOTED = st.dictionaries(
    st.sampled_from(("one", "two", "three", "four", "five")), st.builds(Noted, st.floats(0, 9), SHAPES)
)


def test_a_statement_is_the_same_whatever_its_values() -> None:
    once = shape("SELECT a_1.id FROM a AS a_1 WHERE a_1.id IN (?, ?, ?) AND a_1.b = ? LIMIT 20")
    assert shape("SELECT a_2.id FROM a AS a_2 WHERE a_2.id IN (?) AND a_2.b = ? LIMIT 3") == once
    assert shape("SELECT a_1.id FROM a AS a_1 WHERE a_1.id IN (%(id_1)s::UUID) AND a_1.b = %(b)s LIMIT 3") == once
    assert shape("SELECT a_1.id FROM a AS a_1 WHERE a_1.id IN (?) AND a_1.c = ? LIMIT 3") != once


@given(NOTED, st.sets(st.sampled_from(("one", "two"))))
def test_what_is_left_out_leaves_no_statement_out(noted: dict[str, Noted], always: set[str]) -> None:
    out = set(to_leave_out(noted, always))
    assert not not_asked(noted, out)
    assert not out & always
    for name in noted.keys() - out - always:
        assert not_asked(noted, out | {name}), "one more could be left out"


@pytest.mark.parametrize(
    ("listed", "said"), [("two\n", ""), ("one\n", "not asked every"), ("two\nthree\n", "not asked every")]
)
def test_a_list_that_leaves_a_statement_out_or_is_out_of_date_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listed: str, said: str
) -> None:
    noted = [["one", False, 1, ["a", "b"]], ["two", False, 2, ["a"]]]
    (tmp_path / "7.statements").write_text("".join(f"{json.dumps(line)}\n" for line in noted))
    monkeypatch.setattr(run_folder, "folder", lambda: tmp_path)
    reviewed = tmp_path / "asked_before.txt"
    reviewed.write_text(listed)
    assert said in statements.coverage_problem(reviewed)
    assert bool(statements.coverage_problem(reviewed)) == bool(said)


def test_the_list_names_tests_that_are_there() -> None:
    names = statements.LEFT_OUT.read_text().splitlines()
    texts = {path: (statements.ROOT / path).read_text() for path in {name.split("::")[0] for name in names}}
    assert [one for one in names if f"def {one.split('::')[1]}(" not in texts[one.split("::")[0]]] == []
