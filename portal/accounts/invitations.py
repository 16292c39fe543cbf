"""Invitations: sent, sent again, withdrawn, accepted, declined, and what became of their emails.

Who of a board is invited, and whether that is an offer to somebody who has an account: see portal/boards/offers.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, update

from portal.accounts import queries, rules
from portal.accounts.events import (
    InvitationAccepted,
    InvitationDeclined,
    InvitationFailed,
    InvitationWithdrawn,
    InvitedAgain,
    PersonInvited,
)
from portal.accounts.limits import count_invitation
from portal.accounts.mailed_links import AlreadyTaken, lock, new_link, use
from portal.accounts.models import MailedLink, Person
from portal.accounts.passwords import hashed
from portal.core import clock
from portal.core.addresses import ERASED, email_address
from portal.core.values import Typed
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import acting, record, recorded, records_nothing


def invite(email: str, name: str, board_id: UUID | None) -> Person:
    """The person with this address, made if there is none yet; invited, unless they joined or can still do so.

    For a role on no board, and for nobody else: see portal/boards/offers. Raises NotAnAddress.
    """
    email = email_address(email)
    return invite_unless_invited(queries.person_by_email(email) or new_person(email, name), board_id)


def invite_unless_invited(person: Person, board_id: UUID | None) -> Person:
    """Somebody who has not joined, and whose invitation does not work any more, gets another."""
    if queries.invitation_state(person) != rules.INVITED:
        invite_once(person, board_id)
    return person


def invite_once(person: Person, board_id: UUID | None) -> None:
    """Whoever has not joined gets one invitation, however much is given to them at once."""
    if not any(event.person_id == person.id for event in recorded(PersonInvited)):
        _invite(person, board_id, False)


@records_nothing("that they are invited is recorded")
def new_person(email: str, name: str, offered_to: Person | None = None) -> Person:
    """Somebody new with an address; where an account has it, an offer to whoever that is."""
    person = Person(email=email, name=name, invited_at=clock.now(), offered_to_id=offered_to.id if offered_to else None)
    db.session.add(person)
    db.session.flush()
    return person


def invite_again(person: Person, board_id: UUID | None, invited_by_id: UUID | None = None) -> bool:
    """One more invitation, for somebody who has not joined and whose account is open; anybody else gets none.

    Raises TooManyInvitations.
    """
    return _invite(person, board_id, True, invited_by_id)


def _invite(person: Person, board_id: UUID | None, again: bool, invited_by_id: UUID | None = None) -> bool:
    if person.joined_at or person.disabled_at:
        return False
    count_invitation(board_id)
    person.invitation_withdrawn_at = person.invitation_declined_at = None
    owner = queries.person_by_email(person.email)  # asked of everybody, so that an offer takes no longer
    if person.offered_to_id and owner:
        person.offered_to_id = owner.id  # the address may be another account's by now
    link = new_link(person, rules.INVITATION)
    link.for_board_id, link.invited_by_id = board_id, invited_by_id or acting.get()
    facts: Typed = {"person_id": person.id, "link_id": link.id, "email": person.email}
    record(InvitedAgain(board_id=board_id, **facts) if again else PersonInvited(board_id=board_id, **facts))
    return True


def withdraw_invitation(person: Person, board_id: UUID | None) -> None:
    """No link lets this person in until they are invited again. Whoever has joined keeps their account."""
    if person.joined_at is None and person.invitation_withdrawn_at is None:
        person.invitation_withdrawn_at = clock.now()
        record(InvitationWithdrawn(board_id=board_id, person_id=person.id))


def _of_newest(person: Person) -> tuple[UUID | None, UUID | None]:
    """Of which board somebody's invitation is, and who sent it. What they answer, they do as whom the board invited."""
    acting.set(person.id)
    sent = queries.newest_invitations([person.id]).get(person.id)
    return (sent.for_board_id, sent.invited_by_id) if sent else (None, None)


def decline(person: Person) -> None:
    """Whoever was invited does not want to join. Raises AlreadyTaken when it was answered or withdrawn meanwhile."""
    moment = clock.now()
    is_open = (Person.joined_at.is_(None), Person.erased_at.is_(None), Person.invitation_withdrawn_at.is_(None))
    declined = update(Person).where(Person.id == person.id, *is_open)
    if rows_changed(declined.values(invitation_withdrawn_at=moment, invitation_declined_at=moment)) != 1:
        raise AlreadyTaken
    db.session.refresh(person)
    board_id, sender = _of_newest(person)
    record(InvitationDeclined(board_id=board_id, person_id=person.id, invited_by_id=sender))


@records_nothing("that it was accepted is recorded")
def take_up(offer_id: UUID, owner_id: UUID) -> None:
    """Its owner has accepted an offer, which keeps the name that was typed and nothing else.

    A work phone number that the board typed for them is theirs, unless they have given one.

    Raises AlreadyTaken when it was answered or withdrawn, or ended, meanwhile, and for anybody else.
    """
    theirs = (Person.id == offer_id, Person.offered_to_id == owner_id, queries.is_open_offer(clock.now()))
    number = db.session.scalar(select(Person.work_phone).where(Person.id == offer_id))
    gone = {"erased_at": clock.now(), "email": f"{offer_id.hex}@{ERASED}", "work_phone": ""}
    if rows_changed(update(Person).where(*theirs).values(**gone)) != 1:
        raise AlreadyTaken
    sent = (MailedLink.person_id == offer_id, MailedLink.purpose == rules.INVITATION, MailedLink.used_at.is_(None))
    db.session.execute(update(MailedLink).where(*sent).values(used_at=clock.now()))
    has_none = (Person.id == owner_id, Person.work_phone == "")
    db.session.execute(update(Person).where(*has_none).values(work_phone=number))


def decline_by_link(link: MailedLink) -> None:
    """Raises AlreadyTaken when the link was used meanwhile."""
    use(link)
    decline(link.person)


def note_undelivered(link_id: UUID) -> None:
    """The email with an invitation did not arrive: whoever invited hears of it once."""
    link = queries.mailed_link(link_id)
    if link and link.failed_at is None and link.person.joined_at is None and not queries.is_barred(link.person):
        link.failed_at = clock.now()
        of_link = InvitationFailed(
            board_id=link.for_board_id, person_id=link.person_id, invited_by_id=link.invited_by_id
        )
        record(of_link)


@records_nothing("that it was sent stands with the email")
def note_delivered(link_id: UUID) -> None:
    """An invitation that could not be delivered before has gone after all."""
    if link := queries.mailed_link(link_id):
        link.failed_at = None


def invite_as_before(person: Person) -> None:
    """The same invitation once more, for somebody who asks for it: of the same board, from the same sender."""
    before = queries.newest_invitations([person.id]).get(person.id)
    invite_again(person, *((before.for_board_id, before.invited_by_id) if before else (None, None)))


def accept_invitation(link: MailedLink, password: str) -> Person:
    """The person chooses a password and has an account. Raises AlreadyTaken when the link was used meanwhile."""
    use(link)
    if link.person.offered_to_id:
        _take_address(link.person)
    link.person.password_hash = hashed(password)
    join(link.person)
    return link.person


def _take_address(person: Person) -> None:
    """Of several who were invited at one address whoever joins first has the account: the others are offers to it.

    So no board's invitation opens what another board gave. Raises AlreadyTaken once somebody has joined with it.
    """
    owner = queries.person_by_email(person.email)
    if owner:
        lock(owner)
        if owner.joined_at:
            raise AlreadyTaken
        offered = select(Person.id).where(Person.offered_to_id == owner.id, Person.id != person.id)
        others = [owner.id, *db.session.scalars(offered.order_by(Person.id))]
        db.session.execute(update(Person).where(Person.id.in_(others)).values(offered_to_id=person.id))
    db.session.execute(update(Person).where(Person.id == person.id).values(offered_to_id=None))
    db.session.refresh(person)


def join(person: Person) -> None:
    """Somebody has chosen a password, by an invitation or another link; the first time, they join."""
    if person.joined_at is None:
        person.joined_at = clock.now()
        board_id, sender = _of_newest(person)
        record(InvitationAccepted(board_id=board_id, person_id=person.id, invited_by_id=sender))


@records_nothing("that the account was erased is recorded")
def let_go_of_offers(person: Person) -> None:
    """An account ends: offers that its owner accepted go with it, and others are invitations of an address again."""
    mine = db.session.scalars(select(Person).where(Person.offered_to_id == person.id).order_by(Person.id)).all()
    for one in mine:
        if one.erased_at:
            one.name = person.name
        else:
            owner = queries.person_by_email(one.email)
            one.offered_to_id = owner.id if owner else None
            db.session.flush()
