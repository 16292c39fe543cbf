"""What a browser is asked for, so that it answers with a passkey, and whether it was asked for what it answers."""

from __future__ import annotations

import secrets

from flask import current_app, request, session
from flask_wtf.csrf import generate_csrf
from webauthn import generate_authentication_options, generate_registration_options, options_to_json
from webauthn.helpers import base64url_to_bytes, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts.models import Person
from portal.accounts.passkeys import queries
from portal.accounts.passkeys.rules import EACH_ONCE, RANDOM, Site, challenge, is_our_challenge, site_at
from portal.core import clock
from portal.infra.web.counts import Of, TooOften, take

SIGN_IN = "sign in"


class NotAccepted(Exception):
    """What the browser sent is no answer to what it was asked just now."""


def adding(person: Person) -> str:
    """For what a passkey is made: nobody else's passkey comes of it."""
    return f"add {person.id}"


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
        challenge=_new_challenge(adding(person)),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=known,
    )
    return options_to_json(options)


def _new_challenge(purpose: str) -> bytes:
    key = current_app.config["PORTAL"].secret_key
    return challenge(key, purpose, _browser(), secrets.token_bytes(RANDOM), clock.now())


def challenge_in(client_data: bytes, purpose: str) -> bytes:
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
