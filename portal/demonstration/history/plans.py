"""What a meeting will have been, worked out beforehand: its items and documents, when each came, who was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from portal.core.calendar import last_working_day_before, working_day_by, working_day_from
from portal.core.text import date_words
from portal.demonstration import documents
from portal.demonstration.documents import Head, worlds
from portal.demonstration.history.agendas import Line, agenda, minute_of
from portal.demonstration.history.diary import CANCELLED, NOT_HELD, Planned, chance, diary, lost_lately
from portal.demonstration.history.presence import Presence, presence
from portal.demonstration.library import Order
from portal.demonstration.library.orders import OWN_FOR, order
from portal.demonstration.world.towns import Town

FIRST_TEXT = "day-services-review"
AUDIT, USUAL, LOCALITY = "audit", "Audit Committee", "locality"
SAYS_ITEM = ("report", "form")  # the looks of documents that say for which item they are
GOLDEN = 0.618
REPLACED = 0.04  # of the papers a corrected version came
NEVER_APPROVED = 0.3  # of the minutes of a board whose papers come late


@dataclass(frozen=True)
class Sheet:
    """A document of a meeting: for which item, and the day it came out; None: not yet, or never."""

    order: Order
    head: Head
    out_on: date | None
    revised: Order | None = None
    revised_on: date | None = None


@dataclass(frozen=True)
class ItemPlan:
    number: int
    line: Line
    title: str
    sheet: Sheet | None = None


@dataclass(frozen=True)
class Plan:
    """One meeting, whole."""

    meeting: Planned
    items: tuple[ItemPlan, ...]
    present: Mapping[str, Presence]  # by role key, of those who sat on the group
    minute: tuple[Order, Order]  # as a draft, and approved
    draft_on: date | None
    approved_on: date | None

    @property
    def orders(self) -> list[Order]:
        sheets = [one.sheet for one in self.items if one.sheet and one.sheet.out_on]
        found = [order for sheet in sheets for order in (sheet.order, sheet.revised) if order]
        return [*found, *(self.minute if self.draft_on else ())]


def plans(town: Town) -> list[Plan]:
    """Every meeting of a board, in the order of days."""
    every = [*diary(town.profile, town.today), *lost_lately(town.profile, town.today)]
    boards = [one.day for one in every if one.group == "board"]
    return [_plan(town, one, next((day for day in boards if day > one.day), None)) for one in every]


def _plan(town: Town, one: Planned, next_board: date | None) -> Plan:
    random, age = chance(town.key, one.group, one.day, "plan"), (town.today - one.day).days
    more = ("lease-scan",) if (town.key, one.group) == ("northfirth", "board") and 0 >= age > -40 else ()
    lines = agenda(one.group, one.day, one.is_main, one.turn, not _has_own(town, one), more)
    at = _days_out(town, one, lines, random)
    items = tuple(
        _item(town, one, next_board, number, line, at[number - 1], random) for number, line in enumerate(lines, 1)
    )
    there = presence(town, one)
    draft, approved = _minutes_days(town, one, random)
    minute = _minute(town, one, next_board, items, there)
    return Plan(
        one, items, there, (minute, minute.with_(approved=True) if minute.is_dated else minute), draft, approved
    )


def _item(
    town: Town, one: Planned, next_board: date | None, number: int, line: Line, out_on: date | None, random: Random
) -> ItemPlan:
    if not line.key:
        return ItemPlan(number, line, line.title)
    found = _order(town, one, next_board, line, number)
    head = head_of(found)
    if not line.has_paper:
        return ItemPlan(number, line, head.title)
    revised, revised_on = _revised(town, one, line, found, head, out_on, random)
    return ItemPlan(number, line, head.title, Sheet(found, head, out_on, revised, revised_on))


def _order(town: Town, one: Planned, next_board: date | None, line: Line, number: int) -> Order:
    found = _ordered(town, one, line.key, next_board)
    more = _group(town, one, found)
    more |= {"locality": line.locality} if line.locality else {}
    return found.with_(**more, **({"item": str(number)} if found.is_dated else {}))


def _group(town: Town, one: Planned, order: Order) -> dict[str, object]:
    """For which group a document is, and what the board calls it where others call it something else."""
    called, more = dict(town.profile.groups), dict[str, object]()
    more |= {"group": one.group} if one.group != "board" else {}
    more |= {"called": called[LOCALITY]} if one.group == LOCALITY and order.is_dated else {}
    is_named = one.group == AUDIT or documents.names(order.key, AUDIT)
    return more | ({AUDIT: called[AUDIT]} if is_named and called.get(AUDIT, USUAL) != USUAL else {})


def _ordered(town: Town, one: Planned, key: str, next_board: date | None) -> Order:
    board = town.key if _has_own(town, one) else ""
    return order(key, board, one.day, town.today, one.previous, next_board)


def _has_own(town: Town, one: Planned) -> bool:
    """Northfirth, where the tour is, has documents of its own at each meeting, and Southmoor at the main ones."""
    has_own = town.key in worlds.names() and (one.is_main or town.key == "northfirth")
    return has_own and (town.today - one.day).days <= OWN_FOR


@cache
def head_of(order: Order) -> Head:
    return documents.head(order.key, order.context)


def _revised(
    town: Town, one: Planned, line: Line, first: Order, head: Head, out_on: date | None, random: Random
) -> tuple[Order | None, date | None]:
    """The review of day services has its impact on carers put right before the second meeting that considers it."""
    is_review = line.key == FIRST_TEXT and first.is_dated and one.day.month in (10, 11, 12)
    is_replaced, after = random.random() < REPLACED and head.look in SAYS_ITEM, random.randint(2, 6)
    if out_on is None or one.fate == CANCELLED or not (is_review or is_replaced):
        return None, None
    day = working_day_from(out_on + timedelta(days=3 if is_review else after))
    other = first.with_(revised=True) if is_review else with_other_head(first)
    return (other, day) if day < min(one.day, town.today) else (None, None)


def with_other_head(order: Order) -> Order:
    """The same words in another file: one says the number of its item, and one does not."""
    return order.with_(item="" if dict(order.more).get("item") else "5")


def _days_out(town: Town, one: Planned, lines: Sequence[Line], random: Random) -> list[date | None]:
    """When the paper of each item came out, if it is out by today."""
    profile, days_ago = town.profile, (town.today - one.day).days
    usual, late = random.randint(*profile.notice_in_time), random.randint(*profile.notice_late)
    share = profile.on(profile.in_time, days_ago)
    found: list[date | None] = []
    begins = random.random()
    for number, _ in enumerate(lines):
        in_time = (begins + number * GOLDEN) % 1 < share  # so that each meeting is about as its time was
        never = random.random() < profile.never_published
        day = working_day_by(one.day - timedelta(days=usual)) if in_time else _late(one.day, late)
        found.append(None if never or day > town.today else day)
    written = [number for number, line in enumerate(lines) if line.key]
    if is_due_today(town, one):
        early = working_day_by(town.today - timedelta(days=2))
        return [early if number == written[0] else None for number in range(len(lines))]
    if comes_this_morning(town, one):
        before = working_day_by(town.today - timedelta(days=1))
        return [town.today if number == written[-1] else before for number in range(len(lines))]
    if one.fate == CANCELLED:
        return [day if day and day <= called_off_on(one) else None for day in found]
    return found


def _late(day: date, notice: int) -> date:
    came = working_day_from(day - timedelta(days=notice))
    return came if (day - came).days > 1 else working_day_by(day - timedelta(days=notice))


def is_due_today(town: Town, one: Planned) -> bool:
    """The papers of these meetings are due on the day of the start, and most are still to come."""
    days = {"northfirth": ("audit", 8), "southmoor": ("spg", 7)}.get(town.key)
    return days is not None and one.group == days[0] and 0 <= (one.day - town.today).days - days[1] < 5


def comes_this_morning(town: Town, one: Planned) -> bool:
    return (town.key, one.group) == ("northfirth", "spg") and 0 <= (one.day - town.today).days < 15


def called_off_on(one: Planned) -> date:
    """Some days before; for the weather the day before."""
    return last_working_day_before(one.day - timedelta(days=0 if one.is_online else 4))


def _minutes_days(town: Town, one: Planned, random: Random) -> tuple[date | None, date | None]:
    """When the draft came, and when it was approved: after the next meeting of the group."""
    profile, days_ago = town.profile, (town.today - one.day).days
    after = max(3, round(profile.on(profile.minutes_after, days_ago) + random.randint(-3, 3)))
    draft, is_bad = working_day_from(one.last_on + timedelta(days=after)), profile.on(profile.in_time, days_ago) < 0.5
    never = random.random() < NEVER_APPROVED and is_bad
    if one.fate in (CANCELLED, NOT_HELD) or days_ago <= 0 or draft >= town.today:
        return None, None
    approved = working_day_from(max(one.next_, draft) + timedelta(days=random.randint(2, 9))) if one.next_ else None
    return draft, None if never or approved is None or approved >= town.today else approved


def _minute(
    town: Town, one: Planned, next_board: date | None, items: tuple[ItemPlan, ...], there: Mapping[str, Presence]
) -> Order:
    key = minute_of(one.group, one.day, one.is_main, one.turn)
    found = _ordered(town, one, key, next_board)
    more = _group(town, one, found)
    if key == "minutes-plain":
        more["items"] = tuple(_of_minute(one) for one in items)
    if found.is_dated:
        names = tuple(town.name(one.depute or who) for who, one in there.items() if one.was_there)
        more |= {"again": date_words(one.next_) if one.next_ else "", "carers": names or ("",)}
        more["venue"] = f"in {one.room} and by video" if one.room else "by video"
    return found.with_(**more)


def _of_minute(one: ItemPlan) -> tuple[str, str, str, str, int]:
    kind = "private" if one.line.paragraphs else one.sheet.head.purpose if one.sheet else one.line.kind
    return str(one.number), one.title, one.sheet.head.post if one.sheet else "", kind, one.number
