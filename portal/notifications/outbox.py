"""Writing the outbox, and taking from it: under a lease, so that nothing is lost and nothing sent twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import delete, select, update

from portal.accounts import queries as accounts
from portal.accounts.events import LinkEvent, PersonInvited
from portal.accounts.invitations import note_delivered, note_undelivered
from portal.accounts.mailed_links import note_taken
from portal.accounts.models import Person
from portal.accounts.rules import DAILY, ONLY_NEEDED, USUAL
from portal.boards.access import queries as access
from portal.capability import gathered
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db
from portal.infra.notification import AnyNotification, Facts, Reader, Recipient
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.unit_of_work import EmailTo, held, note_email, record
from portal.notifications import queries, still_true
from portal.notifications.events import EmailSentAgain
from portal.notifications.models import FIRST, LATER, Email
from portal.notifications.rules import held_until

LEASE = timedelta(minutes=2)  # longer than sending what is taken at once can last; see the mailer
TO_BOARD = "board"  # whose an email is, in its key, where it goes to an address that a board has named
PAUSES = (1, 5, 15, 60, 120, 240)  # minutes before the next try after a temporary error


class NoSuchEvent(KeyError):
    """An event that stands in the emails of no capability: add a row, or nobody=True to the event."""


def write_emails(event: Event) -> None:
    """One row for each person who hears of this event, in the transaction of the event itself."""
    if type(event) not in gathered().emails_about and not event.nobody:
        raise NoSuchEvent(event.name)
    for notification in gathered().emails_about.get(type(event), ()):
        _write(notification, event)
        if notification.to_address and (address := notification.to_address(event)):
            _write_to(address, notification, event)


def _write(notification: AnyNotification, event: Event) -> None:
    """One email to all who hear of it; how many they are makes no more queries."""
    first = still_true.left_to_the_first(notification, event)
    recipients = _by_key(notification, event, {email.reader.id for email in first})
    for email in first:
        _note(email, email.reader, gathered().email_called[email.template])
    people = accounts.people(one.person_id for one in recipients.values())
    kept_out = access.suspended(event.board_id) if event.board_id and recipients else frozenset()
    wanting = {
        key: one
        for key, one in recipients.items()
        if _wanted(notification, people[one.person_id]) and (notification.to_suspended or one.person_id not in kept_out)
    }
    facts = notification.facts(event) if wanting else None
    if facts is not None:
        if notification.follows:
            at_once = [one.person_id for one in wanting.values() if not _is_held(notification, people[one.person_id])]
            still_true.let_go_first(at_once, notification.follows(event))
        write = partial(_row_for, notification, event, facts)
        for key, one in wanting.items():
            row = write(key, one, people[one.person_id])
            db.session.add(row)
            _note(row, people[one.person_id], notification)


def _write_to(address: str, notification: AnyNotification, event: Event) -> None:
    """The same to an address that is nobody's own: once for an event, under its key, like all others."""
    key = f"{notification.email}:{event.id.hex}:{TO_BOARD}"
    if queries.is_written(event.board_id, key) or (facts := notification.facts(event)) is None:
        return
    of_event = {"board_id": event.board_id, "meeting_id": None, "person_id": None, "to_address": address}
    db.session.add(_row(clock.now(), notification.email, key=key, facts=facts, status="waiting", **of_event))


def _note(row: Email, person: Person, notification: AnyNotification) -> None:
    """Let pages say that it goes. To an account that is closed it does not."""
    if person.disabled_at is None or notification.to_closed_accounts:
        waits_for_undo = row.not_before if row.undo_id else None
        to = _email_to(person, waits_for_undo, row.not_before if row.status == "held" else None)
        note_email(replace(to, about=notification.email, facts=row.facts))


def _email_to(person: Person, at: datetime | None, held_since: datetime | None) -> EmailTo:
    if held_since is None:
        return EmailTo(person.id, at)
    if person.joined_at is None:
        return EmailTo(person.id, once_joined=True)
    return EmailTo(person.id, held_until(person.emails_wanted, held_since), is_daily=person.emails_wanted == DAILY)


def would_be_emailed(event: Event, at: datetime) -> Iterable[EmailTo]:
    """Who will be emailed about an event of then, if it is as now, by the rules by which its emails are written."""
    for notification in gathered().emails_about.get(type(event), ()):
        people = accounts.people(one.person_id for one in notification.who(event))
        wanting = [one for one in people.values() if _wanted(notification, one) and one.disabled_at is None]
        facts = notification.facts(event) if wanting else None
        for one in wanting if facts is not None else ():
            to = _email_to(one, at, at if _is_held(notification, one) else None)
            yield replace(to, about=notification.email, facts=_facts_for(notification, event, facts or {}, one))


def _by_key(notification: AnyNotification, event: Event, told_otherwise: set[UUID]) -> dict[str, Recipient]:
    """Who hears and has not been written to yet, by the key of the email.

    The key is made of the event's own id. So two alike are told twice (a meeting moved twice to the same place), and
    one that is handled twice is told once. What the clock sets off takes its id from the key of the occasion, so that
    two processes that find the same occasion have one event: here the second finds the first one's rows, and where
    both write at once, the unique key lets one of them through.
    """
    silent = still_true.never_told(notification, event) | told_otherwise
    who = [one for one in notification.who(event) if one.person_id not in silent]
    found = {f"{notification.email}:{event.id.hex}:{one.person_id}": one for one in who}
    written = queries.keys_written((one.person_id for one in found.values()), found) if found else set()
    return {key: one for key, one in found.items() if key not in written}


def _row_for(
    notification: AnyNotification, event: Event, facts: Facts, key: str, recipient: Recipient, person: Person
) -> Email:
    row = _row(
        key=key,
        template=notification.email,
        board_id=event.board_id,
        meeting_id=getattr(event, "meeting_id", None),
        person_id=person.id,
        to_address=recipient.address,
        facts=_facts_for(notification, event, facts, person),
        status="held" if _is_held(notification, person) else "waiting",
        turn=FIRST if notification.cannot_wait else LATER,
        now=clock.now(),
    )
    if notification.until:
        row.expires_at = min(row.expires_at, notification.until(row.facts) or row.expires_at)
    if may_be_undone := held():
        row.undo_id, row.not_before = may_be_undone.undo_id, max(row.not_before, may_be_undone.until)
    return row


def _facts_for(notification: AnyNotification, event: Event, facts: Facts, person: Person) -> Facts:
    """With what differs from reader to reader."""
    reader = Reader(person.id, person.minutes_per_page)
    return {**facts, **(notification.for_each(event, facts, reader) if notification.for_each else {})}


def _wanted(notification: AnyNotification, person: Person) -> bool:
    return person.emails_wanted != ONLY_NEEDED or notification.always


def _is_held(notification: AnyNotification, person: Person) -> bool:
    """Whether it waits, to be in one email with others."""
    if person.joined_at is None and not _is_for_the_invited(notification):
        return True
    return (person.emails_wanted == DAILY and not notification.at_once) or (
        person.emails_wanted == USUAL and notification.gathered
    )


def _is_for_the_invited(notification: AnyNotification) -> bool:
    """What goes before somebody has joined: a link that lets them in, and what says so of itself."""
    return notification.before_joining or notification.to_stranger or issubclass(notification.event, LinkEvent)


def _row(now: datetime, template: str, **values: object) -> Email:
    row = Email(template=template, asked_at=now, not_before=now, **values)
    row.expires_at = now + timedelta(days=gathered().email_called[template].worth_days)
    row.message_id = f"<{row.id.hex}@{current_app.config['PORTAL'].host}>"
    return row


def take_some(most: int) -> list[Email]:
    """The next emails to send, what cannot wait first, leased to the caller.

    Who commits before sending, marks each afterwards, and gives back what is not sent in time.
    """
    now = clock.now()
    due = select(Email).where(Email.status == "waiting", Email.not_before <= now)
    due = due.order_by(Email.turn, Email.not_before, Email.id).limit(most).with_for_update(of=Email, skip_locked=True)
    taken = list(db.session.scalars(across_boards(due, CrossBoardReason.CLOCK)))
    for email in taken:
        email.not_before, email.tries = now + LEASE, email.tries + 1
    return taken


def give_back(emails: Iterable[Email]) -> None:
    """These were not tried: whoever takes some next takes them."""
    unsent = update(Email).where(Email.id.in_([email.id for email in emails]), Email.status == "waiting")
    db.session.execute(unsent.values(not_before=clock.now(), tries=Email.tries - 1))


def is_barred(email: Email) -> bool:
    """Whether whoever it is to has been shut out since: by closing the account, or by its board."""
    notification = gathered().email_called[email.template]
    if email.person and email.person.disabled_at is not None and not notification.to_closed_accounts:
        return True
    return not notification.to_suspended and _is_kept_out(email.board_id, email.person_id)


def _is_kept_out(board_id: UUID | None, person_id: UUID | None) -> bool:
    return board_id is not None and person_id in access.suspended(board_id)


def has_dead_link(email: Email) -> bool:
    """Whether the link for which an email is sent was used, ended or replaced since it was asked for."""
    if not _has_link(email):
        return False
    link = accounts.mailed_link(UUID(hex=email.facts["link_id"]))
    return link is None or not accounts.is_link_alive(link)


def _has_link(email: Email) -> bool:
    return issubclass(gathered().email_called[email.template].event, LinkEvent)


def take_out(undo_id: UUID) -> None:
    """What these emails tell of was undone before they left: nobody hears of it. One that is on its way stays."""
    unsent = (Email.status.in_(("waiting", "held")), Email.tries == 0)
    db.session.execute(delete(Email).where(Email.undo_id == undo_id, *unsent))


def _mark(email: Email, **values: object) -> None:
    """What became of it for good. The address of somebody without an account is not kept after that."""
    forgotten = {"to_address": None} if email.template in gathered().to_strangers else {}
    db.session.execute(update(Email).where(Email.id == email.id).values(**values, **forgotten))


def mark_sent(email: Email) -> None:
    _mark(email, status="sent", sent_at=clock.now(), problem="")
    if _has_link(email):
        note_taken(UUID(hex=email.facts["link_id"]))
    _note_of_invitation(email, note_delivered)


def give_up_held() -> int:
    """What was held for longer than it was worth sending will not go: those who look at it are told so. How many."""
    found = queries.held_in_vain(clock.now())
    for email_id in found:
        mark_expired(db.session.get_one(Email, email_id, populate_existing=True))
    return len(found)


def mark_expired(email: Email) -> None:
    _mark(email, status="expired")
    _note_of_invitation(email, note_undelivered)


def mark_failed(email: Email, problem: str) -> None:
    """It will never arrive: an officer sees it, and may send it again."""
    _mark(email, status="failed", problem=problem[:200])
    _note_of_invitation(email, note_undelivered)


def _note_of_invitation(email: Email, note: Callable[[UUID], None]) -> None:
    """Where the email is an invitation: keep with it what became of its email."""
    if issubclass(gathered().email_called[email.template].event, PersonInvited):
        note(UUID(hex=email.facts["link_id"]))


def put_back(email: Email, problem: str) -> None:
    """A temporary error: try again after a pause that grows."""
    pause = timedelta(minutes=PAUSES[min(email.tries, len(PAUSES)) - 1])
    values = {"not_before": clock.now() + pause, "problem": problem[:200]}
    db.session.execute(update(Email).where(Email.id == email.id).values(**values))
    if email.tries == len(PAUSES):
        _note_of_invitation(email, note_undelivered)


def send_again(email: Email, asked_by: UUID) -> Email:
    """The same words to the same person, as a new email; the record of the first stays."""
    again = _row(
        key=f"{email.template}:again:{uuid4().hex}",
        template=email.template,
        board_id=email.board_id,
        meeting_id=email.meeting_id,
        person_id=email.person_id,
        to_address=email.to_address,
        facts=email.facts,
        now=clock.now(),
    )
    db.session.add(again)
    record(EmailSentAgain(board_id=email.board_id, email_id=email.id, asked_by=asked_by))
    return again
