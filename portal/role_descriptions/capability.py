"""What a role is, in words that are agreed."""

from __future__ import annotations

from portal.access.permissions import BOARDS_READ, ROLE_MODEL_READ
from portal.capability import Capability, MenuEntry, Place
from portal.role_descriptions import due, views
from portal.role_descriptions.blueprint import bp
from portal.role_descriptions.emails import EMAILS
from portal.role_descriptions.retention import RETENTION
from portal.role_descriptions.todo import TODO

ROLE_DESCRIPTIONS = Capability(
    name="role_descriptions",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(60, "Role descriptions", "role_descriptions.index", BOARDS_READ, Place.EACH_BOARD),
        MenuEntry(130, "National model of the role", "role_descriptions.model", ROLE_MODEL_READ, Place.ALL_BOARDS),
    ),
    emails=EMAILS,
    todo=TODO,
    due={
        "roles to agree": due.roles_to_agree,
    },
    retention=RETENTION,
)
