"""The letters that stand for a person without a photo, in whatever script a name is, and the tint behind them."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

from portal.core.names import TITLES

TINTS = 4
JOINER, DIVIDER = "\u200d", "\u200c"  # what makes one picture of two; what keeps two Arabic letters apart
VIRAMA = 9  # the class of signs that bind a consonant of India to the next
WRITTEN_BEFORE = frozenset("\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4")  # Thai and Lao vowels
SKINS, FLAGS, TAGS = range(0x1F3FB, 0x1F400), range(0x1F1E6, 0x1F200), range(0xE0020, 0xE0080)


def initials(name: str) -> str:
    """'AF' of Ann Fraser and of Dr Ann Fraser, 'C' of Cher, 'JS' of Joan t-Saoir; '' where nothing can stand for it.

    Each is one whole sign as people read it: a letter with its marks, or an emoji with all that it is made of.
    """
    words = [word for word in map(_bare, unicodedata.normalize("NFC", name).split()) if word]
    lettered = [word for word in words if any(map(_is_letter, word))] or words
    if len(lettered) > 1 and lettered[0].rstrip(".").lower() in TITLES:
        lettered = lettered[1:]
    first_and_last = lettered[:1] + lettered[1:][-1:]
    signs = [_first_sign(word) for word in first_and_last]
    is_joined = all(unicodedata.bidirectional(sign[0]) == "AL" for sign in signs)
    return (DIVIDER if is_joined else "").join(signs)


def tint_of(key: object) -> int:
    """Which of the four tints is behind somebody's initials: the same wherever they are shown, from their id."""
    return sha256(str(key).encode()).digest()[0] % TINTS


def _bare(word: str) -> str:
    """A word from the sign on that can stand for it; '' where it has none, or stands in brackets."""
    if word.startswith(("(", "[")):
        return ""
    begin = next((at for at, sign in enumerate(word) if _stands(sign)), len(word))
    return word[begin:]


def _stands(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LN" or unicodedata.category(sign) == "So"


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "L"


def _first_sign(word: str) -> str:
    """The sign that stands for a word: of 't-Saoir' the S, as a small letter before a capital is not the name's."""
    begin = next((at for at, sign in enumerate(word) if _is_letter(sign)), 0)
    capital = next((at for at, sign in enumerate(word) if sign.isupper()), begin)
    if word[begin].islower() and capital <= begin + 2:
        begin = capital
    sign = word[begin : _end_of_sign(word, begin)]
    large = sign[0].title()
    return (large if len(large) == 1 else sign[0]) + sign[1:]


def _end_of_sign(word: str, begin: int) -> int:
    end = begin + 1
    while end < len(word) and _goes_on(word[begin:end], word[end]):
        end += 1
    return end


def _goes_on(so_far: str, sign: str) -> bool:
    """Whether a sign is still a part of what was read so far."""
    is_mark = unicodedata.category(sign)[0] == "M" or sign == JOINER or ord(sign) in SKINS or ord(sign) in TAGS
    is_bound = so_far[-1] == JOINER or unicodedata.combining(so_far[-1]) == VIRAMA
    is_flag = len(so_far) == 1 and ord(so_far) in FLAGS and ord(sign) in FLAGS
    return is_mark or is_bound or is_flag or so_far in WRITTEN_BEFORE
