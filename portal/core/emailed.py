"""How many people will be emailed, in words: the one sentence of every page that says that somebody will be."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.text import count_words, together

NOBODY = "Nobody is emailed about this."
YOU = "You"
MOST_NAMED = 4


def who_words(named: Sequence[str], others: int = 0) -> str:
    """'Ann, Bo, Cy and Di', 'Ann, Bo, Cy, Di and 3 others', '3 people': as many names as anybody reads."""
    most = MOST_NAMED + (1 if not others and len(named) == MOST_NAMED + 1 else 0)  # nobody is "1 other" with a name
    left = others + len(named[most:])
    unnamed = count_words(left, "other", "others") if named else count_words(left, "person", "people")
    return together([*named[:most], *([unnamed] if left else [])])


def emailed_words(named: Sequence[str], others: int, when: str = "", is_daily: bool = False) -> str:
    """'3 people will be emailed.', 'Ann Fraser and 2 others will be emailed at 2:10pm.'; '' for nobody.

    'You will be told in the daily email, at 7am on Friday 27 November.'
    """
    who = who_words(named, others)
    how = "told in the daily email," if is_daily else "emailed"
    return f"{who} will be {how}{f' {when}' if when else ''}." if who else ""
