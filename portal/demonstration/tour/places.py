"""Where the steps of a tour lead: addresses with the things of whoever follows it."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from portal.access.roles import Viewer
from portal.core import clock
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.mentoring.pairs import queries as mentoring
from portal.papers.preparing import queries as preparing
from portal.papers.reading import queries as papers

LONGEST_BACK = timedelta(days=200)
HOME = "/"


def address_for(viewer: Viewer, ways: Iterable[str]) -> str:
    """The first of several addresses of which everything named is there; the first page, if there is none."""
    found: dict[str, str] = {}
    for way in ways:
        named = [name for _, name, _, _ in string.Formatter().parse(way) if name]
        for name in named:
            found.setdefault(name, THINGS[name](viewer))
        if all(found[name] for name in named):
            return way.format(**found)
    return HOME


def _board(viewer: Viewer) -> str:
    return viewer.boards[0][1] if viewer.boards else ""


def _email(viewer: Viewer) -> str:
    return viewer.email


def _coming(viewer: Viewer) -> list[Meeting]:
    """The next meetings, those with papers that whoever asks may read first."""
    coming = meetings.upcoming(viewer, clock.today())
    with_papers = papers.meetings_with_papers(viewer, [one.id for one in coming])
    return sorted(coming, key=lambda one: one.id not in with_papers)


def _meeting(viewer: Viewer) -> str:
    return next((str(one.id) for one in _coming(viewer)), "")


def _meeting_to_fill(viewer: Viewer) -> str:
    """The next one of which papers are missing."""
    coming = meetings.upcoming(viewer, clock.today())
    missing = preparing.missing_items([one.id for one in coming])
    return next((str(one.id) for one in coming if one.id in missing), "")


def _paper(viewer: Viewer) -> str:
    """The longest paper of that meeting that they have not read; where they have read all, the longest."""
    return _longest_of(viewer, _coming(viewer))


def _last_paper(viewer: Viewer) -> str:
    """The same of the last meeting."""
    return _longest_of(viewer, _held(viewer))


def _longest_of(viewer: Viewer, found: Sequence[Meeting]) -> str:
    shown = [one for meeting in found[:1] for one in papers.papers_shown(viewer, meeting.id)]
    longest = max(shown, key=lambda one: (not one.is_read, one.version.pages or 0), default=None)
    return str(longest.paper.id) if longest else ""


def _last_meeting(viewer: Viewer) -> str:
    return next((str(one.id) for one in _held(viewer)), "")


def _held(viewer: Viewer) -> Sequence[Meeting]:
    """The meetings of the last months, the latest first."""
    yesterday = clock.today() - timedelta(days=1)
    return meetings.lately(viewer, clock.today() - LONGEST_BACK, yesterday)


def _pair(viewer: Viewer) -> str:
    running = mentoring.running_of(viewer, clock.now())
    return str(running[0][0].pair.id) if running else ""


THINGS: dict[str, Callable[[Viewer], str]] = {
    "board": _board,
    "email": _email,
    "meeting": _meeting,
    "meeting_to_fill": _meeting_to_fill,
    "paper": _paper,
    "last_paper": _last_paper,
    "last_meeting": _last_meeting,
    "pair": _pair,
}
