"""Finding people, sessions and links."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import KnownBrowser, MailedLink, Person, RecoveryCode, SignedInSession
from portal.accounts.rules import fingerprint, is_link_usable
from portal.core import clock
from portal.infra.database import db
from portal.infra.web.interrupted_form import KEPT_FOR


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
    return db.session.scalar(select(Person).where(Person.email == email.lower()))


def active_person_by_email(email: str) -> Person | None:
    found = person_by_email(email)
    return found if found and not found.disabled_at else None


def session(secret: str) -> SignedInSession | None:
    """The session of this word, unless it was ended."""
    found = db.session.get(SignedInSession, key_of(secret))
    return found if found and found.ended_at is None else None


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


def mailed_link(link_id: UUID) -> MailedLink | None:
    return db.session.get(MailedLink, link_id)


def is_link_alive(link: MailedLink) -> bool:
    """Whether a link still opens something: not used, in time, and all it rests on is as it was when it was made."""
    in_time = is_link_usable(link.purpose, link.created_at, link.used_at, clock.now())
    return in_time and link.person.disabled_at is None and link.fingerprint == fingerprint_of(link.person)


def fingerprint_of(person: Person) -> str:
    """The mark of how this person signs in now: password, address, authenticator and its recovery codes."""
    codes = select(RecoveryCode.key).where(RecoveryCode.person_id == person.id).order_by(RecoveryCode.key)
    return fingerprint(person.password_hash, person.email, [person.totp, *db.session.scalars(codes)])


def known_browser(person_id: UUID, secret: str) -> KnownBrowser | None:
    return db.session.scalar(
        select(KnownBrowser).where(KnownBrowser.person_id == person_id, KnownBrowser.key == key_of(secret))
    )
