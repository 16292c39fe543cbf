"""Which papers of a meeting its page shows: those that a reader asked for, under their items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from flask import request

from portal.core.text import count_words
from portal.papers.notice import rules as notice_rules
from portal.papers.preparing import rules as preparing_rules
from portal.papers.reading.queries import PaperShown

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem, Meeting
    from portal.papers.models import Paper
    from portal.papers.still_due.rules import StillDue

NOT_FOR_DECISION = "None of the items on this agenda is for decision"
NOT_LATE = "None of the papers was sent late"


def chosen_papers(
    meeting: Meeting, items: Sequence[AgendaItem], papers: Sequence[PaperShown]
) -> tuple[Sequence[AgendaItem], Sequence[PaperShown], str]:
    """The items and papers that a reader asked to see with ?show=, and what that was."""
    show, target = request.args.get("show", ""), meeting.target_days
    decide = {item.id for item in items if item.purpose == "decision"}
    tests: dict[str, Callable[[PaperShown], bool]] = {
        "decision": lambda one: one.paper.item_id in decide,
        "carers": lambda one: one.paper.carer_impact in ("limited", "substantial"),
        "late": lambda one: came_late(one.paper, meeting.opened_on, target),
        "unread": lambda one: not one.is_read,
    }
    wanted = tests.get(show)
    if wanted is None:
        return items, papers, ""
    chosen = [one for one in papers if wanted(one)]
    kept = {one.paper.item_id for one in chosen} | (decide if show == "decision" else set())
    return [item for item in items if item.id in kept], chosen, show


def why_none(
    show: str, is_past: bool, items: Sequence[AgendaItem], papers: Sequence[PaperShown], due: StillDue | None = None
) -> str:
    """Why nothing of an agenda is shown that a reader asked to see: of what is not stated yet, that is said."""
    if show == "decision":
        is_said = any(item.purpose for item in items)
        return NOT_FOR_DECISION if is_said else "It has not been said yet which items are for decision"
    if not papers:
        return f"This agenda has no papers{'' if is_past else ' yet'}"
    return {"carers": _no_impact(papers), "late": _none_late(due)}.get(show, "You have marked all the papers as read")


def _none_late(due: StillDue | None) -> str:
    """What was sent late is one thing, and what is not here yet another."""
    if due is None or not due.papers:
        return NOT_LATE
    return f"None of the papers here was sent late. {count_words(due.papers, 'paper is', 'papers are')} not here yet"


def _no_impact(papers: Sequence[PaperShown]) -> str:
    silent = sum(not one.paper.carer_impact for one in papers)
    if silent == len(papers):
        return "It has not been said yet which papers affect carers"
    if not silent:
        return "All the papers here state that they have no impact on carers"
    return f"None of the papers states an impact on carers so far. {silent} of {len(papers)} do not say yet"


def came_late(paper: Paper, opened_on: date, target: int) -> bool:
    if paper.kind in preparing_rules.NO_PAPERS or paper.first_published_on is None:
        return False
    return notice_rules.is_late(paper.first_published_on, opened_on, target)


def papers_by_item(papers: Sequence[PaperShown]) -> dict[UUID | str, list[PaperShown]]:
    """Papers under the id of their item; under their kind the agenda and minutes, and under 'other' those of none."""
    sorted_out: dict[UUID | str, list[PaperShown]] = defaultdict(list)
    for one in papers:
        is_paper = one.paper.kind not in preparing_rules.NO_PAPERS
        sorted_out[one.paper.item_id or "other" if is_paper else one.paper.kind].append(one)
    return sorted_out
