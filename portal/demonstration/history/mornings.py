"""The last weeks: what people did, what the clock did each morning, and the emails, sent as they were written."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.demonstration.history.in_order import NEWS, at_hour, go_on, without_emails
from portal.demonstration.moments import on_day
from portal.notifications.mailer import send_next
from portal.scheduler.run import do_what_is_due

HOURS = range(9, 23, 2)  # the first is after everything that a morning sets off


def let_come() -> None:
    """Whatever was due before the last weeks is done without a word; then morning by morning, up to yesterday.

    Each morning finds what people had done by then, and nothing that they did later.
    """
    today = clock.today()
    with on_day(today - NEWS, 23), without_emails():
        do_what_is_due()
    for days in range(NEWS.days - 1, 0, -1):
        for hour in HOURS:
            go_on(at_hour(today - timedelta(days=days), hour))
            with on_day(today - timedelta(days=days), hour):
                if hour == HOURS[0]:
                    do_what_is_due()
                while send_next():
                    pass
