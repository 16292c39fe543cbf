"""Which words before a number say that it is an item's."""

from __future__ import annotations

import pytest

from portal.papers.matching.file_names import How, read_name


@pytest.mark.parametrize(
    "name",
    [
        *("Item No 6 Budget.pdf", "Item No. 6 Budget.pdf", "Agenda item number 6.pdf", "Budget - item no 6.pdf"),
        *("Item_No6_Budget.pdf", "ITEM NUMBER 6.pdf", "Item #6.pdf", "item-6.pdf"),
    ],
)
def test_no_and_number_after_item_are_read_with_it(name: str) -> None:
    [number] = read_name(name).numbers
    assert (number.how, number.readings) == (How.ITEM, (("6",),))
    assert not {"no", "number"} & set(read_name(name).words)


@pytest.mark.parametrize("name", ["Item Nov update.pdf", "Item Numbers overview.pdf", "Item notes.pdf"])
def test_a_word_that_begins_like_no_is_a_word(name: str) -> None:
    """'Nov' is not 'No', with a roman five behind it."""
    assert read_name(name).numbers == ()
