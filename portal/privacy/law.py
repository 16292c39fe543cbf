"""What the privacy page says of the law: in one place, with the day on which it was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHECKED_ON = date(2026, 11, 26)


@dataclass(frozen=True)
class LegalBasis:
    """Why boards may keep something, and where the UK GDPR says so."""

    what: str
    why: str
    article: str


BASES = (
    LegalBasis(
        "Meetings, papers, seats, attendance, training and support",
        "A board needs this for its public task: planning health and social care together with carers",
        "Article 6(1)(e)",
    ),
    LegalBasis(
        "Expenses",
        "A board needs this for its public task, and must keep accounts by law",
        "Article 6(1)(e) and 6(1)(c)",
    ),
    LegalBasis(
        "Replacement care",
        "A request can tell something of someone’s health. It is used for one thing, to arrange care",
        "Article 6(1)(e) and 9(2)(h)",
    ),
    LegalBasis(
        "Mentoring",
        "A board needs this for its public task: support for the carers who take part in its work",
        "Article 6(1)(e)",
    ),
    LegalBasis(
        "Your public profile and photo",
        "You choose what the public sees, and can take it away at any time: consent",
        "Article 6(1)(a)",
    ),
    LegalBasis(
        "Who signed in, and who changed what",
        "A board must keep personal data safe by law",
        "Article 6(1)(c)",
    ),
)

ANSWER_WITHIN = "one month"  # Article 12(3)


@dataclass(frozen=True)
class Regulator:
    """To whom people complain of what a board does with their data."""

    name: str
    called: str
    phone: str
    link: str


REGULATOR = Regulator(
    "Information Commissioner’s Office", "ICO", "0303 123 1113", "https://ico.org.uk/make-a-complaint/"
)
