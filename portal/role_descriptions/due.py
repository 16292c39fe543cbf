"""What today makes happen: whoever has a role is asked, once for each version, to agree to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.role_descriptions import queries
from portal.role_descriptions.events import RoleChanged, RoleToAgree
from portal.role_descriptions.queries import Waiting


def roles_to_agree(now: datetime) -> Iterator[Occasion]:
    """Every rep in a seat, from the first day on; a new version asks again."""
    yield from asked(queries.waiting_reps(london_day(now)), as_depute=False)


def asked(waiting: Iterable[Waiting], as_depute: bool) -> Iterator[Occasion]:
    for one in waiting:
        description = one.description
        kind = RoleChanged if one.agreed_before else RoleToAgree
        of = {"board_id": description.board_id, "group_id": description.group_id, "description_id": description.id}
        event = kind(**of, number=description.number, person_id=one.person_id, as_depute=as_depute)
        words = f"Ask someone to agree to version {description.number} of a role"
        yield Occasion(f"role:{description.id}:{one.person_id}", words, event)
