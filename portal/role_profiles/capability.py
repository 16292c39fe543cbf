"""A rep's own page of their role."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.role_profiles import actions, due, views
from portal.role_profiles.blueprint import bp
from portal.role_profiles.emails import EMAILS
from portal.role_profiles.letters import actions as letters_actions
from portal.role_profiles.letters import views as letters_views
from portal.role_profiles.letters.emails import EMAILS as LETTER_EMAILS
from portal.role_profiles.retention import RETENTION
from portal.role_profiles.stepping_down import actions as stepping_down_actions
from portal.role_profiles.stepping_down import views as stepping_down_views
from portal.role_profiles.todo import TODO
from portal.sections import YOUR_ROLE, Section


def _forget(person_id: UUID) -> None:
    letters_actions.forget_person(person_id)
    actions.forget_person(person_id)
    stepping_down_actions.forget_person(person_id)


ROLE_PROFILES = Capability(
    name="role_profiles",
    icon="person",
    blueprint=bp,
    views=(views, letters_views, stepping_down_views),
    menu=(
        MenuEntry(
            5,
            "Carer reps",
            "role_profiles.of_board",
            Section.REPS,
            Section.PEOPLE,
            within=("rep_pages.*",),
        ),
        MenuEntry(5, "Your role", "role_profiles.show", Section.YOU, heading=YOUR_ROLE),
        MenuEntry(50, "Why reps leave", "role_profiles.leaving", Section.REPORTS),
    ),
    emails=(*EMAILS, *LETTER_EMAILS),
    answered_by=OFFICER,
    chores={
        "remove letters that nobody confirmed": letters_actions.remove_unconfirmed,
    },
    todo=TODO,
    due={
        "claims to offer after talks and training": due.outings_to_offer,
    },
    retention=RETENTION,
    on_pages={"photo_of": views.photo_of},
    forget=_forget,
)
