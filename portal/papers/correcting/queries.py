"""What is judged of a meeting and by a target: in words, as figures of which more is better, and uncorrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.access.decide import Reach
from portal.boards import queries as boards
from portal.core import clock
from portal.core.text import count_words
from portal.core.values import Typed
from portal.corrections.models import Correction
from portal.corrections.rules import stored_day
from portal.infra.correctable import Scores
from portal.meetings import queries as meetings
from portal.papers.correcting.rules import MEETING_DAY, MEETING_HELD, PAPER_TARGET
from portal.papers.notice import queries as notice
from portal.papers.notice.queries import MeetingNotice, Said, Share

NO_MINUTES = -9999.0  # worse than any number of days
NOT_WHOLE = -1.0


def of_meeting(_board_id: UUID, meeting_id: UUID) -> str:
    found = notice.notice_of(meetings.meeting_by_id(meeting_id))
    return found.said() if found else ""


def of_board(board_id: UUID, _target_id: UUID) -> str:
    share = notice.overall(_held(board_id))
    return (
        f"{share.met} of {count_words(share.papers, 'paper')} met the target, {share.percent}%" if share.papers else ""
    )


def scores_of_meeting(board_id: UUID, meeting_id: UUID) -> Scores:
    held = _held(board_id)
    own = [one for one in held if one.meeting_id == meeting_id]
    return {**_shares(held), **(_own(own[0]) if own else {})}


def scores_of_board(board_id: UUID, _target_id: UUID) -> Scores:
    return _shares(_held(board_id))


def page_of_meeting(meeting_id: UUID) -> tuple[str, Typed]:
    return "papers.meeting", {"meeting_id": meeting_id.hex}


def page_of_target(target_id: UUID) -> tuple[str, Typed]:
    return "papers.correct_target", {"target_id": target_id.hex}


def _held(board_id: UUID) -> list[MeetingNotice]:
    return notice.notice_of_meetings(Reach(boards=frozenset({board_id})), board_id, clock.today())


def _shares(held: list[MeetingNotice]) -> Scores:
    """Of the board, of each group and of each quarter."""
    groups = notice.share_by(held, lambda meeting: meeting.group)
    shares = [("board", notice.overall(held))]
    shares += [(f"group {share.name}", share) for share in groups]
    shares += [(f"quarter {share.name}", share) for share in notice.by_quarter(held)]
    return {name: _part(share) for name, share in shares if share.papers}


def _part(share: Share) -> float:
    return share.met / share.papers


def _own(one: MeetingNotice) -> Scores:
    """Of the meeting alone; one that did not take place owes no minutes."""
    found = {"met": float(one.met), "never": -float(one.never), "replaced": -float(one.replaced_late)}
    found["pack"] = float(one.pack_days) if one.pack_days is not None else NOT_WHOLE
    if one.is_held:
        found["minutes"] = -float(one.days_to_minutes) if one.days_to_minutes is not None else NO_MINUTES
    return found


@dataclass(frozen=True)
class SaidTarget:
    """A target with the days that it had on record before any correction."""

    days: int
    from_on: date
    meetings_from: date


def said_first(board_id: UUID, made: Sequence[Correction]) -> Said:
    """What the record of a board said before any of its corrections, which come the latest first."""
    first = {(one.kind, one.thing_id): one.was_value for one in made}  # the earliest of each thing is the last to stay
    targets = [
        SaidTarget(int(first.get((PAPER_TARGET, one.id), one.days)), one.from_on, one.meetings_from)
        for one in boards.paper_targets(board_id)
    ]
    return Said(
        days={thing: stored_day(was) for (kind, thing), was in first.items() if kind == MEETING_DAY},
        statuses={thing: was for (kind, thing), was in first.items() if kind == MEETING_HELD},
        targets=targets,
    )


def uncorrected(reach: Reach, board_id: UUID, made: Sequence[Correction]) -> list[MeetingNotice]:
    """The notice of a board's meetings as it would be without corrections."""
    return notice.notice_of_meetings(reach, board_id, clock.today(), said_first(board_id, made))
