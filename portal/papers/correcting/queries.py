"""What is judged of a meeting and by a target: in words, as figures of which more is better, and uncorrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from uuid import UUID

from portal.access.decide import Reach
from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.boards.models import PaperTarget
from portal.boards.rules import target_holding
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.core.values import Typed
from portal.corrections.models import Correction
from portal.corrections.rules import stored_day
from portal.infra.correctable import Figure, Figures
from portal.infra.database import db
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED
from portal.papers.correcting.rules import MEETING_DAY, MEETING_HELD, PAPER_TARGET
from portal.papers.notice import queries as notice
from portal.papers.notice.queries import MeetingNotice, Said, Share
from portal.papers.notice.rules import minutes_owed, target_day

NO_MINUTES = -9999.0  # worse than any number of days
NOTHING_OWED = inf  # as good as a meeting that owes no minutes
NOT_WHOLE = -1.0
IN_TIME = "Papers on time"
MINUTES_IN_TIME = "Draft minutes in time (board)"


def figures_of_meeting(board_id: UUID, meeting_id: UUID) -> Figures:
    held = _held(board_id)
    own = [one for one in held if one.meeting_id == meeting_id]
    return {**(_own(own[0]) if own else {}), **_shares(held)}


def figures_of_board(board_id: UUID, _target_id: UUID) -> Figures:
    return _shares(_held(board_id))


def page_of_meeting(meeting_id: UUID) -> tuple[str, Typed]:
    return "papers.meeting", {"meeting_id": meeting_id.hex}


def page_of_target(target_id: UUID) -> tuple[str, Typed]:
    return "papers.correct_target", {"target_id": target_id.hex}


def is_day(_board_id: UUID, meeting_id: UUID, was: str, _now: str) -> bool:
    return meetings.meeting_by_id(meeting_id).opened_on.isoformat() == was


def is_status(_board_id: UUID, meeting_id: UUID, was: str, _now: str) -> bool:
    return meetings.meeting_by_id(meeting_id).status == was


def is_target(_board_id: UUID, target_id: UUID, was: str, _now: str) -> bool:
    target = db.session.get(PaperTarget, target_id)
    return target is not None and str(target.days) == was


def _held(board_id: UUID) -> list[MeetingNotice]:
    return notice.notice_of_meetings(Reach(boards=frozenset({board_id})), board_id, clock.today())


def _shares(held: list[MeetingNotice]) -> Figures:
    """Of the board, of each group and of each quarter."""
    shares = [("board", notice.overall(held))]
    shares += [(share.name, share) for share in notice.by_quarter(held)]
    shares += [(share.name, share) for share in notice.share_by(held, lambda meeting: meeting.group)]
    found = {f"{IN_TIME} ({name})": _share(share) for name, share in shares if share.papers}
    return {**found, **_minutes_share(held)}


def _minutes_share(held: list[MeetingNotice]) -> Figures:
    """Of the meetings whose minutes are due, how many had them in time: that is what a board is judged by."""
    owed = minutes_owed(((one.sat_last_on, one.minutes_on) for one in held if one.is_held), clock.today())
    return {MINUTES_IN_TIME: Figure(f"{owed.in_time} of {owed.due}", owed.in_time / owed.due)} if owed.due else {}


def _share(share: Share) -> Figure:
    return Figure(f"{share.met} of {share.papers} ({share.percent}%)", share.met / share.papers)


def _own(one: MeetingNotice) -> Figures:
    """Of the meeting alone, named as “Are papers on time?” names them; one that did not take place owes no minutes."""
    target = f"{count_words(one.target, 'day')}{'’s' if one.target == 1 else '’'} notice"
    found = {
        IN_TIME: Figure(f"{one.met} of {one.papers} ({target})", float(one.met)),
        "Never published": Figure(count_words(one.never, "paper"), -float(one.never)),
        "Replaced late": Figure(count_words(one.replaced_late, "paper"), -float(one.replaced_late)),
        "Days before the meeting the whole pack was there": _pack(one),
        "Took place": Figure("yes" if one.is_held else "no"),
    }
    return {**found, "Days to draft minutes": _minutes(one)} if one.is_held else found


def _pack(one: MeetingNotice) -> Figure:
    if one.pack_days is not None:
        return Figure(count_words(one.pack_days, "day"), float(one.pack_days))
    return Figure("not whole" if one.never else "no papers", NOT_WHOLE)


def _minutes(one: MeetingNotice) -> Figure:
    """In time is as good as any. None is worse than any, and the longer they are overdue the worse."""
    late = one.days_minutes_late(clock.today())
    if one.days_to_minutes is not None:
        return Figure(count_words(one.days_to_minutes, "day"), -float(late) if late else NOTHING_OWED)
    words = f"none, {count_words(late, 'day')} past due" if late else "none yet"
    return Figure(words, NO_MINUTES - late if late else NOTHING_OWED)


def coming_by(person: Viewer, target: PaperTarget) -> list[tuple[Meeting, date]]:
    """Planned meetings within a person's sight whose papers are due by a target, and on which day, the next first."""
    targets = boards.paper_targets(target.board_id)
    return [
        (one, target_day(one.opened_on, target.days))
        for one in reversed(meetings.meetings_of_board(person, target.board_id))
        if one.status == PLANNED and one.opened_on >= clock.today() and target_holding(targets, one.opened_on) == target
    ]


def other_due_days(person: Viewer, target_id: UUID, now: str) -> list[str]:
    """Each of those meetings with the day by which its papers are due, and would be by another number of days."""
    target = db.session.get_one(PaperTarget, target_id)
    return [
        f"{one.group.name}, {day_words(one.opened_on)}: papers due by {day_words(due_on)} now, by"
        f" {day_words(target_day(one.opened_on, int(now)))} if it is confirmed"
        for one, due_on in coming_by(person, target)
    ]


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
