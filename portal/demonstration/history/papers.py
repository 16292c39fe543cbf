"""The papers of a meeting: put on it by its clerk, published, replaced and withdrawn; and its minutes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import delete

from portal.core import clock
from portal.core.calendar import working_day_from
from portal.demonstration.history.in_order import NEWS, Step, at_hour
from portal.demonstration.history.plans import SAYS_ITEM, ItemPlan, Sheet, with_other_head
from portal.demonstration.library import Made, Order
from portal.infra.database import db
from portal.infra.work import Work
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.papers.destination import Destination, minutes, of_item, version_of
from portal.papers.detailing.actions import change_details
from portal.papers.inside.actions import CHECK, take_in
from portal.papers.models import Pack, Paper, PaperVersion
from portal.papers.packs.actions import BUILD
from portal.papers.preparing import actions, queries
from portal.papers.preparing.rules import APPROVED, DRAFT, Sorted
from portal.papers.withdrawing import actions as withdrawing
from portal.papers.withdrawing import queries as withdrawn
from portal.papers.withdrawing.rules import ERROR, PERSONAL, WHOLE
from portal.scheduler.run import work_once

if TYPE_CHECKING:
    from portal.demonstration.history.meetings import Running

MOST_BYTES = 50 * 1024 * 1024
# Of which board's past meetings a paper was withdrawn, counted back from today, why, and in which words.
WITHDRAWN: Mapping[str, tuple[tuple[int, str, str], ...]] = MappingProxyType(
    {
        "northfirth": ((3, ERROR, "The table on page 2 shows last year’s figures"),),
        "southmoor": ((5, PERSONAL, ""), (9, ERROR, "Two pages were missing")),
        "dunreith": ((4, ERROR, "It was an earlier draft"), (8, ERROR, "The recommendations were of another paper")),
        "hallasay": ((6, ERROR, "The figures of two localities were changed round"),),
    }
)


def choose_withdrawn(every: Sequence[Running]) -> None:
    """Which paper of which meeting will be withdrawn: one that everybody may read, and that came some days before."""
    past = [one for one in every if one.planned.day < one.town.today and one.planned.was_held and _may_go(one)]
    for back, reason, words in WITHDRAWN.get(past[0].town.key, ()) if past else ():
        if len(past) >= back:
            past[-back].withdrawn = Withdrawn(_may_go(past[-back])[-1], reason, words)


def _may_go(one: Running) -> list[ItemPlan]:
    early = one.planned.day - timedelta(days=5)
    return [
        item
        for item in one.plan.items
        if item.sheet and item.sheet.out_on and item.sheet.out_on <= early and not item.sheet.revised
        if days_without(item.sheet.out_on)[1] < one.planned.day
        if item.sheet.head.look in SAYS_ITEM and not item.line.paragraphs
    ]


def days_without(out_on: date) -> tuple[date, date]:
    """On which day a paper that came out is withdrawn, and on which it is there again."""
    gone = working_day_from(out_on + timedelta(days=1))
    return gone, working_day_from(gone + timedelta(days=1))


@dataclass(frozen=True)
class Withdrawn:
    """A paper that is withdrawn on the day after it came out, and published again on the day after that."""

    item: ItemPlan
    reason: str
    words: str


def steps(one: Running) -> Iterator[Step]:
    """Published as they come, the first of them with the agenda."""
    by_day: dict[date, list[ItemPlan]] = defaultdict(list)
    for item in one.plan.items:
        if item.sheet and item.sheet.out_on:
            by_day[item.sheet.out_on].append(item)
    for day, items in sorted(by_day.items()):
        yield Step(_moment(one, day), one.clerk, partial(_publish, one, items))
    for item in one.plan.items:
        if item.sheet and item.sheet.revised and item.sheet.revised_on:
            yield Step(_moment(one, item.sheet.revised_on), one.clerk, partial(_revise, one, item, item.sheet))
    if one.withdrawn and one.withdrawn.item.sheet and one.withdrawn.item.sheet.out_on:
        gone, back = days_without(one.withdrawn.item.sheet.out_on)
        yield Step(at_hour(gone, 9, 40), one.clerk, partial(_withdraw, one, one.withdrawn))
        yield Step(at_hour(back, 15), one.clerk, partial(_correct, one, one.withdrawn))
    plan = one.plan
    for stage, came, order in zip((DRAFT, APPROVED), (plan.draft_on, plan.approved_on), plan.minute, strict=True):
        if came:
            yield Step(at_hour(came, 11), one.clerk, partial(_publish_minutes, one, order, stage))


def _moment(one: Running, day: date) -> datetime:
    """In the afternoon; this morning, whatever the hour is now."""
    if day < one.town.today:
        return at_hour(day, 14, 10)
    now = clock.now()
    return min(at_hour(day, 8, 5), now - timedelta(minutes=2)) if now > at_hour(day, 0, 5) else now


def _publish(one: Running, items: Sequence[ItemPlan]) -> list[Step]:
    files = [(f"{item.number} {_file_name(item.title)}.pdf", one.shelf.get(_first(one, item))) for item in items]
    places = [of_item(one.items[item.number]) for item in items]
    versions = _upload(one.meeting, files, places, [item.title for item in items])
    for item, version, (_, made) in zip(items, versions, files, strict=True):
        _describe(version, made)
        one.published[item.number] = version.paper_id
    return _out(one)


def _first(one: Running, item: ItemPlan) -> Order:
    """The document as it was published first; the one that is withdrawn is another file."""
    assert item.sheet is not None
    is_wrong = one.withdrawn is not None and one.withdrawn.item is item
    return with_other_head(item.sheet.order) if is_wrong else item.sheet.order


def _revise(one: Running, item: ItemPlan, sheet: Sheet) -> list[Step]:
    assert sheet.revised is not None
    made = one.shelf.get(sheet.revised)
    (version,) = _upload(
        one.meeting,
        [(f"{item.number} {_file_name(item.title)} v2.pdf", made)],
        [version_of(one.published[item.number])],
        [item.title],
    )
    if made.head.carers != sheet.head.carers:
        change_details(withdrawn.paper_by_id(version.paper_id), carer_impact=made.head.carers)
    return _out(one)


def _withdraw(one: Running, what: Withdrawn) -> None:
    paper = withdrawn.paper_by_id(one.published[what.item.number])
    withdrawing.withdraw(paper, one.meeting.version, WHOLE, what.reason, what.words)


def _correct(one: Running, what: Withdrawn) -> list[Step]:
    assert what.item.sheet is not None
    gone = withdrawn.paper_by_id(one.published[what.item.number])
    file = (f"{what.item.number} {_file_name(what.item.title)} corrected.pdf", one.shelf.get(what.item.sheet.order))
    (version,) = _upload(one.meeting, [file], [of_item(one.items[what.item.number])], [what.item.title], gone)
    _describe(version, file[1])
    one.published[what.item.number] = version.paper_id
    return _out(one)


def _publish_minutes(one: Running, order: Order, stage: str) -> list[Step]:
    made = one.shelf.get(order)
    said = "Draft minute" if stage == DRAFT else "Minute, approved"
    _upload(one.meeting, [(f"{said} {one.planned.day.isoformat()}.pdf", made)], [minutes(stage)], [made.head.title])
    return _out(one)


def _file_name(title: str) -> str:
    return title.replace("/", "-").replace(":", "")


def _upload(
    meeting: Meeting,
    files: Sequence[tuple[str, Made]],
    places: Sequence[Destination],
    titles: Sequence[str],
    gone: Paper | None = None,
) -> list[PaperVersion]:
    """What is inside is known from the library, so no file is opened."""
    versions = actions.upload(meeting, [(name, made.content) for name, made in files], MOST_BYTES, gone)
    db.session.flush()
    db.session.execute(delete(Work).where(Work.kind == CHECK, Work.done_at.is_(None)))
    for version, (_, made) in zip(versions, files, strict=True):
        take_in(version, made.found, "")
    found = zip(versions, places, titles, strict=True)
    actions.sort_files(meeting, [Sorted(version.id, place, title) for version, place, title in found])
    return versions


def _describe(version: PaperVersion, made: Made) -> None:
    """Its author, what it recommends, and what it says of carers and equality, as the clerk copies it."""
    change_details(
        withdrawn.paper_by_id(version.paper_id),
        author_post=made.head.post,
        recommendations="\n".join(made.head.recommendations),
        carer_impact=made.head.carers,
        equality=made.head.equality,
    )


def _out(one: Running) -> list[Step]:
    """Of what is long past nobody is told, and no pack is made before somebody asks for it."""
    meeting = one.meeting
    publication = actions.publish(meeting, meeting.version)
    at, today = publication.announce_at, one.town.today
    is_told = at is not None and clock.london_day(at) > today - NEWS
    if not is_told:
        publication.announce_at = None
        db.session.info.pop("later", None)
    if meeting.meets_on < today:
        db.session.flush()
        db.session.execute(delete(Work).where(Work.kind == BUILD, Work.done_at.is_(None)))
        of = (Pack.board_id == meeting.board_id, Pack.meeting_id == meeting.id)
        db.session.execute(delete(Pack).where(*of, Pack.created_at.is_(None)))
    return [Step(at, None, partial(_announce, meeting.id))] if at and is_told else []


def _announce(meeting_id: UUID) -> None:
    """As the clock does it when ten minutes are over."""
    meeting = meeting_queries.meeting_by_id(meeting_id)
    waiting = [one for one in queries.not_announced(meeting_id) if one.announce_at and one.announce_at <= clock.now()]
    if waiting:
        actions.announce(waiting, meeting.target_days, meeting)


def build_packs() -> None:
    """Of the meetings to come."""
    while work_once({BUILD}):
        pass
