"""Email addresses: one rule for every way in, and each refusal says what to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.addresses import LOOKS_LIKE, NotAnAddress, email_address, is_kept_right

KEPT = {
    "good@council.example": "good@council.example",
    " GOOD@Council.Example ": "good@council.example",
    "\u00a0nbsp@council.example\u00a0": "nbsp@council.example",
    "pat.o'neil+board@council.example": "pat.o'neil+board@council.example",
    "eva@bücher.example": "eva@xn--bcher-kva.example",
    "eva@BÜCHER.example": "eva@xn--bcher-kva.example",
}
REFUSED = {
    "<second@council.example>": "Remove the < and >, and leave only the email address",
    "Ann <ann@council.example>": "Remove the < and >, and leave only the email address",
    "mailto:third@council.example": "Remove “mailto:” from the start of the email address",
    "first@council.example,": "Remove the “,” from the end of the email address",
    "semi@council.example;": "Remove the “;” from the end of the email address",
    "fifth@council.example.": "Remove the “.” from the end of the email address",
    "one@council.example/two@council.example": "Enter one email address only",
    "one@council.example, two@council.example": "Enter one email address only",
    "pat.o’neil@council.example": "Type the apostrophe in the email address again, as '",
    "zw\u200b@council.example": "It holds a space, or a character that can’t be seen, after zw. Delete it",
    "jösé@council.example": "Check “ö” in the email address: only plain letters work before the @",
    "\u0430nn@council.example": "Check “\u0430” in the email address: only plain letters work before the @",
    "ann@c\u043euncil.example": "Type the part after the @ again: it mixes letters of two alphabets that look alike",
    "fourth@council..example": LOOKS_LIKE,
    "a..b@council.example": LOOKS_LIKE,
    "x@council,example.com": LOOKS_LIKE,
    "zero\u200bwidth@council.example": "It holds a space, or a character that can’t be seen, after zero. Delete it",
    "'quoted@council.example'": LOOKS_LIKE,
    "nobody@localhost": LOOKS_LIKE,
    "nobody": LOOKS_LIKE,
    "a@[127.0.0.1]": LOOKS_LIKE,
    "": LOOKS_LIKE,
    "a" * 250 + "@council.example": "Email address must be 254 characters or fewer",
}


@pytest.mark.parametrize(("typed", "kept"), KEPT.items())
def test_an_address_is_kept_in_one_way_however_it_is_typed(typed: str, kept: str) -> None:
    assert email_address(typed) == kept
    assert is_kept_right(kept)


@pytest.mark.parametrize(("typed", "words"), REFUSED.items())
def test_what_no_mail_reaches_is_refused_and_it_is_said_why(typed: str, words: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        email_address(typed)
    assert str(refused.value) == words
    assert not is_kept_right(typed)


@given(
    st.one_of(st.emails(), st.text(max_size=40), st.from_regex(r"[^@\s]{1,9}@[^@\s]{1,9}\.[a-z]{2}", fullmatch=True))
)
def test_what_is_kept_is_always_plain_and_stays_as_it_is(typed: str) -> None:
    try:
        kept = email_address(typed)
    except NotAnAddress:
        return
    assert kept.isascii()
    assert kept == kept.lower()
    assert len(kept) <= 254
    assert email_address(kept) == kept
    assert is_kept_right(kept)


def test_the_address_of_an_erased_account_is_right_and_an_unconverted_one_is_not() -> None:
    assert is_kept_right("0123456789abcdef@gone.invalid")
    assert not is_kept_right("eva@bücher.example")
    assert not is_kept_right("Ann@council.example")
