"""What is so of what people like to be called."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KNOWN_AS = 40
BETWEEN = " -.'’‘"  # what may stand between the letters of a name


def problem_with_known_as(name: str) -> str:
    """Why nobody can be greeted like this, in emails too, as a sentence that says what to do; '' when they can."""
    kinds = {unicodedata.category(letter)[0] for letter in name if letter not in BETWEEN}
    if name and ("L" not in kinds or kinds - {"L", "M"}):
        return "Use letters, spaces, hyphens and apostrophes for what we should call you"
    if re.search(r"\w\.\w\w", name):  # many mail programs make a link of it
        return "Put a space after the full stop in what we should call you"
    return ""


def can_be_offered(name: str) -> bool:
    """Whether a name, as it is on record, could be typed here."""
    return len(name) <= LONGEST_KNOWN_AS and not problem_with_known_as(name)
