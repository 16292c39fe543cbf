"""Links mailed to people: made for one purpose, used once, dead as soon as what they rest on changes."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from portal.accounts import queries
from portal.accounts.models import MailedLink, Person
from portal.accounts.rules import RESTS_ON_NOTHING, SIGN_IN, UNDO_EMAIL
from portal.core import clock
from portal.infra.database import db, rows_changed


class AlreadyTaken(Exception):
    """The link was used, or what it rests on was changed, in the meantime."""


def new_link(person: Person, purpose: str) -> MailedLink:
    link = MailedLink(
        person_id=person.id,
        person=person,
        purpose=purpose,
        created_at=clock.now(),
        fingerprint=queries.fingerprint_of(person),
    )
    db.session.add(link)
    db.session.flush()
    return link


def note_taken(link_id: UUID) -> None:
    """The mail server has taken its email: a link to sign in works from now on, for as long as the email says."""
    sent = (MailedLink.id == link_id, MailedLink.purpose == SIGN_IN, MailedLink.taken_at.is_(None))
    db.session.execute(update(MailedLink).where(*sent).values(taken_at=clock.now()))


def link_to_undo(used: MailedLink) -> MailedLink:
    """For the address that somebody gave up by a link: to take it back, whatever is changed at the account after."""
    link = new_link(used.person, UNDO_EMAIL)
    link.old_email, link.new_email, link.fingerprint = used.old_email, used.new_email, RESTS_ON_NOTHING
    return link


def use(link: MailedLink) -> None:
    """Mark a link as used; of two at once, one succeeds, and none once what it rests on has changed."""
    lock(link.person)
    marked = update(MailedLink).where(MailedLink.id == link.id, MailedLink.used_at.is_(None))
    if not queries.holds(link) or rows_changed(marked.values(used_at=clock.now())) != 1:
        raise AlreadyTaken


def lock(person: Person) -> None:
    """Read a person as they are now, and let nobody else change how they sign in until this is done."""
    db.session.refresh(person, with_for_update=True)
