"""What a page says of the emails that it set off: it is made from those emails, once they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from portal.core import clock
from portal.core.clock import london_day
from portal.core.emailed import NOBODY, YOU, emailed_words
from portal.core.text import hour_words, no_sooner, short_day_words
from portal.infra.unit_of_work import EmailTo, acting, emails_written

IF_JOINED = "once they have joined"
When = tuple[str, bool]  # in words, and whether it is the daily email


def emailed(names: Mapping[UUID, str] | None = None, emails: Iterable[EmailTo] | None = None) -> str:
    """'3 people will be emailed.' Whoever is in `names` is named where they are among them, and so are 'you'.

    Ask once everything is done: what has happened is handled at once, and what happens afterwards is not counted.
    Of `emails` alone, where they are given.
    """
    when = _when_each(emails_written() if emails is None else emails)
    names = {**(names or {}), **({me: YOU} if (me := acting.get()) else {})}
    kinds = dict.fromkeys(when.values())  # the soonest first
    return " ".join(_words([who for who in when if when[who] == then], names, *then) for then in kinds) or NOBODY


def _when_each(emails: Iterable[EmailTo]) -> dict[UUID, When]:
    """Each person once, the soonest first, with the soonest of what they will get."""
    found: dict[UUID, When] = {}
    for to in sorted(emails, key=lambda to: (to.once_joined, to.at or clock.now(), to.is_daily)):
        found.setdefault(to.person_id, (_when(to), to.is_daily and not to.once_joined))
    return found


def _when(to: EmailTo) -> str:
    """Now (''), at an hour of today, at one of another day, or when they have joined."""
    if to.once_joined or to.at is None:
        return IF_JOINED if to.once_joined else ""
    day = " today" if london_day(to.at) == clock.today() else f" on {short_day_words(london_day(to.at))}"
    return f"at {hour_words(no_sooner(to.at))}{day}"


def _words(people: Iterable[UUID], names: Mapping[UUID, str], when: str, is_daily: bool) -> str:
    everyone = list(people)
    named = sorted((names[who] for who in everyone if who in names), key=lambda name: (name != YOU, name))
    return emailed_words(named, len(everyone) - len(named), when, is_daily)
