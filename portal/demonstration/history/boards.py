"""The boards themselves: the made-up ones with their settings and groups, and the real ones that have not joined."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from portal.access.roles import COORDINATOR
from portal.accounts import invitations
from portal.boards import actions
from portal.boards.people import actions as people_actions
from portal.boards.people.importing import import_authorities
from portal.core import clock
from portal.core.calendar import working_day_from
from portal.core.values import Typed
from portal.demonstration import accounts, world
from portal.demonstration.history.joining import join
from portal.demonstration.history.steps import done
from portal.demonstration.world.profiles import Profile
from portal.demonstration.world.towns import Town, town
from portal.infra.unit_of_work import unit_of_work

AUTHORITIES = Path(world.__file__).parent / "authorities.csv"
BEGAN = 1120  # days ago that the portal began


def not_joined() -> None:
    """The real integration authorities of Scotland, without anybody: none of them uses the portal yet."""
    with done(began_on(), 9):
        import_authorities(AUTHORITIES)


def began_on() -> date:
    """The day on which the portal began, before any of its boards."""
    return working_day_from(clock.today() - timedelta(days=BEGAN))


def coordinator() -> UUID:
    """Given the role by whoever runs the portal, and joined on the same day."""
    email, name = accounts.COORDINATOR
    with done(began_on(), 10):
        person = invitations.invite(email, name, None)
        people_actions.give_role(None, person, COORDINATOR)
    with done(began_on(), 11):
        join(person)
    return person.id


def found(profile: Profile) -> Town:
    """A made-up board with its settings and groups, without anybody yet."""
    today = clock.today()
    began = working_day_from(today - timedelta(days=profile.joined_days_ago))
    with unit_of_work():
        with done(began, 8):
            board = actions.create_board(profile.key, profile.name, profile.short_name, **_settings(profile))
            for kind, name in profile.groups:
                actions.create_group(board, name, kind)
        for days, target in profile.target[1:]:
            with done(working_day_from(began + timedelta(days=days)), 15):
                actions.set_paper_target(board, target, None)
    return town(profile, today)


def _settings(profile: Profile) -> Typed:
    key, officer = profile.key, profile.names["officer"]
    settings: Typed = {
        "councils": profile.councils,
        "health_board": profile.health_board,
        "contact": f"{officer}, {profile.phones['officer']}",
        "finance_email": f"finance@{key}.example",
        "controller": profile.name,
        "controller_address": profile.address,
        "data_protection_contact": "Data protection officer",
        "data_protection_email": f"dpo@{key}.example",
        "health_condition": profile.health_condition,
    }
    if profile.complaints:
        settings |= {"complaints_who": "The complaints team", "complaints_email": f"complaints@{key}.example"}
    return settings
