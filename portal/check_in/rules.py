"""What is so of the question asked before each meeting: its choices, and when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.core.calendar import working_day_by, working_day_from
from portal.core.text import no_sooner

IN_PERSON, ONLINE, DEPUTE, NO = "in_person", "online", "depute", "no"
SAME, DIFFERENT = "same", "different"  # as last time, or said anew
KEEP = "keep"  # the care that is requested already stays as it is
YES = "yes"
COMING = ((IN_PERSON, "Yes, in person"), (ONLINE, "Yes, online"), (DEPUTE, "No, my depute will"), (NO, "No"))
ONLINE_NOW = "You said you’re coming in person, but this meeting is now online only"
NOT_AT_ALL = "none"
TRAVEL = (
    (NOT_AT_ALL, "I will not need to travel"),
    ("car", "By car"),
    ("bus", "By bus"),
    ("train", "By train"),
    ("taxi", "By taxi"),
    ("ferry", "By ferry or plane"),
    ("other", "Some other way"),
)
CAME, CAME_ONLINE, APOLOGIES, ABSENT = "came", "online", "apologies", "absent"
ATTENDANCE = "attendance"  # the kind of its corrections
ATTENDED = ((CAME, "Came"), (CAME_ONLINE, "Came online"), (APOLOGIES, "Sent apologies"), (ABSENT, "Absent"))
EXPECTED_WORDS = {
    CAME: "said they would come",
    CAME_ONLINE: "said they would come online",
    APOLOGIES: "sent apologies",
}  # what people told us before, by how it would be recorded
REMIND_DAYS_BEFORE = 3
ANSWERS_AHEAD = timedelta(days=60)  # how far ahead an officer sees what reps answered
DEPUTE_ASKED, DEPUTE_ASKED_AGAIN, NO_DEPUTE = "depute_asked", "depute_asked_again", "no_depute"
ANSWER_WORDS = {
    "": "no answer yet",
    IN_PERSON: "coming in person",
    ONLINE: "coming online",
    DEPUTE: "the depute will go",
    DEPUTE_ASKED: "the depute is down to go, but has not answered yet",
    DEPUTE_ASKED_AGAIN: "the depute is down to go, but told us earlier that they can’t, and has not answered again yet",
    NO_DEPUTE: "can’t come, and no depute is going",
    NO: "can’t come",
}
LACKS_ANSWER = ("", DEPUTE_ASKED, DEPUTE_ASKED_AGAIN)
ANSWER_WORDS_OF_REP = {
    IN_PERSON: "they’re coming in person",
    ONLINE: "they’re coming online",
    NO: "they can’t come either",
}  # where a depute was to go for them
UNDO_FOR = timedelta(minutes=10)  # how long apologies can be undone, and wait before anybody is told
TELL_AT_ONCE_WITHIN = timedelta(hours=3)  # of the meeting: ten minutes matter to whoever must do something
POST_AHEAD = timedelta(days=10)  # how long before the last day to post papers a clerk is told
RECORDED_WITHIN = timedelta(days=90)  # after a meeting: so long clerks are asked to record who came
ABSENCES_FLAGGED = 3  # running; standing orders let a board act after three, and an officer should know before


def instead_words(depute: str, said: str) -> str:
    """That a depute goes, as strong as what they have `said` themselves: a no is of before they were called again."""
    if said in (IN_PERSON, ONLINE):
        return f"{depute} will go for you"
    if said == NO:
        return f"{depute} is down to go for you, but told us earlier that they can’t. They have not answered again yet"
    return f"{depute} is down to go for you. They have not answered yet"


def answer_of_depute(said: str) -> str:
    """What is so of a rep for whom a depute is down to go: the key of an answer. `said` is as for instead_words."""
    if said in (IN_PERSON, ONLINE):
        return DEPUTE
    return DEPUTE_ASKED_AGAIN if said == NO else DEPUTE_ASKED


def said_by_depute(coming: str, answered_for: date | None, meets_on: date) -> str:
    """What a depute who is down to go has said: a yes for its day, or that they cannot, on whichever day that was."""
    return coming if coming == NO or (coming and not needs_answer(answered_for, meets_on)) else ""


def tell_at(now: datetime, starts_at: datetime) -> datetime:
    """When people hear of apologies that are sent now."""
    return now if starts_at - now <= TELL_AT_ONCE_WITHIN else undo_until(now)


def undo_until(now: datetime) -> datetime:
    """Until when apologies that are sent now can be undone: a whole minute, so that every page says the same."""
    return no_sooner(now + UNDO_FOR).replace(second=0, microsecond=0)


def days_to_ask(first: int) -> tuple[int, ...]:
    """How many days before a meeting reps are asked, the first time and once more."""
    return (first, REMIND_DAYS_BEFORE) if first > REMIND_DAYS_BEFORE else (first,)


def is_time_to_ask(meets_on: date, days_before: int, next_days: int, today: date) -> bool:
    """From `days_before` days before the meeting until it is time to ask again; never on the day itself."""
    return meets_on - timedelta(days=days_before) <= today < meets_on - timedelta(days=next_days)


def is_asked_by(meets_on: date, days_before: int, today: date) -> bool:
    """Whether the time of first asking has come."""
    return today >= meets_on - timedelta(days=days_before)


def needs_answer(answered_for: date | None, meets_on: date) -> bool:
    """Nobody has answered, or the meeting has moved since."""
    return answered_for != meets_on


def is_outdated(coming: str, is_online_only: bool) -> bool:
    """Somebody said that they come in person to what is online only by now: they are asked again."""
    return coming == IN_PERSON and is_online_only


def is_time_to_call(answered_for: date | None, meets_on: date, today: date) -> bool:
    """Whether an officer should ask somebody who has not answered: from the day on which nobody asks again."""
    return needs_answer(answered_for, meets_on) and meets_on - today <= timedelta(days=REMIND_DAYS_BEFORE)


def expected_attendance(coming: str) -> str:
    """What the clerk's page proposes, from what was said before; '' of whoever said nothing: nobody guesses that."""
    return {IN_PERSON: CAME, ONLINE: CAME_ONLINE, NO: APOLOGIES, DEPUTE: CAME}.get(coming, "")


def was_there(attended: str, coming: str) -> bool:
    """What the clerk confirmed, else what was said before: coming, or a depute comes."""
    return attended in (CAME, CAME_ONLINE) if attended else coming in (IN_PERSON, ONLINE, DEPUTE)


def absent_running(attended: Sequence[str]) -> int:
    """At how many meetings running somebody was not there, newest first, until one at which they, or a depute, were."""
    running = 0
    for one in attended:
        if one not in (APOLOGIES, ABSENT):
            break
        running += 1
    return running


def post_by(meets_on: date, target_days: int) -> date:
    """The latest day to post printed papers: the day they are due, or the first working day after it.

    Where that would be the day of the meeting or later, the last working day before.
    """
    due = meets_on - timedelta(days=target_days)
    first = working_day_from(due)
    return first if first < meets_on else working_day_by(due)


def questions(coming: str, care: str, travel: str, printed: str, has_request: bool = False) -> tuple[str, ...]:
    """What is asked, by name: only what follows from the answers so far, and all of that at once.

    Whoever comes in person is asked how and from where together, unless they have said that they need not travel.
    `has_request`: a no to care of whoever comes cancels something, and asks whether that is meant. A no to coming does
    what the page says, and can be undone.
    """
    if coming not in (IN_PERSON, ONLINE):
        return ("coming",)
    follow = {
        "care": True,
        "care_words": care == DIFFERENT,
        "cancel_care": has_request and care == NO,
        "travel": coming == IN_PERSON,
        "travel_from": coming == IN_PERSON and travel not in (SAME, NOT_AT_ALL),
        "printed": True,
        "address": printed == YES,
        "help_words": True,
    }
    return ("coming", *(name for name, is_asked in follow.items() if is_asked))


@dataclass(frozen=True)
class Answers:
    """What somebody typed. SAME means: as last time."""

    coming: str
    care: str
    care_words: str
    travel: str
    travel_from: str
    printed: str
    address: str
    help_words: str
