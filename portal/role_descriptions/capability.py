"""What a role is, in words that are agreed."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.role_descriptions import due, views
from portal.role_descriptions.blueprint import bp
from portal.role_descriptions.emails import EMAILS
from portal.role_descriptions.retention import RETENTION
from portal.role_descriptions.todo import TODO
from portal.sections import YOUR_BOARD, Section

ROLE_DESCRIPTIONS = Capability(
    name="role_descriptions",
    icon="person",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(40, "Role descriptions", "role_descriptions.index", Section.BOARD, Section.YOU, heading=YOUR_BOARD),
        MenuEntry(20, "National model of the role", "role_descriptions.model", Section.LIBRARY, all_boards=True),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "roles to agree": due.roles_to_agree,
    },
    retention=RETENTION,
)
