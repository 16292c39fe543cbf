"""Changing the details of a paper, and taking personal data out of all that they said."""

from __future__ import annotations

from portal.audit import actions as audit
from portal.capability import gathered
from portal.core import clock
from portal.core.changes import Changes
from portal.core.values import Typed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.meetings import queries as meeting_queries
from portal.meetings.events import AgendaChanged
from portal.papers.detailing import rules
from portal.papers.events import PaperDetailsChanged
from portal.papers.models import Paper
from portal.papers.packs import actions as packs

PROTECTING = "to protect personal data"


def change_details(paper: Paper, *, held_personal_data: bool = False, **typed: object) -> None:
    """What a published paper said before is noted, but for what was restricted then in the trail.

    Where it held personal data nothing of it is kept: not on the page, and not in the trail.
    """
    was = paper.title
    changed = assign(paper, **typed)
    if held_personal_data:
        _protect(paper, was, changed)
    elif changed:
        if "kind" in changed and paper.first_published_on:
            packs.ask_for_packs(meeting_queries.meeting_by_id(paper.meeting_id))  # appendices come behind
        is_private = bool(paper.item and paper.item.is_restricted)
        if paper.first_published_on:
            paper.earlier_details = rules.noted(paper.earlier_details, clock.today(), changed, is_private)
        says = PaperDetailsChanged.says_without_words if is_private else PaperDetailsChanged.says
        record(PaperDetailsChanged(**_of(paper), **says(changed)))


def _protect(paper: Paper, was: str, changed: Changes) -> None:
    forget_words(paper, was)
    paper.earlier_details = rules.protected(paper.earlier_details, clock.today())
    if paper.title != was:
        reword_everywhere(paper, was)
        packs.build_again(meeting_queries.meeting_by_id(paper.meeting_id))
    record(PaperDetailsChanged(**_of(paper), done=PROTECTING, **PaperDetailsChanged.says_without_words(changed)))


def _of(paper: Paper) -> Typed:
    return {"board_id": paper.board_id, "meeting_id": paper.meeting_id, "paper_id": paper.id}


@records_nothing("the withdrawal is recorded")
def forget_details(paper: Paper) -> None:
    """It was withdrawn for personal data: that its details were changed is all that is left of what they said."""
    forget_words(paper, paper.title)
    paper.earlier_details = rules.protected(paper.earlier_details)


@records_nothing("the withdrawal, or the change of details, is recorded")
def forget_words(paper: Paper, title: str) -> None:
    """Lines of the trail so far: of this paper, and of items of its meeting that had one of its titles."""
    audit.erase_words(paper.board_id, (PaperDetailsChanged,), [paper.id])
    for one in {title, *rules.titles(paper.earlier_details)}:
        audit.erase_words(paper.board_id, (AgendaChanged,), [paper.meeting_id], one)


@records_nothing("the withdrawal, or the change of details, is recorded")
def reword_everywhere(paper: Paper, was: str) -> None:
    """A title that names someone goes from wherever it was written."""
    for capability in gathered().capabilities:
        if capability.reword:
            capability.reword(paper.meeting_id, was, paper.title)
