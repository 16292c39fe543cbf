"""How long what serves the machinery is kept, and what is known of keeping itself."""

from __future__ import annotations

from portal.infra.keys import KeyCanary
from portal.infra.occasions import FiredOccasion
from portal.infra.storage.held_files import HeldFile
from portal.infra.storage.stored import StoredFile
from portal.infra.web.counts import Count
from portal.infra.web.downloads import DownloadBegun
from portal.infra.web.interrupted_form import InterruptedForm
from portal.infra.web.limits import Hit
from portal.infra.work import Work
from portal.retention.models import Hold, Removal
from portal.retention.rule import RetentionRule

RETENTION = (
    RetentionRule(
        InterruptedForm,
        "What you typed into a form that you could not send because you had been signed out, encrypted",
        "2 hours, or until you send it, sign out, or someone else signs in on the same browser",
        days=1,  # what the scheduler removes each minute should leave nothing
        is_over=lambda before: InterruptedForm.created_at < before,
        secret=("cookie_id",),
    ),
    RetentionRule(
        HeldFile,
        "A file you chose in a form that could not be saved yet, encrypted",
        "1 day, or until you save the form",
        days=1,  # likewise
        is_over=lambda before: HeldFile.created_at < before,
        secret=("stored_as", "sealed_key", "key"),
        file=HeldFile.stored_as,
    ),
    RetentionRule(
        StoredFile,
        "The list of stored files, with a fingerprint of each, so that damage is noticed",
        "As long as the file",
        secret=("key", "sha256"),
    ),
    RetentionRule(
        DownloadBegun,
        "That someone began to download a file, by a fingerprint that names nobody",
        "1 day",
        days=1,
        is_over=lambda before: DownloadBegun.begun_at < before,
    ),
    RetentionRule(
        Hit,
        "Counted tries to sign in, by an encrypted address",
        "1 day",
        days=1,
        is_over=lambda before: Hit.hit_at < before,
    ),
    RetentionRule(
        Count,
        "How often something was tried, and from where, by a fingerprint that names nobody and changes every day",
        "1 day; of passwords that were tried, 1 hour",
        days=1,
        is_over=lambda before: Count.ends_at < before,
    ),
    RetentionRule(
        Work,
        "Work in the queue, like checking a file",
        "30 days after it was done",
        days=30,
        is_over=lambda before: Work.done_at < before,
    ),
    RetentionRule(
        FiredOccasion,
        "What the calendar has set off, so that nothing goes twice",
        "3 years, longer than any email",
        days=3 * 365 + 1,
        is_over=lambda before: FiredOccasion.fired_at < before,
    ),
    RetentionRule(KeyCanary, "A word by which the keys are tried", "As long as the portal is used"),
    RetentionRule(Hold, "Legal holds", "As long as the board uses the portal"),
    RetentionRule(Removal, "What was removed, and when", "As long as the board uses the portal"),
)
