"""Addresses as people type them: of mail, in the one way it is kept or refused with what to do, and of web pages."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from portal.core.text import clean_line

MOST = 254  # characters that a mail server takes
LOOKS_LIKE = "Enter an email address in the correct format, like name@example.com"
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # letters of these look alike
HOST = r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"  # of a page, as browsers send it
ERASED = "gone.invalid"  # no mail server has it: where the address of an erased account points


class NotAnAddress(ValueError):
    """What was typed is no address that mail reaches; the message is a sentence that says what to do."""


def email_address(typed: str) -> str:
    """The address as it is kept: lower case, the domain as mail servers write it. Raises NotAnAddress."""
    from email_validator import EmailNotValidError, validate_email  # heavy

    typed = clean_line(typed)
    if len(typed) > MOST:
        raise NotAnAddress(f"Email address must be {MOST} characters or fewer")
    try:
        parts = validate_email(typed, check_deliverability=False, test_environment=True, allow_smtputf8=False)
    except EmailNotValidError:
        raise NotAnAddress(_what_to_do(typed)) from None
    kept = (parts.ascii_email or "").lower()
    if any(_mixes_alphabets(label) for label in parts.domain.split(".")):
        raise NotAnAddress("Type the part after the @ again: it mixes letters of two alphabets that look alike")
    return kept


def is_kept_right(address: str) -> bool:
    """Whether an address that is stored is one that its person can sign in with, or that of an erased account."""
    if address.endswith(f"@{ERASED}"):
        return True
    try:
        return email_address(address) == address
    except NotAnAddress:
        return False


def is_web_page(typed: str) -> bool:
    """Whether this is the whole address of a page that anybody can open: no name or password, no bare machine."""
    try:
        parts = urlsplit(typed)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    is_open = parts.scheme == "https" and "@" not in parts.netloc and port in (None, 443)
    return is_open and not re.search(r"[\s<>\"\\]", typed) and bool(re.fullmatch(HOST, host))


def _what_to_do(typed: str) -> str:
    """The sentence for the mistakes that lists and copied links bring along; the general one for any other."""
    local = typed.partition("@")[0]
    if typed.lower().startswith("mailto:"):
        return "Remove “mailto:” from the start of the email address"
    if set(typed) & set("<>"):
        return "Remove the < and >, and leave only the email address"
    if typed.count("@") > 1:
        return "Enter one email address only"
    if typed[-1:] in (",", ";", ".", ":"):
        return f"Remove the “{typed[-1]}” from the end of the email address"
    if set(local) & set("‘’ʼ"):
        return "Type the apostrophe in the email address again, as '"
    if " " in typed:  # a space, or what no screen shows, which cleaning made into one
        before = typed.partition(" ")[0]
        return f"It holds a space, or a character that can’t be seen, after {before}. Delete it"
    if odd := next((letter for letter in local if not letter.isascii()), ""):
        return f"Check “{odd}” in the email address: only plain letters work before the @"
    return LOOKS_LIKE


def _mixes_alphabets(label: str) -> bool:
    named = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    return len(named & set(ALPHABETS)) > 1
