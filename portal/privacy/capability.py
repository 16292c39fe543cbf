"""What is kept about people, how long, and holds on it."""

from __future__ import annotations

from portal.access.permissions import RETENTION_MANAGE
from portal.capability import Capability, MenuEntry, Place
from portal.infra.storage import files, named, verify
from portal.privacy import actions, due, views
from portal.privacy.blueprint import bp
from portal.privacy.emails import EMAILS
from portal.privacy.retention import RETENTION

PRIVACY = Capability(
    name="privacy",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(160, "Data retention", "privacy.keeping", RETENTION_MANAGE, Place.EACH_BOARD),),
    emails=EMAILS,
    due={
        "removals": due.removals_to_announce,
        "tidying": due.tidying,
        "checking files": due.files_to_verify,
    },
    work={
        files.REMOVE: files.remove,
        named.LOST: files.remove_lost,
        verify.VERIFY: verify.verify_some,
    },
    chores={
        "remove what was announced": actions.carry_out_removals,
    },
    retention=RETENTION,
)
