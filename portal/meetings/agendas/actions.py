"""Several items put on an agenda at once, and a group's standing items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from portal.boards.models import Group
from portal.core import clock
from portal.core.text import count_words
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import assign
from portal.meetings import queries
from portal.meetings.agendas import queries as agenda_queries
from portal.meetings.agendas.drafts import Draft, how_many_end_it, in_their_places
from portal.meetings.agendas.numbering import renumber
from portal.meetings.agendas.told import forget_words, item_changed, of_item
from portal.meetings.events import AgendaChanged, ItemRestricted, RestrictionLifted, StandingItemsChanged
from portal.meetings.models import AgendaItem, Meeting, StandingItem


def add_items(meeting: Meeting, once: UUID, drafts: Iterable[Draft]) -> int:
    """Put items on an agenda, each at its place; how many there are. Sent twice, with one id, they are once."""
    ids = {agenda_queries.id_added(once, place): one for place, one in enumerate(drafts)}
    if not ids or agenda_queries.is_added(once):
        return len(ids)
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    new = [(AgendaItem(id=key, **of, added_on=clock.today(), **one.row()), one) for key, one in ids.items()]
    there = list(queries.items(meeting.id))
    ending = how_many_end_it(there, agenda_queries.standing_items(meeting.board_id, meeting.group_id))
    for position, item in enumerate(in_their_places(there, new, ending), 1):
        item.position = position
    db.session.add_all(item for item, _ in new)
    db.session.flush()
    renumber(meeting.id)
    done = count_words(len(ids), "item") + " added"
    record(AgendaChanged(board_id=meeting.board_id, meeting_id=meeting.id, done=done))
    return len(ids)


def restrict_items(meeting: Meeting, paragraphs: Mapping[UUID, list[str]]) -> list[AgendaItem]:
    """Items of a meeting that are not for publication, each by its paragraphs of Schedule 7A; those that were open."""
    items = [one for one in queries.items(meeting.id) if one.id in paragraphs and not one.is_restricted]
    for item in items:
        restrict_item(item, paragraphs[item.id])
    return items


def restrict_item(item: AgendaItem, paragraphs: list[str]) -> None:
    """Of one that is published everyone is told who can read it still, and who cannot any more."""
    changed = assign(item, is_restricted=True, paragraphs=paragraphs)
    forget_words(item)
    if item.published_at:
        item.restriction_changed_on = clock.today()
        record(ItemRestricted(**of_item(item), paragraphs=tuple(paragraphs)))
    else:
        record(item_changed(item, changed))


def lift_restriction(item: AgendaItem) -> None:
    """Everyone who may read other papers of the meeting may read those of this item from now on."""
    was = tuple(item.paragraphs)
    assign(item, is_restricted=False, paragraphs=[], restriction_changed_on=clock.today())
    record(RestrictionLifted(**of_item(item), paragraphs=was))


def add_standing_item(group: Group, once: UUID, typed: Typed) -> None:
    """At the end of those that stand where it stands. Sent twice, with one id, it is one."""
    if db.session.get(StandingItem, once):
        return
    last = max((one.position for one in agenda_queries.standing_items(group.board_id, group.id)), default=0)
    of: Typed = {"board_id": group.board_id, "group_id": group.id}
    db.session.add(StandingItem(id=once, **of, position=last + 1, **typed))
    db.session.flush()
    record(StandingItemsChanged(**of, thing=_quoted(typed["title"]), done="added"))


def change_standing_item(item: StandingItem, typed: Typed) -> None:
    was = item.title
    if changed := assign(item, **typed):
        record(StandingItemsChanged(**_of(item), thing=_quoted(was), **StandingItemsChanged.says(changed)))


def move_standing_item(item: StandingItem, step: int) -> None:
    """One place up (-1) or down (+1) among those that come first, at the end, or at the same place."""
    every = agenda_queries.standing_items(item.board_id, item.group_id)
    order = [one for one in every if (one.is_at_end, one.place) == (item.is_at_end, item.place)]
    here = order.index(item)
    there = here + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, one in enumerate(order, 1):
            one.position = position
        record(StandingItemsChanged(**_of(item), thing=_quoted(item.title), done="moved"))


def remove_standing_item(item: StandingItem) -> None:
    db.session.delete(item)
    record(StandingItemsChanged(**_of(item), thing=_quoted(item.title), done="removed"))


def _of(item: StandingItem) -> Typed:
    return {"board_id": item.board_id, "group_id": item.group_id}


def _quoted(title: str) -> str:
    return f"“{title}”"
