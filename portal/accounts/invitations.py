"""Invitations: sent, sent again, withdrawn, accepted, and what became of their emails."""

from __future__ import annotations

from uuid import UUID

from portal.accounts import queries, rules
from portal.accounts.events import InvitationAccepted, InvitationFailed, InvitationWithdrawn, PersonInvited
from portal.accounts.limits import count_invitation
from portal.accounts.mailed_links import new_link, use
from portal.accounts.models import MailedLink, Person
from portal.accounts.passwords import hashed
from portal.core import clock
from portal.core.addresses import email_address
from portal.infra.database import db
from portal.infra.unit_of_work import acting, record, recorded, records_nothing


def invite(email: str, name: str, board_id: UUID | None) -> Person:
    """The person with this address, made if there is none yet; invited, unless they joined or can still do so.

    Raises NotAnAddress.
    """
    email = email_address(email)
    person = queries.person_by_email(email) or _new_person(email, name)
    if queries.invitation_state(person) != rules.INVITED:
        invite_once(person, board_id)
    return person


def invite_once(person: Person, board_id: UUID | None) -> None:
    """Whoever has not joined gets one invitation, however much is given to them at once."""
    if not any(event.person_id == person.id for event in recorded(PersonInvited)):
        invite_again(person, board_id)


def _new_person(email: str, name: str) -> Person:
    person = Person(email=email, name=name, invited_at=clock.now())
    db.session.add(person)
    db.session.flush()
    return person


def invite_again(person: Person, board_id: UUID | None, invited_by_id: UUID | None = None) -> bool:
    """A new invitation, for somebody who has not joined and whose account is open; anybody else gets none.

    Raises TooManyInvitations.
    """
    if person.joined_at or person.disabled_at:
        return False
    count_invitation(board_id)
    person.invitation_withdrawn_at = None
    link = new_link(person, rules.INVITATION)
    link.for_board_id, link.invited_by_id = board_id, invited_by_id or acting.get()
    record(PersonInvited(board_id=board_id, person_id=person.id, link_id=link.id, email=person.email))
    return True


def withdraw_invitation(person: Person) -> None:
    """No link lets this person in until they are invited again. Whoever has joined keeps their account."""
    if person.joined_at is None and person.invitation_withdrawn_at is None:
        person.invitation_withdrawn_at = clock.now()
        record(InvitationWithdrawn(person_id=person.id))


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
    link.person.password_hash = hashed(password)
    join(link.person)
    return link.person


def join(person: Person) -> None:
    """Somebody has chosen a password, by an invitation or another link; the first time, they join."""
    if person.joined_at is None:
        person.joined_at = clock.now()
        record(InvitationAccepted(person_id=person.id))
