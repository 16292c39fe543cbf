"""Names in the order in which people look for them: Áine beside Aine, O'Neil beside ONeil, capitals or not."""

from __future__ import annotations

import re
import unicodedata

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
_LEFT_OUT = re.compile(f"[{LEFT_OUT}]")


def name_key(name: str) -> str:
    """What to sort a name by."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", name))
    return "".join(LETTERS.get(letter, letter) for letter in plain).lower()
