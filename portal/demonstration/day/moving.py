"""Moving the demonstration ahead, with what is due on each morning on the way; and back to today.

The clock of both processes is moved by the seconds in a file. Back again, everything is as it was when it was moved
first: moments to come stay in no row and no email.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic as time_passed
from time import sleep

from flask import current_app
from sqlalchemy import select

from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.core import clock
from portal.core.calendar import moment
from portal.demonstration.mailbox.letters import forget_after
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.unit_of_work import abandon, acting, look
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.notifications.mailer import Postman
from portal.notifications.models import Email
from portal.notifications.outbox import LEASE
from portal.scheduler.run import do_chores, do_what_is_due

DAY = timedelta(days=1)
MORNING = time(9)  # what comes once a day has come by then
FARTHEST = timedelta(days=60)
MOST_A_DAY = 12
AROUND = ((0, "of"), (1, "after"))  # days after a meeting, and what they are called
SECONDS_TO_WAIT = 10.0
A_MOMENT = 0.05


@dataclass(frozen=True)
class Choice:
    """A day that one can move to, and everything that it is: 'Tomorrow, the day of the meeting'."""

    words: str
    day: date


def choices(found: Sequence[Meeting]) -> list[Choice]:
    """Days ahead, each once, in their order; two of them are around the next meetings."""
    today, days = clock.today(), dict[date, list[str]]()
    what = "the meeting" if len(found) == 1 else "the meetings"
    every = [(today + DAY, "tomorrow")]
    every += [(one.meets_on + number * DAY, f"the day {of} {what}") for one in found[:1] for number, of in AROUND]
    for day, words in (*every, (today + 7 * DAY, "in a week"), (today + 30 * DAY, "in a month")):
        days.setdefault(day, []).append(words)
    said = ((day, ", ".join(words)) for day, words in sorted(days.items()) if is_ahead(day))
    return [Choice(words[:1].upper() + words[1:], day) for day, words in said]


def is_ahead(day: date) -> bool:
    """Whether one can move to a day: never back, and not so far that nothing would be on it."""
    return clock.today() < day <= clock.today() + FARTHEST


def next_meetings(viewer: Viewer | None) -> list[Meeting]:
    """Those of the next day after today that has any: of whoever looks, or of all boards."""
    tomorrow = clock.today() + DAY
    own = meetings.upcoming(viewer, tomorrow, most=MOST_A_DAY) if viewer else ()
    found = own or meetings.planned_between(tomorrow, tomorrow + FARTHEST)
    return [one for one in found if one.meets_on == found[0].meets_on]


def names_of(found: Sequence[Meeting]) -> list[str]:
    """What meetings are called, each with its board where its group is not called after it."""
    short = {one.id: one.short_name for one in boards.boards()}
    named = ((one.group.name, short[one.board_id]) for one in found)
    return [group if board in group else f"{group} ({board})" for group, board in named]


def is_moved() -> bool:
    """Whether there is a today to go back to."""
    return _clock_file().exists() and _before().exists()


def ahead_to(day: date) -> None:
    """Live through each day up to this one. Raises ValueError for a day that is not ahead."""
    if not is_ahead(day):
        raise ValueError(f"{day} is not ahead")
    if not is_moved():
        _copy(_database(), _before())
    with _by_itself():
        while clock.today() < day:
            _set_clock(moment(clock.today() + DAY, MORNING))
            do_what_is_due()
            do_chores()
            _send_everything()


def back_to_today() -> None:
    """Let the clock be that of this machine again, and undo what happened on days to come."""
    if not is_moved():
        return
    with _by_itself():
        _clock_file().unlink()
        _copy(_before(), _database())
        forget_after(clock.now())
        _before().unlink()


def _send_everything() -> None:
    """Also what the other process has taken to send: a day later it might be too old to go."""
    until = time_passed() + SECONDS_TO_WAIT
    with Postman() as postman:
        while postman.send_some() or (_is_one_being_sent() and time_passed() < until):
            sleep(A_MOMENT)


def _is_one_being_sent() -> bool:
    taken = select(Email.id).where(Email.status == "waiting", Email.tries > 0, Email.not_before <= clock.now() + LEASE)
    with look():
        return db.session.scalar(across_boards(taken.order_by(Email.id).limit(1), CrossBoardReason.CLOCK)) is not None


@contextmanager
def _by_itself() -> Iterator[None]:
    """Apart from the request, which holds nothing of the database meanwhile; nobody did what happens inside."""
    abandon()
    token = acting.set(None)
    try:
        with current_app.app_context():
            yield
            db.session.rollback()
    finally:
        acting.reset(token)


def _set_clock(now: datetime) -> None:
    """In one step, as the other process may read it at any time."""
    seconds = int((now - clock.of_this_machine()).total_seconds()) + 1
    part = _clock_file().with_suffix(".part")
    part.write_text(str(seconds))
    part.rename(_clock_file())


def _copy(source: Path, target: Path) -> None:
    """A whole database into another, in one transaction, whoever has either of them open."""
    with (
        closing(sqlite3.connect(source, timeout=SECONDS_TO_WAIT)) as old,
        closing(sqlite3.connect(target, timeout=SECONDS_TO_WAIT)) as new,
    ):
        old.backup(new)


def _clock_file() -> Path:
    return Path(current_app.config["PORTAL"].clock_file)


def _before() -> Path:
    return _clock_file().with_name("before.db")


def _database() -> Path:
    return Path(str(db.engine.url.database))
