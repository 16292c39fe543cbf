"""What the privacy page says of the law: in one place, with the day on which it was last checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHECKED_ON = date(2026, 11, 26)


@dataclass(frozen=True)
class LegalBasis:
    """Why boards may keep something, and where the UK GDPR says so. `of` are capabilities, or single tables of them."""

    what: str
    why: str
    article: str
    of: tuple[str, ...]


TASK = "Article 6(1)(e)"
BASES = (
    LegalBasis(
        "Your account, your seat and your roles",
        "A board needs this for its public task: carers are members of it by law",
        TASK,
        ("boards", "appointing"),
    ),
    LegalBasis(
        "Meetings, papers, attendance, training and support",
        "A board needs this for its public task: planning health and social care together with carers",
        TASK,
        (
            "check_in",
            "corrections",
            "deputes",
            "meetings",
            "notifications",
            "papers",
            "rep_pages",
            "role_descriptions",
            "role_profiles",
            "support_meetings",
            "training",
        ),
    ),
    LegalBasis(
        "Expenses",
        "A board needs this for its public task, and must keep accounts by law",
        "Article 6(1)(e) and 6(1)(c)",
        ("expenses",),
    ),
    LegalBasis(
        "Replacement care",
        "A board needs this for its public task. A request can tell something of someone’s health, and is used for one "
        "thing: to arrange care",
        "Article 6(1)(e), and Article 9 as the board has chosen",
        ("replacement_care",),
    ),
    LegalBasis(
        "Mentoring",
        "A board needs this for its public task: support for the carers who take part in its work",
        TASK,
        ("mentoring",),
    ),
    LegalBasis(
        "Your public profile and photo",
        "You choose what the public sees, and can take it away at any time: consent",
        "Article 6(1)(a)",
        ("public_profiles",),
    ),
    LegalBasis(
        "Who signed in, and who changed what",
        "A board must keep personal data safe by law",
        "Article 6(1)(c)",
        ("accounts", "audit", "privacy"),
    ),
)


def basis_of(capability: str, table: str) -> LegalBasis:
    """Why the rows of a table may be kept: as is said of the table itself, or of the capability that it belongs to."""
    found = next((one for one in BASES if table in one.of), None) or next(
        (one for one in BASES if capability in one.of), None
    )
    if found is None:
        raise LookupError(f"Say in privacy/law.py why {table} may be kept")
    return found


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
