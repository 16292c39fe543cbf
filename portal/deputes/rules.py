"""What is so of nominations: their states, and who cannot be a depute."""

from __future__ import annotations

from collections.abc import Collection

ASKED, CONFIRMED, DECLINED, WITHDRAWN = "asked", "confirmed", "declined", "withdrawn"
STATUSES = (ASKED, CONFIRMED, DECLINED, WITHDRAWN)
OPEN = (ASKED, CONFIRMED)


def state_words(status: str, is_agreed: bool, has_joined: bool) -> tuple[str, str]:
    """How far a nomination is, in the words that everyone reads, and the kind of its tag."""
    if status == CONFIRMED:
        waits = "Asked to agree" if has_joined else "Invited to join"
        return ("Agreed", "done") if is_agreed else (waits, "soon")
    return {
        ASKED: ("To be confirmed", "soon"),
        DECLINED: ("Not confirmed", "late"),
        WITHDRAWN: ("Removed", "late"),
    }[status]


def asked_words(name: str, is_invited: bool) -> str:
    """That a depute is asked to agree, or will be once they can answer, as a sentence."""
    return (
        f"We’ve invited {name}, who is asked to agree once they join."
        if is_invited
        else (f"We’ve asked {name} to agree.")
    )


def as_depute(name: str) -> str:
    """How lists of reps and deputes name a depute."""
    return f"{name} (depute)"


def problem_with(email: str, own_email: str, emails_of_reps: Collection[str], emails_open: Collection[str]) -> str:
    """Why this person cannot be nominated, as a sentence that says what to do; '' when they can."""
    if email == own_email:
        return "That is your own email address. Nominate someone else"
    if email in emails_of_reps:
        return "They are already a rep on this group. Nominate someone else"
    if email in emails_open:
        return "You have already nominated them. See your deputes"
    return ""
