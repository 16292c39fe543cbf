"""What the page of a meeting says beside its papers: its record, who comes, how far the papers are, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from portal.access.decide import can
from portal.access.permissions import (
    ATTENDANCE_READ,
    CORRECTIONS_WRITE,
    EMAILS_RESEND,
    PAPERS_PREPARE,
    PAPERS_READ,
    PAPERS_RESTRICTED,
)
from portal.access.roles import ADMIN
from portal.boards import queries as boards
from portal.core import clock
from portal.core.names import name_key
from portal.corrections import queries as corrections
from portal.corrections.rules import stored_day
from portal.infra.guard import viewer
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import PLANNED, has_opened, is_over, sits_again, why_not_ended, why_not_moved
from portal.papers.amount import DRAFT_BEFORE, OF_RESTRICTED, amount_of
from portal.papers.correcting.rules import MEETING_DAY
from portal.papers.notice.rules import target_day
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing import rules as preparing_rules
from portal.papers.preparing.steps import steps
from portal.papers.reading import queries
from portal.papers.still_due.rules import StillDue, still_due

if TYPE_CHECKING:
    from portal.corrections.models import Correction
    from portal.meetings.models import AgendaItem, Meeting
    from portal.papers.models import Paper, PaperVersion
    from portal.papers.reading.queries import PaperShown


def instead(papers: Sequence[PaperShown], waiting: Sequence[PaperVersion]) -> PageFacts:
    """What was published, and what was uploaded, in place of withdrawn papers; and when these were withdrawn."""
    return {
        "instead": _open_instead(papers),
        "coming_instead": {one.paper.in_place_of_id for one in waiting if one.status != "refused"},
        "gone": {one.paper.id: one.paper.withdrawn_at for one in papers if one.withdrawal},
    }


def _open_instead(papers: Sequence[PaperShown]) -> dict[UUID, Paper]:
    """By withdrawn paper the open one in its place, also where one between them was withdrawn too."""
    by_id = {one.paper.id: one.paper for one in papers}
    found = {}
    for one in papers:
        gone = None if one.withdrawal else one.paper.in_place_of_id
        while gone:
            found[gone] = one.paper
            gone = by_id[gone].in_place_of_id if gone in by_id else None
    return found


def preparing(meeting: Meeting, items: Sequence[AgendaItem], in_sight: Sequence[PaperShown]) -> PageFacts:
    """For a clerk, how far the papers are; whoever prepares papers sees all of them."""
    waiting = preparing_queries.unpublished(meeting.id)
    lacking = len(_without_paper(items, in_sight))
    same, opened = preparing_queries.same_as_open(waiting), has_opened(meeting, clock.now())
    return {"waiting": waiting, "steps": steps(items, lacking, waiting, opened, same)}


def _without_paper(items: Sequence[AgendaItem], papers: Sequence[PaperShown]) -> list[AgendaItem]:
    """The items of an agenda that should have a paper, and have none among those that are open."""
    covered = {one.paper.item_id for one in papers}
    without = [one for one in items if not one.is_verbal and one.id not in covered]
    return [one for one in without if not preparing_rules.never_has_a_paper(one.title)]


def due(meeting: Meeting, items: Sequence[AgendaItem], in_sight: Sequence[PaperShown]) -> StillDue | None:
    """What whoever looks could read and is not here yet, of the items and papers that the page has found already."""
    if not can(viewer(), PAPERS_READ, meeting):
        return None
    sees_all = can(viewer(), PAPERS_RESTRICTED, meeting)
    published = [one for one in items if one.published_at and (sees_all or not one.is_restricted)]
    return still_due(meeting, clock.today(), lambda: len(_without_paper(published, in_sight)))


def with_papers(meeting: Meeting, papers: Sequence[PaperShown], waiting: Sequence[PaperVersion]) -> PageFacts:
    """Which items have a paper, open or withdrawn, and which one that waits: such an item is not called verbal.

    Nor is one whose papers whoever looks may not see.
    """
    sees_some, sees_all = can(viewer(), PAPERS_READ, meeting), can(viewer(), PAPERS_RESTRICTED, meeting)
    return {
        "with_papers": {one.paper.item_id for one in papers},
        "awaits_paper": {one.paper.item_id for one in waiting if one.is_sorted and one.status != "refused"},
        "papers_hidden": lambda item: not sees_some or (item.is_restricted and not sees_all),
    }


def how_much(meeting: Meeting, items: Sequence[AgendaItem], in_sight: Sequence[PaperShown]) -> PageFacts:
    """The papers that whoever looks may open, and their pages; and in words what is not counted."""
    before = drafts_before(in_sight)
    amount = amount_of((one.paper.kind, one.version.pages) for one in in_sight if one.paper.id not in before)
    is_partly = any(one.is_restricted for one in items) and not can(viewer(), PAPERS_RESTRICTED, meeting)
    others = [*[DRAFT_BEFORE] * bool(before), *[OF_RESTRICTED] * is_partly]
    return {"amount": amount, "left_out": amount.left_out(*others), "drafts_before": before}


def drafts_before(in_sight: Sequence[PaperShown]) -> set[UUID]:
    """Draft minutes of which the approved ones are there too: nobody has to read both."""
    stages = {one.paper.id: one.paper.stage for one in in_sight if one.paper.kind == preparing_rules.MINUTES}
    is_approved = preparing_rules.APPROVED in stages.values()
    return {key for key, stage in stages.items() if is_approved and stage != preparing_rules.APPROVED}


def approved_since(paper: Paper) -> Paper | None:
    """Beside draft minutes: the approved ones, where whoever reads may open these."""
    if paper.kind != preparing_rules.MINUTES or paper.stage == preparing_rules.APPROVED:
        return None
    in_sight = [one.paper for one in queries.papers_and_notices(viewer(), paper.meeting_id) if not one.withdrawal]
    return next((one for one in in_sight if (one.kind, one.stage) == (paper.kind, preparing_rules.APPROVED)), None)


def asks_clerk(meeting: Meeting) -> bool:
    """Whether whoever looks is to ask a clerk for papers that are late, as their list of things to do says."""
    target, today = target_day(meeting.opened_on, meeting.target_days), clock.today()
    if meeting.status != PLANNED or not target < today <= meeting.opened_on:
        return False
    if not can(viewer(), EMAILS_RESEND, meeting) or can(viewer(), PAPERS_PREPARE, meeting):
        return False
    return meeting.agenda_published_at is None or queries.lacks_any_paper(meeting.id)


def record(meeting: Meeting) -> PageFacts:
    """How far the meeting is on record, and what of that was corrected."""
    now, is_past = clock.now(), meeting.opened_on < clock.today()
    made, waits = corrections.made_and_waiting(meeting.board_id, meeting.id) if is_past else ([], [])
    return {
        "sits_again": sits_again(meeting),
        "may_move": not why_not_moved(meeting, now),
        "may_end": not why_not_ended(meeting, now),
        "has_opened": has_opened(meeting, now),
        "is_over": is_over(meeting.starts_at, now),
        "is_correctable": is_past,
        "corrections": made,
        "waits": waits,
        **_days_said(meeting, made),
    }


def who_corrects(meeting: Meeting) -> list[str]:
    """The names of those who can correct a day that was mistyped, once it is past."""
    if meeting.meets_on >= clock.today() or can(viewer(), CORRECTIONS_WRITE, meeting):
        return []
    return [name for _, name in boards.people_with_role(meeting.board_id, ADMIN)]


def _days_said(meeting: Meeting, made: Sequence[Correction]) -> PageFacts:
    """The day that the record said before any correction, and whether the meeting itself had moved to it."""
    said = [stored_day(one.was_value) for one in made if one.kind == MEETING_DAY]
    held_on = said[-1] if said else meeting.meets_on
    return {"had_said": said[-1] if said else None, "has_moved": held_on != meeting.first_meets_on}


def coming(meeting: Meeting) -> list[tuple[UUID, str]] | None:
    """The reps of the group by id, each with whoever goes instead; None for those who may not see them."""
    if not can(viewer(), ATTENDANCE_READ, meeting):
        return None
    me, goes = viewer().id, "stood in" if meeting.meets_on < clock.today() else "is down to go instead"
    names = {}
    for rep in meeting_queries.reps_and_deputes(meeting):
        called = "You" if rep.id == me else rep.name
        names[rep.id] = f"{called} ({rep.depute} {goes})" if rep.depute else called
    return sorted(names.items(), key=lambda rep: name_key(rep[1]))
