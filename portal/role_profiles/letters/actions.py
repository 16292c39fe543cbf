"""A letter is kept for its writer to confirm, given to the rep when they do, and deleted when they do not."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select

from portal.accounts.limits import of_client
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.web.counts import Of, TooOften, take, take_with_the_request
from portal.role_profiles.events import LetterToConfirm, MessageForRep
from portal.role_profiles.letters import rules
from portal.role_profiles.models import ProfileMessage, PublicProfile, UnconfirmedLetter


class TooManyLetters(TooOften):
    """More letters than anybody writes by hand."""


class LetterGone(Exception):
    """The letter was confirmed, or went, in the meantime."""


def write_to_rep(profile: PublicProfile, name: str, email: str, text: str) -> UnconfirmedLetter:
    """Keep a letter, sealed, and mail a link to whoever wrote it: nobody else hears of it. Raises TooManyLetters."""
    of_board, of_address = Of(rules.OF_BOARD, (profile.board_id.hex,)), Of(rules.FROM_ADDRESS, (email.lower(),))
    try:
        take(*of_client(rules.OF_CLIENT), *of_client(rules.OF_CLIENT_A_DAY), of_board, of_address)
    except TooOften as error:
        raise TooManyLetters(error.until) from error
    of = {"board_id": profile.board_id, "profile_id": profile.id, "profile": profile}
    letter = UnconfirmedLetter(**of, written_at=clock.now())
    letter.name, letter.email, letter.text = name, email, text
    db.session.add(letter)
    db.session.flush()
    record(LetterToConfirm(board_id=letter.board_id, letter_id=letter.id))
    return letter


def confirm(letter: UnconfirmedLetter) -> None:
    """The writer has used the link: the rep has the letter, and is told. Of two at once, one does it.

    Raises LetterGone, and TooManyLetters when the rep has got as many as one reads on a day; it waits on then.
    """
    try:
        take_with_the_request(Of(rules.TO_REP, (letter.profile_id.hex,)))
    except TooOften as error:
        raise TooManyLetters(error.until) from error
    of = {"board_id": letter.board_id, "person_id": letter.profile.person_id}
    message = ProfileMessage(**of, name=letter.name, email=letter.email, sent_at=clock.now())
    message.text = letter.text
    if rows_changed(delete(UnconfirmedLetter).where(UnconfirmedLetter.id == letter.id)) != 1:
        raise LetterGone
    db.session.add(message)
    db.session.flush()
    record(MessageForRep(**of, message_id=message.id))


@records_nothing("nobody but the writer knew of it")
def remove_unconfirmed() -> int:
    """Remove letters that nobody confirmed in time; how many."""
    over = delete(UnconfirmedLetter).where(UnconfirmedLetter.written_at <= clock.now() - rules.WAITS)
    return rows_changed(across_boards(over, CrossBoardReason.CLOCK))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: what waits to be given to its owner goes."""
    theirs = select(PublicProfile.id).where(PublicProfile.person_id == person_id)
    db.session.execute(delete(UnconfirmedLetter).where(UnconfirmedLetter.profile_id.in_(theirs)))
