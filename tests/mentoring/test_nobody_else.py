"""A note of one's own is found by nobody else on any page, file or feed; what a pair shares by the two alone."""

from __future__ import annotations

import pytest

from tests.architecture.matrix import Matrix
from tests.architecture.test_matrix import everything_seen, matrix
from tests.cast_support import OWN_POINT, PRIVATE, SHARED

__all__ = ["matrix"]  # the fixture of the whole matrix
EVERYBODY = ("rep", "depute", "mentor", "officer", "clerk", "approver", "admin")
MAY_READ = {PRIVATE: {"rep"}, SHARED: {"rep", "mentor"}, OWN_POINT: {"depute"}}
SAID = {"CANARYNORTH aim": {"rep", "mentor"}, "CANARYNORTH next step": {"rep", "mentor"}}
READ_BY = MAY_READ | SAID | {"CANARYNORTH too": {"depute", "officer"}, "CANARYNORTH word": {"officer"}}


@pytest.mark.same_anywhere
@pytest.mark.parametrize(
    "name",
    [
        *(f"northfirth.{who}" for who in EVERYBODY),
        *(pytest.param(who, marks=pytest.mark.long) for who in ("both", "coordinator", "former", "nobody")),
    ],
)
def test_the_words_of_a_pair_are_found_by_nobody_else(matrix: Matrix, name: str) -> None:
    seen = everything_seen(matrix, name)
    who = name.removeprefix("northfirth.")
    for word, readers in READ_BY.items():
        found = [path for path, text in seen.items() if word in text]
        assert bool(found) == (who in readers), f"{word}: {found}"
