"""Writing the outbox, and taking from it: under a lease, so that nothing is lost and nothing sent twice."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import select, update

from portal.accounts import queries as accounts
from portal.accounts.events import LinkEvent
from portal.accounts.models import Person
from portal.accounts.rules import DAILY, ONLY_NEEDED, USUAL
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db
from portal.infra.scope import Across, across_boards
from portal.infra.unit_of_work import record
from portal.notifications.catalogue import BY_EVENT, BY_TEMPLATE, Notice
from portal.notifications.events import DailyEmailDue, EmailSentAgain
from portal.notifications.models import Email
from portal.notifications.recipients import Recipient
from portal.notifications.words import WORDS, meeting_of

LEASE = timedelta(seconds=60)  # longer than the SMTP time-out
PAUSES = (1, 5, 15, 60, 120, 240)  # minutes before the next try after a temporary error


class NoSuchEvent(KeyError):
    """An event that is not in the catalogue: add a row, with nobody if nobody hears of it."""


def write_emails(event: Event) -> None:
    """One row for each person who hears of this event, in the transaction of the event itself."""
    if type(event) not in BY_EVENT:
        raise NoSuchEvent(event.name)
    for notice in BY_EVENT[type(event)]:
        recipients = notice.who(event)
        people = accounts.people(one.person_id for one in recipients)
        for recipient in recipients:
            _write(notice, event, recipient, people[recipient.person_id])


def _write(notice: Notice, event: Event, recipient: Recipient, person: Person) -> None:
    facts = WORDS[notice.template](event, recipient)
    if facts is None or not _wanted(notice, person):
        return
    now = clock.now()
    held = (person.emails_wanted == DAILY and not notice.now) or (person.emails_wanted == USUAL and notice.gathered)
    db.session.add(
        _row(
            key=_key(notice.template, event, recipient),
            template=notice.template,
            board_id=event.board_id,
            meeting_id=meeting_of(event),
            person_id=person.id,
            to_address=recipient.address,
            facts=facts,
            status="held" if held else "waiting",
            now=now,
        )
    )


def _wanted(notice: Notice, person: Person) -> bool:
    return person.emails_wanted != ONLY_NEEDED or notice.needs


def _row(now: datetime, template: str, **values: object) -> Email:
    row = Email(id=uuid4(), template=template, asked_at=now, not_before=now, **values)
    row.expires_at = now + timedelta(days=BY_TEMPLATE[template].days)
    row.message_id = f"<{row.id.hex}@{current_app.config['PORTAL'].host}>"
    return row


def _key(template: str, event: Event, recipient: Recipient) -> str:
    """The same for the same event and recipient, so that nobody is told the same thing twice."""
    happened = hashlib.sha256(f"{event.name} {event.board_id} {event.facts} {clock.now()}".encode()).hexdigest()
    return f"{template}:{happened[:40]}:{recipient.person_id}"


def take_next() -> Email | None:
    """The next email to send, leased to the caller, who commits before sending and marks afterwards."""
    now = clock.now()
    due = (
        select(Email.id)
        .where(Email.status == "waiting", Email.not_before <= now)
        .order_by(Email.not_before, Email.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # "=", not "IN": PostgreSQL would run an IN as a join, and lock rows that it does not return.
    taken = update(Email).where(Email.id == due.scalar_subquery(), Email.status == "waiting")
    taken = taken.values(not_before=now + LEASE, tries=Email.tries + 1).returning(Email.id)
    taken = across_boards(taken, Across.CLOCK).execution_options(synchronize_session=False)
    email_id = db.session.scalar(taken)
    return db.session.get(Email, email_id, populate_existing=True) if email_id else None


def has_dead_link(email: Email) -> bool:
    """Whether the link for which an email is sent was used, ended or replaced since it was asked for."""
    if not issubclass(BY_TEMPLATE[email.template].event, LinkEvent):
        return False
    link = accounts.mailed_link(UUID(hex=email.facts["link_id"]))
    return link is None or not accounts.is_link_alive(link)


def mark_sent(email_id: UUID) -> None:
    db.session.execute(update(Email).where(Email.id == email_id).values(status="sent", sent_at=clock.now(), problem=""))


def mark_expired(email_id: UUID) -> None:
    db.session.execute(update(Email).where(Email.id == email_id).values(status="expired"))


def mark_failed(email_id: UUID, problem: str) -> None:
    """It will never arrive: an officer sees it, and may send it again."""
    db.session.execute(update(Email).where(Email.id == email_id).values(status="failed", problem=problem[:200]))


def put_back(email: Email, problem: str) -> None:
    """A temporary error: try again after a pause that grows."""
    pause = timedelta(minutes=PAUSES[min(email.tries, len(PAUSES)) - 1])
    values = {"not_before": clock.now() + pause, "problem": problem[:200]}
    db.session.execute(update(Email).where(Email.id == email.id).values(**values))


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


def bundle(person_id: UUID, emails: list[Email]) -> None:
    """Put held emails into the daily one; one alone goes as it is, where it was only held to be gathered."""
    if len(emails) == 1 and emails[0].person.emails_wanted == USUAL:
        emails[0].status, emails[0].not_before = "waiting", clock.now()
        return
    for one in emails:
        one.status = "bundled"
    record(DailyEmailDue(person_id=person_id, emails=tuple(one.id for one in emails)))
