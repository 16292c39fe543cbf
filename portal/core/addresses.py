"""Email addresses as people type them: one that mail reaches, in the one way it is kept, or refused with what to do."""

from __future__ import annotations

import unicodedata

from portal.core.text import clean_line

MOST = 254  # characters that a mail server takes
LOOKS_LIKE = "Enter an email address in the correct format, like name@example.com"
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")  # letters of these look alike
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
    if odd := next((letter for letter in local if not letter.isascii()), ""):
        return f"Check “{odd}” in the email address: only plain letters work before the @"
    return LOOKS_LIKE


def _mixes_alphabets(label: str) -> bool:
    named = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if letter.isalpha()}
    return len(named & set(ALPHABETS)) > 1
