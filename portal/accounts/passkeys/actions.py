"""Adding, using and removing passkeys."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, update
from webauthn import verify_authentication_response, verify_registration_response
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers import parse_authentication_credential_json as read_authentication
from webauthn.helpers import parse_registration_credential_json as read_registration
from webauthn.helpers.exceptions import WebAuthnException

from portal.accounts import rules
from portal.accounts.actions import end_every_session
from portal.accounts.events import PasskeyAdded, PasskeyRemoved
from portal.accounts.limits import TooManyGuesses, of_client
from portal.accounts.models import Passkey, Person, SignedInSession
from portal.accounts.passkeys import queries
from portal.accounts.passkeys.asking import SIGN_IN, NotAccepted, adding, challenge_in, site
from portal.accounts.passkeys.rules import LONGEST_ANSWER, MOST
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.web.counts import TooOften, give_back, take

NOT_READABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def add(person: Person, this: SignedInSession, answer: str, browser: str) -> Passkey:
    """Keep the passkey that a browser has made; every other session ends. Raises NotAccepted."""
    here = site()
    if here is None or len(answer) > LONGEST_ANSWER or len(queries.passkeys_of(person.id)) >= MOST:
        raise NotAccepted
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge_in(read_registration(answer).response.client_data_json, adding(person)),
            expected_rp_id=here.host,
            expected_origin=here.origin,
            require_user_verification=True,
        )
    except NOT_READABLE as error:
        raise NotAccepted from error
    if queries.passkey_called(bytes_to_base64url(made.credential_id)):
        raise NotAccepted
    row = Passkey(
        person_id=person.id,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=browser,
        added_at=clock.now(),
    )
    db.session.add(row)
    end_every_session(person.id, but=this.key)  # they were begun without it
    record(PasskeyAdded(person_id=person.id, made_with=row.name))
    return row


@records_nothing("signing in is recorded")
def person_with(answer: str) -> Person:
    """Whose passkey a browser has signed in with. Raises NotAccepted, and TooManyGuesses."""
    counted = of_client(rules.GUESSES_OF_CLIENT)
    try:
        take(*counted)
    except TooOften as error:
        raise TooManyGuesses(error.until) from error
    person = _person_with(answer)
    give_back(*counted)
    return person


def _person_with(answer: str) -> Person:
    here = site()
    if here is None or len(answer) > LONGEST_ANSWER:
        raise NotAccepted
    try:
        given = read_authentication(answer)
        row = queries.passkey_called(given.id)
        if row is None or given.response.user_handle not in (None, row.person_id.bytes):
            raise NotAccepted
        proof = verify_authentication_response(
            credential=given,
            expected_challenge=challenge_in(given.response.client_data_json, SIGN_IN),
            expected_rp_id=here.host,
            expected_origin=here.origin,
            credential_public_key=row.public_key,
            credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )
    except NOT_READABLE as error:
        raise NotAccepted from error
    _count_use(row, proof.new_sign_count)
    return row.person


def _count_use(row: Passkey, number: int) -> None:
    """Of two at once with one number, one does: a copy of the key is found out by it. Raises NotAccepted."""
    counts_on = or_(Passkey.sign_count < number, (Passkey.sign_count == 0) & (number == 0))
    used = update(Passkey).where(Passkey.id == row.id, counts_on).values(sign_count=number, used_at=clock.now())
    if rows_changed(used) != 1:
        raise NotAccepted


def remove(person: Person, passkey_id: UUID | None) -> str:
    """Take one of somebody's passkeys away; what it was called, '' when it was gone already."""
    row = next((one for one in queries.passkeys_of(person.id) if one.id == passkey_id), None)
    if row is None:
        return ""
    db.session.delete(row)
    record(PasskeyRemoved(person_id=person.id, made_with=row.name))
    return row.name
