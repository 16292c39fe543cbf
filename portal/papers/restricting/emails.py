"""Who hears that an item was restricted, or that this was lifted: whoever can read it, and whoever cannot any more."""

from __future__ import annotations

from uuid import UUID

from portal.infra.notification import Facts, Notification, Recipient, each
from portal.infra.unit_of_work import acting
from portal.meetings import queries as meetings
from portal.meetings.emails import of_meeting
from portal.meetings.events import ItemRestricted, RestrictionEvent, RestrictionLifted
from portal.meetings.rules import restriction_words
from portal.papers.restricting.queries import readers

CHANGED_AGAIN = "whether the item is restricted was changed again"


def whoever_reads_it_still(event: ItemRestricted) -> list[Recipient]:
    """Members, deputes, and staff who may read what is restricted, but whoever did it."""
    return _but_oneself(readers(meetings.item_by_id(event.item_id), is_restricted=True))


def whoever_reads_it_no_more(event: ItemRestricted) -> list[Recipient]:
    item = meetings.item_by_id(event.item_id)
    still = set(readers(item, is_restricted=True))
    return _but_oneself([one for one in readers(item, is_restricted=False) if one not in still])


def whoever_reads_it_now(event: RestrictionLifted) -> list[Recipient]:
    return _but_oneself(readers(meetings.item_by_id(event.item_id), is_restricted=False))


def _but_oneself(people: list[UUID]) -> list[Recipient]:
    return each(one for one in people if one != acting.get())


def restricted(event: ItemRestricted) -> Facts:
    """For those who can read it: what it is called, why, and what they may not do."""
    return {**_of_item(event), "why": restriction_words(event.paragraphs, is_read=True), "is_restricted": True}


def closed(event: ItemRestricted) -> Facts:
    """For others: only its number. What it is called may be what nobody else is to know."""
    facts = _of_item(event)
    del facts["title"]
    return facts


def lifted(event: RestrictionLifted) -> Facts:
    return {**_of_item(event), "is_restricted": False}


def _of_item(event: RestrictionEvent) -> Facts:
    item = meetings.item_by_id(event.item_id)
    return {**of_meeting(event), "item_id": item.id.hex, "item_number": item.number, "title": item.title}


def unless_changed_again(facts: Facts, _pace: int) -> Facts | str:
    """Looked at once more before it goes: of what is restricted again nobody else learns the title."""
    item = meetings.find_item(UUID(hex=facts["item_id"])) if "item_id" in facts else None
    is_same = item is None or item.is_restricted == facts["is_restricted"]
    return facts if is_same else CHANGED_AGAIN


EMAILS = (
    Notification(
        ItemRestricted,
        whoever_reads_it_still,
        "item-restricted",
        restricted,
        always=True,
        at_once=True,
        when_sent=unless_changed_again,
    ),
    Notification(ItemRestricted, whoever_reads_it_no_more, "item-closed", closed, always=True, at_once=True),
    Notification(
        RestrictionLifted,
        whoever_reads_it_now,
        "restriction-lifted",
        lifted,
        always=True,
        at_once=True,
        when_sent=unless_changed_again,
    ),
)
