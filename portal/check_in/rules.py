"""What is so of the question asked before each meeting: its choices, and when it is asked."""

from __future__ import annotations

from datetime import date, timedelta

IN_PERSON, ONLINE, DEPUTE, NO = "in_person", "online", "depute", "no"
SAME, DIFFERENT = "same", "different"  # as last time, or said anew
YES = "yes"
COMING = ((IN_PERSON, "Yes, in person"), (ONLINE, "Yes, online"), (DEPUTE, "No, my depute will"), (NO, "No"))
TRAVEL = (
    ("none", "I do not travel"),
    ("car", "By car"),
    ("bus", "By bus"),
    ("train", "By train"),
    ("taxi", "By taxi"),
    ("ferry", "By ferry or plane"),
    ("other", "Some other way"),
)
CAME, CAME_ONLINE, APOLOGIES, ABSENT = "came", "online", "apologies", "absent"
ATTENDED = ((CAME, "Came"), (CAME_ONLINE, "Came online"), (APOLOGIES, "Sent apologies"), (ABSENT, "Absent"))
REMIND_DAYS_BEFORE = 3


def days_to_ask(first: int) -> tuple[int, ...]:
    """How many days before a meeting reps are asked, the first time and once more."""
    return (first, REMIND_DAYS_BEFORE) if first > REMIND_DAYS_BEFORE else (first,)


def is_time_to_ask(meets_on: date, days_before: int, next_days: int, today: date) -> bool:
    """From `days_before` days before the meeting until it is time to ask again; never on the day itself."""
    return meets_on - timedelta(days=days_before) <= today < meets_on - timedelta(days=next_days)


def needs_answer(answered_for: date | None, meets_on: date) -> bool:
    """Nobody has answered, or the meeting has moved since."""
    return answered_for != meets_on


def expected_attendance(coming: str) -> str:
    """What the clerk's page proposes, from what was said before."""
    return {IN_PERSON: CAME, ONLINE: CAME_ONLINE, NO: APOLOGIES, DEPUTE: CAME}.get(coming, CAME)
