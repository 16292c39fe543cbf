"""What is so of mentoring: who can take one more, who fits, when each is asked if it helps, and who waits too long."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.core.days import NOT_OVER, NOT_TO_COME
from portal.core.names import name_key
from portal.core.text import count_words, date_words, together

OFFICER, REP, CENTRE, BUDDY = "officer", "rep", "centre", "buddy"
KINDS = (
    (REP, "An experienced carer rep"),
    (OFFICER, "An engagement officer"),
    (CENTRE, "Someone from a carers centre"),
    (BUDDY, "A member of the board"),
)
PHONE, ONLINE, IN_PERSON = "phone", "online", "in_person"
WAYS = ((PHONE, "By phone"), (ONLINE, "Online"), (IN_PERSON, "In person"))
AIMS = (
    ("papers", "Find papers easier to read"),
    ("speaking", "Speak up in meetings"),
    ("people", "Know who is who"),
    ("decisions", "Know how decisions are made"),
    ("carers", "Bring in what other carers say"),
    ("confidence", "Feel more confident"),
    ("balance", "Keep caring and the role in balance"),
)
TOPICS = (
    ("last_meeting", "The last meeting"),
    ("next_meeting", "The next meeting"),
    ("papers", "Papers"),
    ("people", "People"),
    ("speaking", "Speaking up"),
    ("carers", "What other carers say"),
    ("role", "The role itself"),
    ("balance", "Caring and the role"),
    ("other", "Something else"),
)
EVERY = (("2", "Every 2 weeks"), ("4", "Every 4 weeks"), ("6", "Every 6 weeks"), ("8", "Every 8 weeks"))
PROPOSED, RUNNING, DECLINED, ENDED = "proposed", "running", "declined", "ended"
TAKES_A_PLACE = (PROPOSED, RUNNING)
WAITING, WITHDRAWN, MATCHED = "waiting", "withdrawn", "matched"
UNANSWERED_DAYS = 7
MOST_WEEKS_TOLD = 8  # after that the officer's page still shows it, and no more email comes
FIRST_PULSE_DAYS, PULSE_EVERY_DAYS = 30, 60
PULSE_OPEN_DAYS = 21  # how long an answer to one asking may come
LOW = 2
SCORES = (
    ("5", "5: Very much"),
    ("4", "4: Quite a lot"),
    ("3", "3: Somewhat"),
    ("2", "2: A little"),
    ("1", "1: Not at all"),
)
KEPT_DAYS = 365  # how long notes and talks are kept after a pair ended
NEW_FOR = timedelta(days=7)  # how long a note that the other shared is called new
MAY_MENTOR_AFTER = timedelta(days=365)
MOST_PAIRS = 20
NOT_MET_FOR = timedelta(days=60)
ASKED_ABOUT_TALK_FOR = timedelta(days=30)  # after the day: so long both are asked whether they talked
NEXT = (("nothing", "Nothing for now"), ("another", "I’d like another mentor"))


def has_room(taken: int, most: int, is_on_hold: bool) -> bool:
    """Whether a mentor can be asked to take one more."""
    return not is_on_hold and taken < most


@dataclass(frozen=True)
class Places:
    """How many of a mentor's places are taken, and for how many the two are asked: those are kept free."""

    taken: int = 0
    asked: int = 0

    @property
    def in_use(self) -> int:
        return self.taken + self.asked

    def words(self, most: int) -> str:
        """'1 of 3 places taken', '1 of 3 places taken, 1 asked'."""
        asked = f", {self.asked} asked" if self.asked else ""
        return f"{self.taken} of {count_words(most, 'place')} taken{asked}"


@dataclass(frozen=True)
class Match:
    """How one mentor fits one person: what an officer looks at before asking both."""

    name: str
    places: Places
    most: int
    is_on_hold: bool
    groups_in_common: Sequence[str]
    ways_in_common: Sequence[str]
    has_joined: bool = True
    talks_otherwise: bool = False  # both said how they like to talk, and nothing suits both

    @property
    def why_not(self) -> str:
        """Why they cannot be asked; '' where they can."""
        if not self.has_joined:
            return "invited, not yet accepted"
        if self.is_on_hold:
            return "on hold"
        if not has_room(self.places.in_use, self.most, self.is_on_hold):
            return "full"
        return "no way of talking that suits both" if self.talks_otherwise else ""

    @property
    def can_be_asked(self) -> bool:
        return not self.why_not

    @property
    def order(self) -> tuple[bool, bool, int, float, str]:
        """Those with room first, then who can meet in a way that suits both, knows the groups, and has the least."""
        share = self.places.in_use / self.most if self.most else 1.0
        return (not self.can_be_asked, not self.ways_in_common, -len(self.groups_in_common), share, name_key(self.name))


def in_common(one: Collection[str], other: Collection[str]) -> list[str]:
    """What stands in both, in the order of the first; where one said nothing, everything of the other."""
    if not one or not other:
        return list(one or other)
    return [each for each in one if each in other]


def pulse_day(began_on: date, today: date) -> date | None:
    """The latest day on which a pair was asked if it helps: after 30 days, then every 60. None before the first."""
    days = (today - began_on).days
    if days < FIRST_PULSE_DAYS:
        return None
    rounds = (days - FIRST_PULSE_DAYS) // PULSE_EVERY_DAYS
    return began_on + timedelta(days=FIRST_PULSE_DAYS + rounds * PULSE_EVERY_DAYS)


def is_pulse_open(asked_on: date, today: date) -> bool:
    """Whether an answer to one asking may still come."""
    return today < asked_on + timedelta(days=PULSE_OPEN_DAYS)


def pulse_to_answer(began_on: date, answered_on: date | None, today: date) -> date | None:
    """The day since when somebody of a pair is asked if it helps; `answered_on` is of the last they answered."""
    asked_on = pulse_day(began_on, today)
    if asked_on is None or not is_pulse_open(asked_on, today):
        return None
    return None if answered_on and answered_on >= asked_on else asked_on


def weeks_unanswered(since: date, today: date) -> int:
    """For how many whole weeks somebody has waited for an answer; the officer is told from one on."""
    return max(0, (today - since).days // UNANSWERED_DAYS)


def has_not_met(last_on: date | None, today: date) -> bool:
    """Whether a pair has not met for two months; `last_on` is when they met or, if they never did, began."""
    return last_on is not None and last_on < today - NOT_MET_FOR


def talk_ahead(next_on: date | None, today: date) -> date | None:
    """The day of a pair's next talk: a day that is over is none."""
    return next_on if next_on and next_on >= today else None


def talk_to_record(next_on: date | None, last_on: date | None, today: date) -> date | None:
    """The day that a pair had agreed, once it is over and no talk of that day or later is recorded."""
    is_recorded = last_on is not None and next_on is not None and last_on >= next_on
    return None if next_on is None or next_on >= today or is_recorded else next_on


def may_become_mentor(first_from_on: date, today: date) -> bool:
    """A rep is offered to mentor once they have been one for a year."""
    return today >= first_from_on + MAY_MENTOR_AFTER


def problem_with_plan(until_on: date | None, next_on: date | None, today: date) -> str:
    """What is wrong with the day of the next talk or, once that is right, with the last day, to follow its name."""
    if next_on and next_on < today:
        return NOT_OVER
    return "must be the same as or after your next talk" if until_on and next_on and next_on > until_on else ""


def problem_with_talk(held_on: date, began_on: date | None, today: date) -> str:
    """What is wrong with the day on which a pair talked, to follow its name: a pair talks from its first day on."""
    if held_on > today:
        return NOT_TO_COME
    if began_on and held_on < began_on:
        return f"must be {date_words(began_on)} or later: mentoring began then"
    return ""


def words_go_on(ended_on: date) -> date:
    """The day from which what a pair recorded is no longer kept."""
    return ended_on + timedelta(days=KEPT_DAYS)


def still_open(names: Sequence[str]) -> str:
    """That a yes which was said before going on hold stays: the others have not answered yet."""
    if not names:
        return ""
    who, have = together(names), "has" if len(names) == 1 else "have"
    return f" You have already said yes to {who}, who {have} not answered yet. That match stays open."


def change_of_offer(was_on_hold: bool, is_on_hold: bool, most: int, not_now: int = 0, yes: Sequence[str] = ()) -> str:
    """What a mentor is told who has changed what they offer.

    `not_now` were asked about, and are no longer; to each of `yes` they have said yes, and wait for the answer.
    """
    if is_on_hold:
        answered = f" We answered “Not now” for you to {count_words(not_now, 'new match', 'new matches')}."
        words = "Saved. You will not be asked to take on anyone new until you change this."
        return words + (answered if not_now else "") + still_open(yes)
    if was_on_hold:
        return f"Saved. You can be asked to take on someone new again, up to {count_words(most, 'person', 'people')}."
    return f"Saved. You can mentor up to {count_words(most, 'person', 'people')} at once."
