"""How much of a group has had Carer Awareness, and which numbers can be right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from portal.core.text import count_words, date_words

AWARENESS = "awareness"  # the kind of its corrections
ALL = "all"  # of a correction: the whole session did not take place
AWARENESS_COUNTS_FOR = timedelta(days=3 * 365)  # members change: Carer Awareness counts for three years


def about_words(held_on: date, group: str = "") -> str:
    """What a correction is about: 'Carer Awareness on 2 March 2026: Main Group'."""
    return f"Carer Awareness on {date_words(held_on)}{f': {group}' if group else ''}"


def group_in(about: str) -> str:
    """The group in those words."""
    return about.partition(": ")[2]


def counts_today(held_on: date, today: date) -> bool:
    return today - AWARENESS_COUNTS_FOR < held_on <= today


def coverage(had_it: int, members: int) -> int | None:
    """Percent of the other members who had Carer Awareness; None where that cannot be said.

    It cannot where nobody said how many there are, or where older numbers say that more had it than there are.
    """
    return round(100 * had_it / members) if members and had_it <= members else None


def problem_with_number(first_time: int, had_it: int, members: int) -> str:
    """Why so many members of a group cannot have had it for the first time; '' when they can."""
    if first_time and not members:
        return "Enter how many other members this group has first, on the page of Carer Awareness"
    if had_it + first_time <= members:
        return ""
    of_group = f"This group has {count_words(members, 'other member')}, and {had_it or 'none'} of them had it before"
    return f"{of_group}. Enter {members - had_it} or fewer" if had_it < members else f"{of_group}. Enter 0"


def problems_with_numbers(
    first_time: Mapping[UUID, int], had_it: Mapping[UUID, int], members: Mapping[UUID, int]
) -> dict[UUID, str]:
    """By group, what is wrong with the numbers of a session."""
    said = {key: problem_with_number(n, had_it.get(key, 0), members.get(key, 0)) for key, n in first_time.items()}
    return {key: problem for key, problem in said.items() if problem}


def problem_with_members(members: int, had_it: int) -> str:
    """Why a group cannot have so few other members; '' when it can."""
    if members >= had_it:
        return ""
    return (
        f"{had_it} members of this group had Carer Awareness in the last three years. Enter {had_it} or more, or ask "
        "an administrator to correct a session"
    )


def problem_with_deliverer(name: str, terms: tuple[tuple[date, date], ...] | None, held_on: date) -> str:
    """Why somebody cannot have delivered it on a day; '' when they can. A depute has no terms: None."""
    if terms is None or any(first <= held_on <= last for first, last in terms):
        return ""
    return f"{name} was not a carer rep on {date_words(held_on)}. Untick their name, or change the day"
