"""Who hears by email of a role to agree to."""

from __future__ import annotations

from portal.boards import queries as boards
from portal.boards.emails import of_board
from portal.infra.notification import Facts, Notification, the_person
from portal.role_descriptions import queries
from portal.role_descriptions.events import RoleChanged, RoleToAgree
from portal.role_descriptions.rules import changes, words_of


def role_to_agree(event: RoleToAgree) -> Facts:
    """Which role, and what has changed since the version that somebody agreed to."""
    description = queries.description(event.board_id, event.description_id)
    before = queries.earlier_agreement(event.board_id, description, event.person_id)
    changed = changes(words_of(before), words_of(description)) if before else []
    group = next(one for one in boards.every_group(event.board_id) if one.id == event.group_id)
    facts = {"group": group.name, "group_id": group.id.hex, "number": event.number, "as_depute": event.as_depute}
    return {**of_board(event), **facts, "changed": [one.title for one in changed]}


EMAILS = (
    Notification(RoleToAgree, the_person, "role-to-agree", role_to_agree, always=True, worth_days=14),
    Notification(RoleChanged, the_person, "role-changed", role_to_agree, always=True, worth_days=14),
)
