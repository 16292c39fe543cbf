"""Who can read the papers of an item, while it is restricted and while it is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from portal.access.permissions import PAPERS_READ, PAPERS_RESTRICTED
from portal.access.roles import ROLE_NAMES
from portal.boards import queries as boards
from portal.boards.models import StaffRole
from portal.core import clock
from portal.core.names import name_key
from portal.core.text import count_words
from portal.infra.database import db
from portal.meetings import queries as meetings
from portal.meetings.models import AgendaItem
from portal.papers.withdrawing import queries as withdrawing


def readers(item: AgendaItem, is_restricted: bool) -> list[UUID]:
    """Everyone who can read the papers of an item today, or could if it were restricted, or were not."""
    needed = (PAPERS_READ, PAPERS_RESTRICTED) if is_restricted else (PAPERS_READ,)
    return withdrawing.readers(item, clock.today(), needed)


@dataclass(frozen=True)
class WhoReads:
    """People of the group by name, others by how many have which role."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    number: int


@dataclass(frozen=True)
class WhoWillRead:
    """Once a restriction is added or lifted: who can read then, and for whom that is new, or over."""

    then: WhoReads
    changes: WhoReads


def who_will_read(item: AgendaItem) -> WhoWillRead:
    """When it is restricted, if it is not, and the other way round."""
    now, then = readers(item, item.is_restricted), readers(item, not item.is_restricted)
    roles = _roles(item.board_id, {*now, *then} - _of_group(item))
    return WhoWillRead(_said(then, roles), _said(set(now) ^ set(then), roles))


def _of_group(item: AgendaItem) -> set[UUID]:
    """Who sits on the group, and who stands in for one of them."""
    members = boards.reps_of_group(item.board_id, item.group_id, clock.today())
    return {*members, *(row.person_id for row, _, _ in meetings.stand_ins(item.meeting_id))}


def _roles(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """One role of each of some people: whoever has several is counted once."""
    today = clock.today()
    held = (StaffRole.from_on <= today, or_(StaffRole.until_on.is_(None), StaffRole.until_on >= today))
    of = (StaffRole.board_id == board_id, StaffRole.person_id.in_(ids), StaffRole.waits_since.is_(None))
    order = list(ROLE_NAMES).index
    statement = select(StaffRole.person_id, StaffRole.role).where(*of, *held)
    rows = db.session.execute(statement.order_by(StaffRole.person_id, StaffRole.role))
    found = sorted(((person, role) for person, role in rows if role in ROLE_NAMES), key=lambda one: -order(one[1]))
    return dict(found)


def _said(ids: Collection[UUID], roles: Mapping[UUID, str]) -> WhoReads:
    named = boards.people_named(one for one in ids if one not in roles)
    held = Counter(roles[one] for one in ids if one in roles)
    others = tuple(count_words(held[role], name) for role, name in ROLE_NAMES.items() if role in held)
    return WhoReads(tuple(sorted(named.values(), key=name_key)), others, len(ids))
