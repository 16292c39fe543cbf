"""Who hears by email what happened to an account. Invitations name a board: see portal/boards/emails.py."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app

from portal.accounts import queries, rules
from portal.accounts.events import (
    AccountDisabled,
    AccountEnabled,
    CodesFailed,
    EmailChangeAsked,
    EmailChanged,
    EmailPutBack,
    FactorCleared,
    FactorSetUp,
    LinkEvent,
    PasskeyAdded,
    PasskeyEvent,
    PasskeyRemoved,
    PasswordChanged,
    PasswordsFailed,
    RecoveryCodeUsed,
    ResetAsked,
    SignInLinkAsked,
)
from portal.infra.notification import Facts, Notification, Recipient, nothing_more, the_person


def new_address(event: EmailChangeAsked | EmailChanged) -> list[Recipient]:
    """Somebody at the address that they change to."""
    link = queries.mailed_link(event.link_id)
    return [Recipient(event.person_id, link.new_email)] if link else []


def old_address(event: EmailChanged) -> list[Recipient]:
    """Somebody at the address that they had."""
    link = queries.mailed_link(event.link_id)
    return [Recipient(event.person_id, link.old_email)] if link else []


def given_up_address(event: EmailPutBack) -> list[Recipient]:
    """Whoever reads the mail of the address that the account had for a while."""
    return [Recipient(event.person_id, event.given_up)]


def undo_link(event: EmailChanged) -> Facts:
    """Which link takes the old address back."""
    return {"link_id": event.undo_link_id.hex, "undo_days": rules.UNDO_DAYS}


def link_only(event: LinkEvent) -> Facts:
    """Which link; its address is made when the email is sent."""
    return {"link_id": event.link_id.hex}


def passkey(event: PasskeyEvent) -> Facts:
    """Where it was made."""
    return {"made_with": event.made_with}


def code_and_link(event: LinkEvent) -> Facts:
    """The same, with how long it works and the address at which a code is entered, and nowhere else."""
    host = urlsplit(current_app.config["PORTAL"].base_url).netloc
    return {**link_only(event), "host": host, "lasts": rules.mailed_words(rules.SIGN_IN)["lasts"]}


EMAILS = (
    Notification(
        ResetAsked,
        the_person,
        "reset-password",
        link_only,
        always=True,
        at_once=True,
        worth_days=1,
        cannot_wait=True,
    ),
    Notification(
        SignInLinkAsked,
        the_person,
        "sign-in-link",
        code_and_link,
        always=True,
        at_once=True,
        worth_days=1,
        cannot_wait=True,
    ),
    Notification(PasswordChanged, the_person, "password-changed", nothing_more, always=True, at_once=True),
    Notification(
        EmailChangeAsked,
        new_address,
        "confirm-new-email",
        link_only,
        always=True,
        at_once=True,
        worth_days=1,
        cannot_wait=True,
    ),
    Notification(EmailChanged, old_address, "email-changed", undo_link, always=True, at_once=True),
    Notification(EmailPutBack, the_person, "email-put-back", nothing_more, always=True, at_once=True),
    Notification(EmailPutBack, given_up_address, "email-given-up", nothing_more, always=True, at_once=True),
    Notification(EmailChanged, new_address, "new-email-confirmed", nothing_more, always=True, at_once=True),
    Notification(FactorSetUp, the_person, "factor-set-up", nothing_more, always=True, at_once=True),
    Notification(FactorCleared, the_person, "factor-cleared", nothing_more, always=True, at_once=True),
    Notification(PasskeyAdded, the_person, "passkey-added", passkey, always=True, at_once=True),
    Notification(PasskeyRemoved, the_person, "passkey-removed", passkey, always=True, at_once=True),
    Notification(CodesFailed, the_person, "wrong-codes", nothing_more, always=True, at_once=True),
    Notification(PasswordsFailed, the_person, "wrong-passwords", nothing_more, always=True, at_once=True),
    Notification(RecoveryCodeUsed, the_person, "recovery-code-used", nothing_more, always=True, at_once=True),
    Notification(
        AccountDisabled,
        the_person,
        "account-closed",
        nothing_more,
        always=True,
        at_once=True,
        to_closed_accounts=True,
        before_joining=True,
    ),
    Notification(
        AccountEnabled, the_person, "account-opened", nothing_more, always=True, at_once=True, before_joining=True
    ),
)
