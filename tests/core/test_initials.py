"""The letters that stand for a person: whole signs, in whatever script the name is."""

from __future__ import annotations

import unicodedata
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.initials import TINTS, initials, tint_of


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann Fraser", "AF"),
        ("ann fraser", "AF"),
        ("Ann Mary Fraser", "AF"),
        ("Cher", "C"),
        ("Dr Anna Bell", "AB"),
        ("Mrs. Bell", "B"),
        ("Cllr Iain Reid", "IR"),
        ("J. P. Bell", "JB"),
        ("Ann (clerk) 2", "A"),
        ("‘Ann’ O’Neil", "AO"),
        ("Màiri Nic an t-Saoir", "MS"),
        ("Seán Ó hÓgáin", "SÓ"),
        ("e\u0301lodie dupont", "ÉD"),
        ("ßara Bell", "ßB"),
        ("4nn Bell", "NB"),
        ("ნინო ბერიძე", "ნბ"),
        ("田中太郎", "田"),
        ("김 민준", "김민"),
    ],
)
def test_they_are_those_of_the_first_and_the_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_hebrew_letters_stand_in_their_order() -> None:
    assert initials("שרה לוי") == "של"


def test_arabic_letters_are_kept_apart() -> None:
    assert initials("محمد حسن") == "م\u200cح"


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("क्षमा त्रिवेदी", "क्षत्रि"),  # letters bound to one, with the vowel that is written around them
        ("เอก", "เอ"),  # a vowel that is written before its consonant
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("🇮🇪🇬🇧", "🇮🇪"),
        ("x\u0332\u0333yz", "X\u0332\u0333"),
    ],
)
def test_no_sign_is_cut_in_two(name: str, sign: str) -> None:
    assert initials(name) == sign


def test_an_emoji_stands_for_nobody_who_has_letters() -> None:
    assert initials("🌻 Ann Bell 🌻") == "AB"


@pytest.mark.parametrize("name", ["", " ", "---", "\u202e", "(clerk)"])
def test_of_what_is_no_name_there_are_none(name: str) -> None:
    assert initials(name) == ""


@given(st.text(max_size=60))
def test_they_begin_with_no_mark_and_turn_no_text_around(name: str) -> None:
    letters = initials(name)
    assert unicodedata.category(letters[:1] or "x")[0] in "LNS"
    assert not set(letters) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.uuids())
def test_the_tint_of_somebody_is_one_of_four_and_stays(key: UUID) -> None:
    assert tint_of(key) in range(TINTS)
    assert tint_of(key) == tint_of(str(key))


def test_many_people_have_every_tint() -> None:
    assert {tint_of(uuid4()) for _ in range(400)} == set(range(TINTS))
