"""The last weeks: what people did, what the clock did each morning, and the emails, sent as they were written."""

from __future__ import annotations

from datetime import date, timedelta

from portal.core import clock
from portal.demonstration.history.in_order import NEWS, at_hour, go_on, without_emails
from portal.demonstration.moments import on_day
from portal.notifications.mailer import send_next
from portal.scheduler.run import do_chores, do_what_is_due

HOURS = range(9, 23, 2)  # the first is after everything that a morning sets off


def let_come() -> None:
    """Whatever was due before the last weeks is done without a word; then morning by morning, up to now.

    Each morning finds what people had done by then, and nothing that they did later. One that is not over is left to
    whoever starts it.
    """
    today = clock.today()
    with on_day(today - NEWS, 23), without_emails():
        do_what_is_due()
    for days in range(NEWS.days - 1, -1, -1):
        _let_come(today - timedelta(days=days))
    go_on(clock.now())
    if _has_come(today, HOURS[0]):
        _end_the_morning(today)


def _let_come(day: date) -> None:
    for hour in HOURS:
        if _has_come(day, hour):
            go_on(at_hour(day, hour))
            with on_day(day, hour):
                if hour == HOURS[0]:
                    do_what_is_due()
                _send()


def _has_come(day: date, hour: int) -> bool:
    return at_hour(day, hour) <= clock.now()


def _end_the_morning(today: date) -> None:
    """What happens each minute beside what is due, and what follows from it: the trail is chained, and its head known.

    Once, when everything is told: no line of the trail comes late.
    """
    with on_day(today, HOURS[0]):
        do_chores()
        do_what_is_due()
        _send()


def _send() -> None:
    while send_next():
        pass
