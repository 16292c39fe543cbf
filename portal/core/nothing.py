"""Why a list or a figure shows nothing: five reasons, of which exactly one is true."""

from __future__ import annotations

from typing import TypeVar

from portal.core.text import together

EMPTY = "empty"  # there is none
NOT_YET = "not_yet"  # there is none, and there will be
FILTERED = "filtered"  # there are some, and none is like what was chosen
WITHHELD = "withheld"  # there are some, and what they show would tell of people
NOT_ALLOWED = "not_allowed"  # the page is theirs to open, and this part of it is not theirs to see
REASONS = (EMPTY, NOT_YET, FILTERED, WITHHELD, NOT_ALLOWED)

IN_A_CELL = {EMPTY: "no figure", NOT_YET: "none yet", WITHHELD: "withheld", NOT_ALLOWED: "no access"}

MEANS = {
    EMPTY: "there is nothing to measure",
    NOT_YET: "there is nothing so far",
    WITHHELD: "we do not show the figure because it could tell you about one person",
}

Value = TypeVar("Value")


def why_nothing(
    there_are: int = 0,
    *,
    is_allowed: bool = True,
    is_withheld: bool = False,
    is_filtered: bool = False,
    is_expected: bool = False,
) -> str:
    """Why nothing is shown, where `there_are` so many within sight of whoever asks.

    What is out of their sight does not count: of that the page says what it says where there is none. A filter that
    hides nothing, and a rule of privacy that withholds nothing, are no reasons.
    """
    if not is_allowed:
        return NOT_ALLOWED
    if there_are and is_withheld:
        return WITHHELD
    if there_are and is_filtered:
        return FILTERED
    return NOT_YET if is_expected else EMPTY


def cell(value: Value | None, why: str = NOT_YET) -> Value | str:
    """What a cell of a table or a sheet holds: the figure, or the word for why it has none. 0 is a figure."""
    return IN_A_CELL[why] if value is None else value


def what_words_mean(shown: str, empty: str = "") -> str:
    """What the words for no figure mean that are in what is shown, as one sentence; '' where there are none.

    `empty` says why there is none here, where that is known.
    """
    means = {**MEANS, EMPTY: empty or MEANS[EMPTY]}
    found = [f"“{IN_A_CELL[why]}” means {words}" for why, words in means.items() if IN_A_CELL[why] in shown]
    return f"Here {together(found)}." if found else ""
