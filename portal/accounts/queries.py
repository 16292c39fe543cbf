"""Finding people, sessions and links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import aliased

from portal.accounts.models import KnownBrowser, MailedLink, Person, RecoveryCode, SignedInSession
from portal.accounts.rules import (
    DECLINED,
    INVITATION,
    LINK_LIFE,
    SIGN_IN,
    UNDO_EMAIL,
    fingerprint,
    is_link_usable,
    state_of_invitation,
)
from portal.core import clock
from portal.infra.database import db
from portal.infra.kept import Counted
from portal.infra.sealed import CannotOpen
from portal.infra.web.interrupted_form import KEPT_FOR

_IS_UNANSWERED = and_(
    Person.offered_to_id.is_not(None),
    Person.joined_at.is_(None),
    Person.erased_at.is_(None),
    Person.invitation_withdrawn_at.is_(None),
)


def key_of(secret: str) -> str:
    """The key under which a secret word from a cookie is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def person(person_id: UUID) -> Person | None:
    return db.session.get(Person, person_id)


def people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """People by id, disabled ones included."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {p.id: p for p in db.session.scalars(select(Person).where(Person.id.in_(wanted)).order_by(Person.id))}


def person_by_email(email: str) -> Person | None:
    """Whose account an address is; offers to them have it too."""
    return db.session.scalar(select(Person).where(Person.email == email.lower(), Person.offered_to_id.is_(None)))


def is_open_offer(now: datetime | Counted) -> ColumnElement[bool]:
    """Of a person: that this is an offer which can be answered."""
    link = aliased(MailedLink)
    sent = exists().where(link.person_id == Person.id, link.purpose == INVITATION, link.used_at.is_(None))
    return and_(_IS_UNANSWERED, sent.where(link.created_at > now - LINK_LIFE[INVITATION]))


def unanswered_offers(email: str) -> Sequence[Person]:
    """The offers to whoever has an address that were neither answered nor withdrawn."""
    statement = select(Person).where(Person.email == email.lower(), _IS_UNANSWERED)
    return db.session.scalars(statement.order_by(Person.id)).all()


def is_offer(person: Person) -> bool:
    """Whether an invitation is answered by whoever has signed in to the account that is there."""
    owner = offered_to(person)
    return owner is not None and owner.joined_at is not None


def offered_to(person: Person) -> Person | None:
    """Whom an offer is made to; None for anybody who is no offer."""
    return db.session.get(Person, person.offered_to_id) if person.offered_to_id else None


def active_person_by_email(email: str) -> Person | None:
    found = person_by_email(email)
    return found if found and not found.disabled_at else None


def person_of_session(secret: str) -> UUID | None:
    """Whose session this is, or was until two hours ago if it was ended. Nobody who is disabled."""
    found = db.session.get(SignedInSession, key_of(secret))
    if found is None or found.person.disabled_at:
        return None
    is_told = found.ended_at is None or clock.now() < found.ended_at + KEPT_FOR
    return found.person_id if is_told else None


def usable_link(purpose: str, link_id: UUID, generation: str) -> MailedLink | None:
    """A link that may still be used, or None."""
    link = mailed_link(link_id)
    if link is None or link.purpose != purpose or link.fingerprint != generation:
        return None
    return link if is_link_alive(link) else None


def links_asked_for_in(asked_in: str) -> list[MailedLink]:
    """The links to sign in that were asked for in one browser and still work, the newest first."""
    theirs = (MailedLink.purpose == SIGN_IN, MailedLink.asked_in == asked_in, MailedLink.used_at.is_(None))
    found = db.session.scalars(select(MailedLink).where(*theirs).order_by(MailedLink.created_at.desc(), MailedLink.id))
    return [link for link in found if is_link_alive(link)]


def is_accepted(link_id: UUID, generation: str) -> bool:
    """Whether whoever got this invitation has accepted it, by this link or another, and can sign in."""
    link = mailed_link(link_id)
    if link is None or link.purpose != INVITATION or link.fingerprint != generation:
        return False
    whose = offered_to(link.person) if link.person.offered_to_id and link.person.erased_at else link.person
    return whose is not None and whose.joined_at is not None and whose.disabled_at is None


def is_declined(link_id: UUID, generation: str) -> bool:
    """Whether whoever got this invitation declined it, also as an offer to their account, and was not asked again."""
    link = mailed_link(link_id)
    if link is None or link.purpose != INVITATION or link.fingerprint != generation:
        return False
    return link.person.joined_at is None and link.person.invitation_declined_at is not None


def mailed_link(link_id: UUID) -> MailedLink | None:
    return db.session.get(MailedLink, link_id)


def is_link_alive(link: MailedLink) -> bool:
    """Whether a link still opens something: not used, in time, and all it rests on is as it was when it was made."""
    in_time = is_link_usable(link.purpose, link.created_at, link.used_at, clock.now(), link.taken_at)
    return in_time and not is_barred(link.person) and holds(link)


def holds(link: MailedLink) -> bool:
    """Whether all that a link rests on is as it was. To take an address back, it need only be gone."""
    if link.purpose == UNDO_EMAIL:
        return link.person.email != link.old_email
    return link.fingerprint == fingerprint_of(link.person)


def is_barred(person: Person) -> bool:
    """Whether no link lets this person in: the account is closed, or the invitation was withdrawn before joining."""
    return person.disabled_at is not None or (person.joined_at is None and person.invitation_withdrawn_at is not None)


def is_withdrawn() -> ColumnElement[bool]:
    """Of a person: that their invitation was withdrawn before they joined."""
    return and_(Person.joined_at.is_(None), Person.invitation_withdrawn_at.is_not(None))


def invitation_state(person: Person, link: MailedLink | None = None) -> str:
    """What became of the newest invitation of somebody who has not joined, if it is not known already."""
    return state_by_link(person, link or newest_invitations([person.id]).get(person.id))


def state_by_link(person: Person, link: MailedLink | None) -> str:
    """The same, where it is known that this is their newest, or that none is on record."""
    created_at, failed_at = (link.created_at, link.failed_at) if link else (None, None)
    if person.invitation_declined_at:
        return DECLINED
    return state_of_invitation(created_at, failed_at, person.invitation_withdrawn_at, clock.now())


def newest_invitations(people_ids: Iterable[UUID]) -> dict[UUID, MailedLink]:
    """The newest invitation of each of these people that is still on record."""
    of_people = (MailedLink.purpose == INVITATION, MailedLink.person_id.in_(list(people_ids)))
    rows = db.session.scalars(select(MailedLink).where(*of_people).order_by(MailedLink.created_at, MailedLink.id))
    return {link.person_id: link for link in rows}


def fingerprint_of(person: Person) -> str:
    """The mark of how this person signs in now: password, address, authenticator and its recovery codes."""
    codes = select(RecoveryCode.key).where(RecoveryCode.person_id == person.id).order_by(RecoveryCode.key)
    return fingerprint(person.password_hash, person.email, [_factor_of(person), *db.session.scalars(codes)])


def _factor_of(person: Person) -> str:
    """The secret of the authenticator, or, while no key opens it, what is kept of it."""
    try:
        return person.totp
    except CannotOpen:
        return person.sealed_totp or ""


def ended_session(secret: str) -> SignedInSession | None:
    """The session of a word from a cookie that was ended a little while ago, in another browser or by somebody else."""
    found = db.session.get(SignedInSession, key_of(secret)) if secret else None
    is_told = found is not None and found.ended_at is not None and clock.now() < found.ended_at + KEPT_FOR
    return found if is_told else None


def known_browser(person_id: UUID, secret: str) -> KnownBrowser | None:
    return db.session.scalar(
        select(KnownBrowser).where(KnownBrowser.person_id == person_id, KnownBrowser.key == key_of(secret))
    )
