"""What is kept about people, how long, and holds on it."""

from __future__ import annotations

from portal.capability import Capability, MenuEntry
from portal.infra.storage import files, named, verify
from portal.privacy import actions, due, views
from portal.privacy.blueprint import bp
from portal.privacy.emails import EMAILS
from portal.privacy.retention import RETENTION
from portal.sections import Section

PRIVACY = Capability(
    name="privacy",
    icon="lock",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(20, "Data retention", "privacy.keeping", Section.RECORDS),),
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
