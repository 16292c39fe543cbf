"""What a board says of data protection: who is responsible, whom to write to, and on which condition of the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Condition:
    """What lets a board hold data about health, and where the law says so (checked with the page: privacy/law.py)."""

    words: str
    law: str


ACT = "Data Protection Act 2018, Schedule 1, paragraph"
CONDITIONS: Mapping[str, Condition] = {
    "care": Condition("To provide or manage health or social care", f"UK GDPR Article 9(2)(h); {ACT} 2"),
    "function": Condition(
        "To carry out a task that the law gives the board, in the substantial public interest",
        f"UK GDPR Article 9(2)(g); {ACT} 6",
    ),
    "protection": Condition(
        "To do what the law on social security and social protection asks for", f"UK GDPR Article 9(2)(b); {ACT} 1"
    ),
    "consent": Condition("Everyone it is about has clearly agreed", "UK GDPR Article 9(2)(a)"),
}
NOT_CHOSEN = "Not chosen yet"
CHOICES = (("", NOT_CHOSEN), *((key, f"{one.words} ({one.law})") for key, one in CONDITIONS.items()))

# The settings that a board must fill in, and what each is.
NEEDED = {
    "controller": "who is responsible",
    "controller_address": "their address",
    "data_protection_email": "an email address for questions",
    "health_condition": "why it may hold data about health",
}
NAMES = ("controller", "controller_address", "data_protection_email")  # these may name somebody


def condition(key: str) -> Condition | None:
    """The condition that a board chose; None for none, and for one that there is no more."""
    return CONDITIONS.get(key)


def condition_words(key: str) -> str:
    found = condition(key)
    return found.words if found else ""


def missing(said: Mapping[str, str]) -> list[str]:
    """What of it a board has not said, in words; `said` are its settings by name."""
    return [words for name, words in NEEDED.items() if not said[name]]
