"""Names as people look for them (Áine beside Aine, O'Neil beside ONeil, capitals or not), and as they are greeted."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Letters that are not a plain one with a mark; databases have the same list (portal/infra/name_order.py).
LETTERS = {
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "ı": "i",
    "ß": "ss",
    "ẞ": "ss",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
    "Þ": "th",
    "-": " ",
}
LEFT_OUT = "\u0300-\u036f'‘’ʼ"  # marks over and under letters, and apostrophes
OF_ADDRESSES = ("://", "www.", "@")
_LEFT_OUT = re.compile(f"[{LEFT_OUT}]")


# What may stand before a name: nobody is greeted with it alone.
TITLES = frozenset(
    (
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "hon"),
        *("rev", "reverend", "fr", "father", "sister", "sr", "canon", "cllr", "councillor"),
    )
)


def first_name(name: str) -> str:
    """The first name of somebody, to greet them; where that is not sure ('Dr Bell', 'J. Bell') the whole name."""
    words = name.split()
    first = words[0] if len(words) > 1 else ""
    is_title = first.rstrip(".").lower() in TITLES
    is_initials = first.endswith(".") or len(first) == 1
    return name if not first or is_title or is_initials else first


def problem_with_name(name: str) -> str:
    """Why nobody and nothing is called this, as a sentence that says what to do; '' for a name.

    Names stand in emails and on public pages, where an address in one would be a link of a stranger's.
    """
    said = unicodedata.normalize("NFKC", name).lower()
    return "Remove the web or email address from the name" if any(one in said for one in OF_ADDRESSES) else ""


def name_key(name: str) -> str:
    """What to sort a name by."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", name))
    return "".join(LETTERS.get(letter, letter) for letter in plain).lower()


def shared_names(names: Iterable[str]) -> set[str]:
    """Those that more than one person has: 'Olaf' of 'Olaf', 'Ann', 'Olaf'."""
    return {name for name, times in Counter(names).items() if times > 1}
