"""What waits is looked at once more: what is no longer true is not sent, and the list of emails says why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from portal.capability import gathered
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db
from portal.infra.notification import AnyNotification, Facts
from portal.infra.unit_of_work import look, unit_of_work
from portal.notifications import queries
from portal.notifications.emails import DAILY_EMAIL
from portal.notifications.models import NOT_SENT, Email

Found = Facts | str  # the facts as they are now, or why it is no longer true


def looked_at(email: Email) -> Found | None:
    """What has changed since it was written; None where nothing has, or its kind does not ask."""
    when_sent = gathered().email_called[email.template].when_sent
    if when_sent is None or email.person is None:
        return None
    found = when_sent(email.facts, email.person.minutes_per_page)
    return None if found == email.facts else found


def why_untrue(email: Email) -> str:
    """Why it would not be sent now; '' where it would be."""
    found = looked_at(email)
    return found if isinstance(found, str) else ""


def those_still_true(emails: list[Email]) -> list[Email]:
    """Of emails that are held: each as things are now, and without those that are no longer true, which are ended."""
    _settle({one.id: found for one in emails if (found := looked_at(one)) is not None})
    return [one for one in emails if not one.is_untrue]


def bring_up_to_date(email: Email) -> None:
    """Before one is sent: it, or each part of the daily one, as things are now. Nothing is written where it is so."""
    with look():
        parts = queries.parts_of(email) if email.template == DAILY_EMAIL else [email]
        changed = {one.id: found for one in parts if (found := looked_at(one)) is not None}
    if changed:
        with unit_of_work():
            _settle(changed)
            if email.template == DAILY_EMAIL and not queries.parts_of(email):
                _settle({email.id: "nothing in it was true any more"})


def look_again(meeting_id: UUID) -> None:
    """Something has happened to a meeting or its papers: what waits is ended now, so that the list says so at once.

    What is on its way is left: it is looked at when it is sent.
    """
    known: dict[str, Found | None] = {}  # most emails say the same to everybody
    for email in queries.unsent_of_meeting(meeting_id):
        pace = email.person.minutes_per_page if email.person else 0
        alike = json.dumps([email.template, email.facts, pace], sort_keys=True)
        if alike not in known:
            known[alike] = looked_at(email)
        if (found := known[alike]) is not None:
            _settle({email.id: found}, only_unsent=True)


def _settle(changed: Mapping[UUID, Found], only_unsent: bool = False) -> None:
    for key, found in changed.items():
        words = f"{NOT_SENT}{found} before this email went out"[:200]
        values = {"status": "expired", "problem": words} if isinstance(found, str) else _renewed(key, found)
        unsent = queries.UNSENT if only_unsent else ()
        db.session.execute(update(Email).where(Email.id == key, *unsent).values(**values))


def _renewed(key: UUID, facts: Facts) -> dict[str, object]:
    """Its new facts; and until when it is worth sending, where they say."""
    email = db.session.get_one(Email, key)
    notification = gathered().email_called[email.template]
    ends = notification.until(facts) if notification.until else None
    if ends is None:
        return {"facts": facts}
    return {"facts": facts, "expires_at": min(email.asked_at + timedelta(days=notification.worth_days), ends)}


def let_go_first(people: Iterable[UUID], thing_id: UUID) -> None:
    """What is held about a thing goes now to those who are about to hear more of it, as it happened before that."""
    ids = [one.id for one in queries.held_of_all(people) if thing_id.hex in one.facts.values()]
    db.session.execute(update(Email).where(Email.id.in_(ids), *queries.UNSENT).values(status="waiting"))


def never_told(notification: AnyNotification, event: Event) -> set[UUID]:
    """Who need not hear that something is taken back: they were never told of it, and have not answered to it."""
    meeting_id = getattr(event, "meeting_id", None)
    if not notification.takes_back or meeting_id is None:
        return set()
    silent = queries.told_nothing(meeting_id, notification.takes_back)
    return silent - _taking_part(meeting_id) if silent else silent


def left_to_the_first(notification: AnyNotification, event: Event) -> list[Email]:
    """Emails by which some first hear of what another would tell them the change of: they go instead of it.

    For everybody else the other goes, and takes the place of one that still waits.
    """
    if notification.follows:
        return _first_of_thing((one.person_id for one in notification.who(event)), notification.follows(event))
    later, meeting_id = notification.later, getattr(event, "meeting_id", None)
    if later is None or meeting_id is None:
        return []
    waiting = [one for one in queries.unsent_of_meeting(meeting_id) if one.template == later.first]
    unaware = queries.not_told_yet(meeting_id, later.first) - _taking_part(meeting_id) if waiting else set()
    _settle({one.id: later.why for one in waiting if one.person_id not in unaware}, only_unsent=True)
    left = [one for one in waiting if one.person_id in unaware]
    if later.is_soon(event):
        for one in left:
            one.status, one.not_before = "waiting", clock.now()
    return left


def _first_of_thing(people: Iterable[UUID], thing_id: UUID) -> list[Email]:
    """Emails that wait, and by which some of these people first hear of a thing: each as the thing is now."""

    def is_first(email: Email) -> bool:
        asks = gathered().email_called[email.template].is_first
        return thing_id.hex in email.facts.values() and asks is not None and asks(email.facts)

    waiting = [one for one in queries.unsent_of_all(people) if is_first(one)]
    changed = {one.id: found for one in waiting if (found := looked_at(one)) is not None}
    _settle(changed, only_unsent=True)
    return [one for one in waiting if not isinstance(changed.get(one.id), str)]


def _taking_part(meeting_id: UUID) -> set[UUID]:
    return {
        person_id
        for capability in gathered().capabilities
        if capability.takes_part
        for person_id in capability.takes_part(meeting_id)
    }
