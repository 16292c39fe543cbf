"""How many people will be emailed, in words: the one sentence of every page that says that somebody will be."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core.text import count_words, together

NOBODY = "Nobody is emailed about this."
YOU = "You"


def emailed_words(named: Sequence[str], others: int, when: str = "", is_daily: bool = False) -> str:
    """'3 people will be emailed.', 'Ann Fraser and 2 others will be emailed at 2:10pm.'; '' for nobody.

    'You will be told in the daily email, at 7am on Friday 27 November.'
    """
    unnamed = count_words(others, "other", "others") if named else count_words(others, "person", "people")
    who = together([*named, *([unnamed] if others else [])])
    how = "told in the daily email," if is_daily else "emailed"
    return f"{who} will be {how}{f' {when}' if when else ''}." if who else ""
