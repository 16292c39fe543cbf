"""The one email that tells of emails: what was held for a day, together."""

from __future__ import annotations

from portal.infra.notification import Facts, Notification, the_person
from portal.notifications.events import DailyEmailDue

DAILY_EMAIL = "daily"


def daily(event: DailyEmailDue) -> Facts:
    return {"emails": [str(one) for one in event.emails]}


EMAILS = (Notification(DailyEmailDue, the_person, DAILY_EMAIL, daily, always=True, at_once=True, worth_days=1),)
