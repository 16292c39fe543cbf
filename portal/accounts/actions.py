"""Every change to accounts: sessions, mailed links, passwords, preferences. Invitations: see invitations.py."""

from __future__ import annotations

import secrets
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import invitations, limits, queries, rules
from portal.accounts.events import (
    AccountDisabled,
    AccountEnabled,
    AccountErased,
    CalendarAddressChanged,
    EmailChangeAsked,
    EmailChanged,
    EmailPutBack,
    PasswordChanged,
    PreferencesChanged,
    ResetAsked,
    SignedIn,
    SignedOut,
    SignedOutEverywhere,
    SignInFailed,
    SignInLinkAsked,
)
from portal.accounts.mailed_links import AlreadyTaken, link_to_undo, lock, new_link, use
from portal.accounts.models import FactorPause, KnownBrowser, MailedLink, Passkey, Person, RecoveryCode, SignedInSession
from portal.accounts.passwords import hashed, is_right
from portal.accounts.sessions.rules import UNKNOWN
from portal.audit.actions import write_line_apart
from portal.core import clock
from portal.core.addresses import ERASED, email_address
from portal.infra import work
from portal.infra.database import db, rows_changed
from portal.infra.sealed import seal, unseal
from portal.infra.storage import held_files
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.infra.web import interrupted_form
from portal.infra.web.counts import give_back

MAIL_LINK = "mail-link"
GONE = "Someone who has left"


class AddressTaken(AlreadyTaken):
    """The address was given to somebody else in the meantime."""


@records_nothing("whoever asks records that somebody signed in, or failed")
def check_password(email: str, password: str, browser: str) -> Person | None:
    """The person, when the password is theirs. Raises TooManyGuesses before any hash is touched."""
    counted = limits.count_guess(email, password, browser)
    person = queries.active_person_by_email(email)
    if is_right(person.password_hash if person else None, password):
        give_back(*counted)
        return person
    if person:
        write_line_apart(SignInFailed(person_id=person.id))
    return None


def begin_session(person: Person, proved: bool = True, browser: str = UNKNOWN, both_steps: bool = False) -> str:
    """A new session; returns the secret word for its cookie. A mailed link proves no password, a passkey everything.

    Whether a second factor is to come is worked out at each request: see infra/web/signed_in.py.
    """
    secret, moment = secrets.token_urlsafe(32), clock.now()
    proved_at = moment if proved else moment - rules.FRESH_FOR
    db.session.add(
        SignedInSession(
            key=queries.key_of(secret),
            person_id=person.id,
            began_at=moment,
            seen_at=moment,
            proved_at=proved_at,
            factor_at=moment if both_steps else None,
            browser=browser,
        )
    )
    record(SignedIn(person_id=person.id))
    return secret


@records_nothing("signing in is recorded")
def remember_browser(person: Person, secret: str) -> str:
    """Give this browser a budget of guesses of its own; returns the word for its cookie."""
    if secret and queries.known_browser(person.id, secret):
        return secret
    secret = secrets.token_urlsafe(32)
    db.session.add(KnownBrowser(person_id=person.id, key=queries.key_of(secret), seen_at=clock.now()))
    return secret


def end_session(session: SignedInSession) -> None:
    session.ended_at = clock.now()
    record(SignedOut(person_id=session.person_id))


@records_nothing("what made it necessary is recorded")
def end_every_session(person_id: UUID, but: str = "") -> None:
    """Sign a person out of every browser, except the session with this key."""
    theirs = (SignedInSession.person_id == person_id, SignedInSession.ended_at.is_(None))
    db.session.execute(update(SignedInSession).where(*theirs, SignedInSession.key != but).values(ended_at=clock.now()))


@records_nothing("it only clears away")
def remove_ended_sessions() -> int:
    """Remove sessions that were ended two hours ago; how many."""
    over = SignedInSession.ended_at <= clock.now() - interrupted_form.KEPT_FOR
    return rows_changed(delete(SignedInSession).where(over))


def disable(person: Person) -> None:
    """Nobody can use the account from now on. Roles and records stay."""
    person.disabled_at = clock.now()
    end_every_session(person.id)
    interrupted_form.remove_of_person(person.id)
    held_files.remove_of_person(person.id)
    record(AccountDisabled(person_id=person.id))


def enable(person: Person) -> None:
    person.disabled_at = None
    record(AccountEnabled(person_id=person.id))


def empty_accounts(which: ColumnElement[bool]) -> int:
    """Take names and addresses out of some accounts; how many."""
    found = db.session.scalars(select(Person).where(which).order_by(Person.id)).all()
    for person in found:
        erase(person)
    return len(found)


def erase(person: Person) -> None:
    """Take out everything that says who this person is. What they did on boards stays on record, without a name."""
    for model in (SignedInSession, MailedLink, KnownBrowser, RecoveryCode, Passkey, FactorPause):
        db.session.execute(delete(model).where(model.person_id == person.id))
    interrupted_form.remove_of_person(person.id)
    held_files.remove_of_person(person.id)
    person.name, person.email, person.known_as, person.work_phone = GONE, f"{person.id.hex}@{ERASED}", "", ""
    person.password_hash = person.sealed_totp = person.totp_last_step = None
    person.disabled_at = person.erased_at = clock.now()
    db.session.flush()
    invitations.let_go_of_offers(person)
    record(AccountErased(person_id=person.id))


def sign_out_everywhere(person_id: UUID) -> None:
    end_every_session(person_id)
    interrupted_form.remove_of_person(person_id)
    record(SignedOutEverywhere(person_id=person_id))


@records_nothing("the link is recorded when it is made")
def ask_for_link(purpose: str, email: str, browser: str = "", asked_in: str = "") -> None:
    """Mail a link to whoever has this address, if anybody has. Says nothing either way. Raises TooManyLinks.

    With `asked_in`, what stands for the browser that asks, a code that works there goes with a link to sign in.

    Whether anybody has is found out by the work loop, so that the answer takes as long for a stranger's address.
    """
    limits.count_link(purpose, email, browser)
    work.ask_for(MAIL_LINK, purpose=purpose, sealed_email=seal(MAIL_LINK, email), asked_in=asked_in)


def mail_link(purpose: str, sealed_email: str, asked_in: str = "") -> None:
    """The link that somebody asked for; a link to sign in only for those who have joined.

    Whoever asks for a new invitation and has joined by now gets a link to sign in.
    """
    email = unseal(MAIL_LINK, sealed_email)
    person = queries.active_person_by_email(email)
    if purpose == rules.INVITATION:
        for offer in queries.unanswered_offers(email):
            invitations.invite_as_before(offer)
    if person is None or queries.is_barred(person):
        return
    if purpose == rules.INVITATION and person.joined_at is None:
        invitations.invite_as_before(person)
    elif purpose == rules.RESET or person.joined_at:
        link = new_link(person, rules.RESET if purpose == rules.RESET else rules.SIGN_IN)
        link.asked_in = asked_in or None
        asked = ResetAsked if purpose == rules.RESET else SignInLinkAsked
        record(asked(person_id=person.id, link_id=link.id))


@records_nothing("signing in is recorded")
def use_sign_in_link(link: MailedLink) -> Person:
    """Raises AlreadyTaken when the link was used meanwhile."""
    use(link)
    return link.person


def reset_password(link: MailedLink, password: str) -> Person:
    """Raises AlreadyTaken when the link was used meanwhile."""
    use(link)
    invitations.join(link.person)
    _set_password(link.person, password)
    return link.person


def change_password(person: Person, password: str, keep_session: str) -> None:
    _set_password(person, password, keep_session)


def _set_password(person: Person, password: str, keep_session: str = "") -> None:
    person.password_hash = hashed(password)
    end_every_session(person.id, but=keep_session)
    record(PasswordChanged(person_id=person.id))


@records_nothing("only the session says so, for some minutes")
def prove(session: SignedInSession) -> None:
    """The password was typed again in this session."""
    session.proved_at = clock.now()


def ask_to_change_email(person: Person, new_email: str) -> None:
    """Mail a link to the new address; nothing changes until it is used. A link mailed for this before is gone."""
    new_email = email_address(new_email)
    lock(person)
    asked_before = (MailedLink.person_id == person.id, MailedLink.purpose == rules.NEW_EMAIL)
    db.session.execute(delete(MailedLink).where(*asked_before, MailedLink.used_at.is_(None)))
    link = new_link(person, rules.NEW_EMAIL)
    link.new_email, link.old_email = new_email, person.email
    record(EmailChangeAsked(person_id=person.id, link_id=link.id, new_email=new_email))


def change_email(link: MailedLink) -> None:
    """Raises AlreadyTaken when the link was used meanwhile, and AddressTaken when the address was taken."""
    use(link)
    old_email, new_email = link.person.email, link.new_email or ""
    _take_address(link.person, new_email)
    end_every_session(link.person_id)
    undo_id = link_to_undo(link).id
    event = EmailChanged(
        person_id=link.person_id, link_id=link.id, undo_link_id=undo_id, old_email=old_email, new_email=new_email
    )
    record(event)


def put_email_back(link: MailedLink) -> None:
    """Whoever had the address says that they did not change it. Whoever did knew the password, so that ends as well.

    Raises AlreadyTaken when the link was used meanwhile, and AddressTaken when the address is somebody else's by now.
    """
    use(link)
    person, given_up = link.person, link.person.email
    _end_later_links(link)
    _take_address(person, link.old_email or "")
    person.password_hash = None
    db.session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    end_every_session(person.id)
    record(EmailPutBack(person_id=person.id, old_email=person.email, given_up=given_up))


def _end_later_links(link: MailedLink) -> None:
    """What was mailed since then may have gone to whoever took the account over."""
    later = (MailedLink.created_at >= link.created_at, MailedLink.id != link.id, MailedLink.used_at.is_(None))
    db.session.execute(delete(MailedLink).where(MailedLink.person_id == link.person_id, *later))


def _take_address(person: Person, email: str) -> None:
    """An address is one person's: of two who take it at once, one succeeds."""
    if not email or queries.person_by_email(email):
        raise AddressTaken
    person.email = email
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AddressTaken from error


def set_preferences(person: Person, emails_wanted: str, minutes_per_page: int) -> None:
    if assign(person, emails_wanted=emails_wanted, minutes_per_page=minutes_per_page):
        record(PreferencesChanged(person_id=person.id))


def change_calendar_address(person: Person) -> None:
    """Make a new calendar address; the old one is dead from now on."""
    person.feed_generation += 1
    record(CalendarAddressChanged(person_id=person.id))
