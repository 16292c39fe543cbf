"""Where the steps of a tour lead: which way of telling a step fits whoever follows it, and its address."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from portal.access.decide import can
from portal.access.permissions import CHECK_IN_ANSWER
from portal.access.roles import SOMEWHERE, Viewer
from portal.check_in import queries as check_ins
from portal.check_in.undoing import queries as answers
from portal.core import clock
from portal.demonstration.tour.tours import Step
from portal.expenses.claims import queries as claims
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.mentoring.pairs import queries as mentoring
from portal.papers.preparing import queries as preparing
from portal.papers.reading import queries as papers
from portal.replacement_care.requests import queries as care
from portal.replacement_care.requests.rules import CANCELLED
from portal.replacement_care.requests.rules import MEETING as FOR_MEETING
from portal.replacement_care.requests.usual import last_times
from portal.training.sessions import queries as training

LONGEST_BACK = timedelta(days=200)
MOST_AHEAD = 12
HOME = "/"


def way_for(viewer: Viewer, ways: Sequence[Step]) -> tuple[int, str]:
    """The first of several ways of which everything is there, by its number, and its address."""
    found: dict[str, str] = {}
    for number, step in enumerate(ways):
        named = [*step.needs, *(name for _, name, _, _ in string.Formatter().parse(step.to) if name)]
        for name in named:
            if name not in found:
                found[name] = THINGS[name](viewer)
        if all(found[name] for name in named):
            return number, step.to.format(**found)
    return len(ways) - 1, HOME


def _board(viewer: Viewer) -> str:
    return viewer.boards[0][1] if viewer.boards else ""


def _coming(viewer: Viewer) -> Sequence[Meeting]:
    return meetings.upcoming(viewer, clock.today(), most=MOST_AHEAD)


def _past(viewer: Viewer) -> Sequence[Meeting]:
    """The meetings of the last months, the latest first."""
    yesterday = clock.today() - timedelta(days=1)
    return meetings.lately(viewer, clock.today() - LONGEST_BACK, yesterday)


def _first(found: Sequence[Meeting]) -> str:
    return str(found[0].id) if found else ""


def _with_papers(viewer: Viewer, found: Sequence[Meeting]) -> list[Meeting]:
    there = papers.meetings_with_papers(viewer, [one.id for one in found])
    return [one for one in found if one.id in there]


def _meeting(viewer: Viewer) -> str:
    return _first(_coming(viewer))


def _meeting_with_papers(viewer: Viewer) -> str:
    return _first(_with_papers(viewer, _coming(viewer)))


def _last_meeting_with_papers(viewer: Viewer) -> str:
    return _first(_with_papers(viewer, _past(viewer)))


def _meeting_to_fill(viewer: Viewer) -> str:
    """The next one of which papers are missing."""
    coming = _coming(viewer)
    missing = preparing.missing_items([one.id for one in coming])
    return _first([one for one in coming if one.id in missing])


def _meeting_to_post(viewer: Viewer) -> str:
    """The next one whose printed papers somebody asked for."""
    return _first([one for one in _coming(viewer) if check_ins.wanting_print(one)])


def _paper_to_read(viewer: Viewer) -> str:
    """The longest paper of the next meeting with papers that they have not read."""
    return _longest(viewer, _with_papers(viewer, _coming(viewer)), is_read=False)


def _paper(viewer: Viewer) -> str:
    """The longest of that meeting, or of the last one."""
    coming, past = _with_papers(viewer, _coming(viewer)), _with_papers(viewer, _past(viewer))
    return _longest(viewer, coming or past)


def _longest(viewer: Viewer, found: Sequence[Meeting], is_read: bool | None = None) -> str:
    shown = [one for meeting in found[:1] for one in papers.papers_shown(viewer, meeting.id)]
    kept = [one for one in shown if is_read is None or one.is_read == is_read]
    longest = max(kept, key=lambda one: one.version.pages or 0, default=None)
    return str(longest.paper.id) if longest else ""


def _pair(viewer: Viewer) -> str:
    running = mentoring.running_of(viewer, clock.now())
    mentors = [side for side, _ in running if side.pair.person_id != viewer.id]
    return str(mentors[0].pair.id) if mentors else ""


def _care(viewer: Viewer) -> str:
    return "yes" if care.own_requests(viewer) else ""


def _care_like_last_time(viewer: Viewer) -> str:
    """Whether their page of care offers the same again, for a meeting to which they go."""
    return "yes" if any(_without_care(viewer)) else ""


def _without_care(viewer: Viewer) -> Iterator[Meeting]:
    """The coming meetings for which they have not asked, of a board that they have asked before."""
    asked = [one for one in care.own_requests(viewer) if one.what == FOR_MEETING]
    taken = {one.meeting_id for one in asked if one.status != CANCELLED}
    goes_to = [one for one in _coming(viewer) if can(viewer, CHECK_IN_ANSWER, one)]
    said = answers.answers_of(viewer, goes_to)
    before = last_times(viewer.id, {one.board_id for one in goes_to})
    for one in goes_to:
        is_absent = one.id in said and said[one.id].is_absent
        if one.id not in taken and not is_absent and one.board_id in before:
            yield one


def _claim(viewer: Viewer) -> str:
    return "yes" if claims.own_claims(viewer) else ""


def _claim_for_meeting(viewer: Viewer) -> str:
    """Whether they have claimed for a meeting before, so that the next claim begins like it."""
    return "yes" if any(claims.last_sent(viewer.id, board_id, SOMEWHERE) for board_id, _, _ in viewer.boards) else ""


def _session(viewer: Viewer) -> str:
    return "yes" if training.coming(board_id for board_id, _, _ in viewer.boards) else ""


THINGS: dict[str, Callable[[Viewer], str]] = {
    "board": _board,
    "meeting": _meeting,
    "meeting_with_papers": _meeting_with_papers,
    "last_meeting_with_papers": _last_meeting_with_papers,
    "meeting_to_fill": _meeting_to_fill,
    "meeting_to_post": _meeting_to_post,
    "paper_to_read": _paper_to_read,
    "paper": _paper,
    "pair": _pair,
    "care": _care,
    "care_like_last_time": _care_like_last_time,
    "claim": _claim,
    "claim_for_meeting": _claim_for_meeting,
    "session": _session,
}
