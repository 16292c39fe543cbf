"""A note of one's own is found by nobody else on any page, file or feed; what a pair shares by the two alone.

In `make test` the matrix looks for what each person may not read, on whatever it asks for; see READ_BY.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.architecture.matrix import Matrix, cases
from tests.architecture.test_matrix import everything_seen, matrix
from tests.cast_support import PRIVATE, READ_BY

__all__ = ["matrix"]  # the fixture of the whole matrix
ROLES = ("depute", "mentor", "officer", "clerk", "approver", "admin")
LATER = (*(f"northfirth.{role}" for role in ROLES), "both", "coordinator", "former", "nobody")


@pytest.mark.same_anywhere
@pytest.mark.parametrize("name", ["northfirth.rep", *(pytest.param(one, marks=pytest.mark.long) for one in LATER)])
def test_the_words_of_a_pair_are_found_by_nobody_else(matrix: Matrix, name: str) -> None:
    seen = everything_seen(matrix, name)
    for word, readers in READ_BY.items():
        found = [path for path, text in seen.items() if word in text]
        assert bool(found) == (name.removeprefix("northfirth.") in readers), f"{word}: {found}"


@pytest.mark.same_anywhere
def test_the_matrix_notices_words_that_one_may_not_read(matrix: Matrix, monkeypatch: Any) -> None:
    """The negative control: as if the rep were not to read what they noted for themselves."""
    monkeypatch.setitem(READ_BY, PRIVATE, set())
    pages = matrix.expectations("northfirth.rep", cases(matrix.app, matrix.cast, ["mentoring.pair"]))
    assert any("shows words that are not theirs" in fault for fault in matrix.faults("northfirth.rep", pages))
