"""Papers in place of withdrawn ones: who hears of them by email, and what each of them reads."""

from __future__ import annotations

from uuid import UUID

from portal.boards.emails import administrators
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra.notification import Facts, Reader, Recipient, each
from portal.infra.unit_of_work import acting
from portal.meetings.emails import of_meeting, reps_and_deputes
from portal.papers.announced import WITHDRAWN
from portal.papers.events import CorrectedPaperPublished
from portal.papers.models import Paper
from portal.papers.withdrawing import queries

FOR_READERS = ("readers", "others")  # ids that no email keeps


def others_who_were_told(event: CorrectedPaperPublished) -> list[Recipient]:
    """Of whoever was told that a paper was withdrawn, all who may read the one in its place, or know that it was.

    But those who hear of it with the other papers; and whoever published it.
    """
    told = {one.person_id for one in reps_and_deputes(event)} if event.is_announced else set()
    people = dict.fromkeys(UUID(one) for paper in _all(event) for of in FOR_READERS for one in paper[of])
    return each(one for one in people if one not in {*told, acting.get()})


def paper_corrected(event: CorrectedPaperPublished) -> Facts | None:
    """What was published in place of which; None where it was withdrawn too, or the other one was put back."""
    corrected = _all(event)
    return {**of_meeting(event), "corrected_papers": corrected} if corrected else None


def corrected_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """Without those that were withdrawn too while it waited, or whose original was put back."""
    told = facts["corrected_papers"]
    left = [one for one in told if _is_in_place(queries.paper_by_id(UUID(hex=one["paper_id"])))]
    return {**facts, "corrected_papers": left} if left or not told else WITHDRAWN


def _is_in_place(paper: Paper) -> bool:
    return paper.withdrawn_at is None and queries.was_withdrawn_at(paper.in_place_of_id) is not None


def _all(event: CorrectedPaperPublished) -> list[Facts]:
    papers = [queries.paper_by_id(one) for one in event.papers]
    return [_corrected(event, one) for one in papers if _is_in_place(one)]


def _corrected(event: CorrectedPaperPublished, paper: Paper) -> Facts:
    """One replacement paper, with who may read it.

    And who was told that the one before held personal data, and may not: they hear that it was replaced.
    """
    gone = queries.was_withdrawn_at(paper.in_place_of_id)
    is_personal = queries.is_for_personal_data(paper.in_place_of_id)
    readers = queries.readers(paper, clock.today())
    others = [one.person_id for one in administrators(event) if one.person_id not in readers] if is_personal else []
    return {
        "title": paper.title,
        "paper_id": paper.id.hex,
        "item_number": paper.item.number if paper.item else "",
        "withdrawn": day_words(london_day(gone)) if gone else "",
        "is_personal": is_personal,
        "is_private": False,
        "readers": [one.hex for one in readers],
        "others": [one.hex for one in others],
    }


def those_one_may_read(_event: CorrectedPaperPublished, facts: Facts, reader: Reader) -> Facts:
    """No reader is told the title of a paper that only others may read."""
    mine = []
    for one in facts["corrected_papers"]:
        known = {key: value for key, value in one.items() if key not in FOR_READERS}
        if reader.id.hex in one["readers"]:
            mine.append(known)
        elif reader.id.hex in one["others"]:
            mine.append({**known, "title": "", "is_private": True})
    return {"corrected_papers": mine}
