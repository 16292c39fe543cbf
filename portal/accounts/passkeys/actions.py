"""Adding, using and removing passkeys. What is asked of the browser is made here, and its answer is read here."""

from __future__ import annotations

import secrets
from uuid import UUID

from flask import current_app, request, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import or_, update
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json
from webauthn.helpers import parse_authentication_credential_json as read_authentication
from webauthn.helpers import parse_registration_credential_json as read_registration
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts import rules
from portal.accounts.actions import end_every_session
from portal.accounts.events import PasskeyAdded, PasskeyRemoved
from portal.accounts.limits import TooManyGuesses, of_client
from portal.accounts.models import Passkey, Person, SignedInSession
from portal.accounts.passkeys import queries
from portal.accounts.passkeys.rules import (
    EACH_ONCE,
    LONGEST_ANSWER,
    MOST,
    RANDOM,
    Site,
    challenge,
    is_our_challenge,
    site_at,
)
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.web.counts import Of, TooOften, give_back, take

ADD, SIGN_IN = "add", "sign in"
NOT_READABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class NotAccepted(Exception):
    """What the browser sent is no answer to what it was asked just now."""


def site() -> Site | None:
    """Of the address that people use; while developing, of this machine by whichever name it was called."""
    config = current_app.config["PORTAL"]
    return site_at(config.base_url if current_app.config["SESSION_COOKIE_SECURE"] else request.host_url.rstrip("/"))


def to_sign_in() -> str:
    """What the browser is asked to sign in with, as JSON; '' where passkeys do not work."""
    here = site()
    if here is None:
        return ""
    options = generate_authentication_options(
        rp_id=here.host, challenge=_new_challenge(SIGN_IN), user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json(options)


def to_add(person: Person) -> str:
    """What the browser is asked to make for somebody, as JSON; '' where passkeys do not work."""
    here = site()
    if here is None:
        return ""
    known = [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential_id))
        for one in queries.passkeys_of(person.id)
    ]
    options = generate_registration_options(
        rp_id=here.host,
        rp_name="Carer Rep Portal",
        user_name=person.email,
        user_id=person.id.bytes,
        user_display_name=person.name,
        challenge=_new_challenge(f"{ADD} {person.id}"),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=known,
    )
    return options_to_json(options)


def add(person: Person, this: SignedInSession, answer: str, browser: str) -> Passkey:
    """Keep the passkey that a browser has made; every other session ends. Raises NotAccepted."""
    here = site()
    if here is None or len(answer) > LONGEST_ANSWER or len(queries.passkeys_of(person.id)) >= MOST:
        raise NotAccepted
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=_challenge_in(read_registration(answer).response.client_data_json, f"{ADD} {person.id}"),
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
            expected_challenge=_challenge_in(given.response.client_data_json, SIGN_IN),
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


def _new_challenge(purpose: str) -> bytes:
    key = current_app.config["PORTAL"].secret_key
    return challenge(key, purpose, _browser(), secrets.token_bytes(RANDOM), clock.now())


def _challenge_in(client_data: bytes, purpose: str) -> bytes:
    """The challenge that was answered: ours, of this browser, and for the first time. Raises NotAccepted."""
    given = parse_client_data_json(client_data).challenge
    if not is_our_challenge(current_app.config["PORTAL"].secret_keys, given, purpose, _browser(), clock.now()):
        raise NotAccepted
    try:
        take(Of(EACH_ONCE, (given.hex(),)))
    except TooOften as error:
        raise NotAccepted from error
    return given


def _browser() -> str:
    """A word that only this browser has: what its forms are guarded with."""
    generate_csrf()
    return str(session["csrf_token"])
