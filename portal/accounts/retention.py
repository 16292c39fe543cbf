"""How long what belongs to accounts is kept; the accounts themselves end with their roles, see boards/retention.py."""

from __future__ import annotations

from portal.accounts.models import FactorPause, KnownBrowser, MailedLink, Passkey, RecoveryCode, SignedInSession
from portal.infra.web.interrupted_form import KEPT_FOR
from portal.retention.rule import RetentionRule

RETENTION = (
    RetentionRule(
        SignedInSession,
        "Where you are signed in, or were in the last 2 hours, and with which kind of browser",
        "2 hours after you sign out or are signed out, at most 7 days after you signed in",
        days=7,
        is_over=lambda before: SignedInSession.began_at < before - KEPT_FOR,
        secret=("key",),
    ),
    RetentionRule(
        MailedLink,
        "Links mailed to you, to sign in or to choose a password",
        "30 days after they were made",
        days=30,
        is_over=lambda before: MailedLink.created_at < before,
        secret=("fingerprint", "asked_in"),
    ),
    RetentionRule(
        KnownBrowser,
        "Browsers you have signed in with",
        "400 days after you first signed in there",
        days=400,
        is_over=lambda before: KnownBrowser.seen_at < before,
        secret=("key",),
    ),
    RetentionRule(
        FactorPause,
        "How many wrong codes in a row were entered for your two-step sign-in",
        "1 day, or until a right one is entered",
        days=2,  # what the scheduler removes each minute should leave nothing
        is_over=lambda before: FactorPause.last_at < before,
        secret=("way",),
    ),
    RetentionRule(
        Passkey,
        "Your passkeys: the public half of each, and the browser you added it with",
        "Until you remove them, or your account ends",
        secret=("credential_id", "public_key", "sign_count"),
    ),
    RetentionRule(
        RecoveryCode,
        "Your recovery codes, kept like a password",
        "Until you make new ones, or your account ends",
        secret=("key",),
    ),
)
