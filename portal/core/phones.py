"""Phone numbers: as people type them, as pages show them, and as a phone dials them."""

from __future__ import annotations

import re

from portal.core.text import clean_line, half_width

LONGEST = 40
MESSAGE = "Enter a phone number, like 01632 960 001"
_TYPED = re.compile(r"[+(]?[0-9][0-9 ().\-/]*")
_BEFORE_EXTENSION = re.compile(r"ext(?:ension)?\.?|x", re.IGNORECASE)
_EXTENSION = re.compile(r"[0-9]{1,6}")
_ABROAD = re.compile(r"[1-9][0-9]{6,14}")
_HERE = re.compile(r"0(?:[1238][0-9]{8,9}|7[0-9]{9})")
_GROUPS = (  # how numbers of the United Kingdom are written, by how they begin
    (re.compile("02"), (3, 4, 4)),
    (re.compile("01(?:1|.1)"), (4, 3, 4)),
    (re.compile("0[38]"), (4, 3, 4)),
)


class NotAPhoneNumber(ValueError):
    """What was typed is no number that a phone could dial from anywhere."""


def phone_number(typed: str) -> str:
    """A number as pages show it: '01632 960 001', '0131 496 0000 ext 12', '+353 1 234 5678'. Raises NotAPhoneNumber."""
    number, *extensions = (one.strip() for one in _BEFORE_EXTENSION.split(half_width(clean_line(typed)), maxsplit=1))
    if not _TYPED.fullmatch(number) or not all(_EXTENSION.fullmatch(one) for one in extensions):
        raise NotAPhoneNumber(MESSAGE)
    number, extension = _written(number), "".join(extensions)
    return f"{number} ext {extension}" if extension else number


def dialled(number: str) -> str:
    """The address of a link that rings a number: 'tel:+441632960001', 'tel:+441314960000;ext=12'."""
    plain, _, extension = number.partition(" ext ")
    digits = _digits(plain)
    whole = digits if plain.startswith("+") else f"44{digits[1:]}"
    return f"tel:+{whole}" + (f";ext={extension}" if extension else "")


def _written(number: str) -> str:
    number = re.sub(r"^00", "+", number.replace("(0)", " "))
    digits = _digits(number)
    if number.startswith("+") and not digits.startswith("44"):
        if not _ABROAD.fullmatch(digits):
            raise NotAPhoneNumber(MESSAGE)
        return "+" + " ".join(re.findall("[0-9]+", number))
    digits = f"0{digits[2:]}" if number.startswith("+") else digits
    if not _HERE.fullmatch(digits):
        raise NotAPhoneNumber(MESSAGE)
    return _grouped(digits)


def _grouped(digits: str) -> str:
    usual = (5, 3, 3) if len(digits) > 10 else (5, 5, 0)
    sizes = next((sizes for begins, sizes in _GROUPS if begins.match(digits)), usual)
    first, second = sizes[0], sizes[0] + sizes[1]
    return f"{digits[:first]} {digits[first:second]} {digits[second:]}".strip()


def _digits(number: str) -> str:
    return re.sub("[^0-9]", "", number)
