"""Who is invited to a board, and what comes of an offer.

Every way in goes through `invite_to`. Whoever has no role on the board yet is invited, whether or not an account has
the address: only their answer tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Table, delete, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import invitations
from portal.accounts import queries as accounts
from portal.accounts.actions import end_every_session
from portal.accounts.mailed_links import AlreadyTaken
from portal.accounts.models import KnownBrowser, MailedLink, Passkey, Person, RecoveryCode, SignedInSession
from portal.boards.events import OfferAccepted
from portal.boards.offers import queries
from portal.boards.people import queries as people
from portal.core import clock
from portal.core.addresses import email_address
from portal.infra.database import Model, db
from portal.infra.unit_of_work import record, records_nothing

OF_THE_ROW_ITSELF = (
    Person,
    MailedLink,
    SignedInSession,
    KnownBrowser,
    RecoveryCode,
    Passkey,
)  # what signs somebody in
NEWER_STANDS = ("board_access", "mentors", "payees")  # one row a person and board: of two the one of the offer is right


@records_nothing("that they are invited is recorded")
def invite_to(board_id: UUID, email: str, name: str) -> Person:
    """Whoever of a board has this address; anybody else is somebody new to it, and invited. Raises NotAnAddress."""
    email = email_address(email)
    owner, known = accounts.person_by_email(email), people.person_of_board(board_id, email, clock.today())
    person = known or invitations.new_person(email, name, offered_to=owner)
    return invitations.invite_unless_invited(person, board_id)


def accept(offer: queries.Offer, keep_session: str) -> None:
    """What hangs on an offer is theirs from now on. Raises AlreadyTaken when it was answered, ended or withdrawn.

    A changed role ends sessions, but for the one in which they just said yes.
    """
    invitations.take_up(offer.id, offer.person_id)
    for table, column in _columns_of_people():
        _hand_over(table, column, offer)
    db.session.expire_all()
    end_every_session(offer.person_id, but=keep_session)
    record(OfferAccepted(board_id=offer.offered_by.id, person_id=offer.person_id, offer_id=offer.id))


@records_nothing("that it is declined is recorded")
def decline(offer: queries.Offer) -> None:
    """Raises AlreadyTaken when it was answered or withdrawn meanwhile."""
    found = accounts.person(offer.id)
    if found is None or found.offered_to_id != offer.person_id:
        raise AlreadyTaken
    invitations.decline(found)


def _columns_of_people() -> Iterator[tuple[Table, str]]:
    """Every column of every table that says who somebody is, found from the models so that none is forgotten."""
    left_out = {model.__tablename__ for model in OF_THE_ROW_ITSELF}
    for table in Model.metadata.sorted_tables:
        for column in table.columns if table.name not in left_out else ():
            if any(key.target_fullname == "people.id" for key in column.foreign_keys):
                yield table, column.name


def _hand_over(table: Table, name: str, offer: queries.Offer) -> None:
    """The rows of an offer in one column, each by itself: where somebody has one of the same already, theirs stays."""
    [key], column = table.primary_key.columns, table.columns[name]
    for row in db.session.scalars(select(key).where(column == offer.id).order_by(key)).all():
        try:
            with db.session.begin_nested():
                db.session.execute(update(table).where(column == offer.id, key == row).values({name: offer.person_id}))
        except IntegrityError:
            if table.name in NEWER_STANDS:
                _put_in_place(table, row, offer)


def _put_in_place(table: Table, row: UUID, offer: queries.Offer) -> None:
    """Of somebody who was on this board before: what stands now is as the offer says."""
    c = table.columns
    now = db.session.execute(select(table).where(c.id == row)).one()._asdict()
    facts = {name: value for name, value in now.items() if name not in ("id", "board_id", "person_id")}
    db.session.execute(delete(table).where(c.id == row))
    theirs = update(table).where(c.board_id == now["board_id"], c.person_id == offer.person_id)
    db.session.execute(theirs.values(facts))
