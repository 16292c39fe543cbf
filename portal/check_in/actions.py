"""Asking, answering, not being able to come, and who came."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from portal.accounts.limits import count_link
from portal.accounts.queries import active_person_by_email
from portal.boards import queries as boards
from portal.check_in import queries
from portal.check_in.events import (
    CheckInAnswered,
    CheckInAsked,
    CheckInAskedAgain,
    PackPosted,
)
from portal.check_in.models import NEEDS, CheckIn
from portal.check_in.queries import Last
from portal.check_in.rules import (
    DEPUTE,
    DIFFERENT,
    KEEP,
    NO,
    ONLINE,
    SAME,
    YES,
    Answers,
    is_asked_by,
    is_outdated,
    needs_answer,
)
from portal.check_in.undoing import actions as apologies
from portal.check_in.undoing import queries as undoing
from portal.check_in.undoing.actions import Undone
from portal.core import clock
from portal.core.values import Typed
from portal.infra import work
from portal.infra.database import db
from portal.infra.sealed import seal, unseal
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import OPEN

SEND_LINKS = "send-check-in-links"


def ask(meeting_id: UUID, is_reminder: bool) -> None:
    """Ask whoever goes, rep or depute, if they have not answered for its day; no rep for whom a depute goes."""
    meeting = meeting_queries.meeting_by_id(meeting_id)
    reps = boards.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on)
    rows = [row for row, _, _ in meeting_queries.stand_ins(meeting.id)]
    standing_in, staying = [row.person_id for row in rows], {row.on_behalf_of_id for row in rows}
    for person_id in reps:
        if person_id not in staying:
            _ask_one(meeting, person_id, is_reminder)
    for person_id in standing_in:
        if person_id not in reps and not _was_asked_today(meeting, person_id):
            _ask_one(meeting, person_id, is_reminder)


def _was_asked_today(meeting: Meeting, person_id: UUID) -> bool:
    """A depute is asked on the day they are called, which may be the day on which everyone is."""
    asked_at = check_in_of(meeting, person_id).asked_at
    return asked_at is not None and clock.london_day(asked_at) == clock.today()


def _ask_one(meeting: Meeting, person_id: UUID, is_reminder: bool) -> None:
    one = check_in_of(meeting, person_id)
    if needs_answer(one.answered_for, meeting.meets_on) or is_outdated(one.coming, meeting.is_online_only):
        one.asked_at = clock.now()
        kind = CheckInAskedAgain if is_reminder else CheckInAsked
        of = {"board_id": meeting.board_id, "meeting_id": meeting.id, "person_id": person_id}
        record(kind(**of, check_in_id=one.id, generation=one.generation))


def ask_depute(meeting_id: UUID, person_id: UUID) -> None:
    """Somebody stands in from now on: their first page asks them, and an email too if the reps have had theirs."""
    meeting = meeting_queries.meeting_by_id(meeting_id)
    if not queries.is_ahead(meeting):
        return
    _forget_absence(meeting, person_id)
    if is_asked_by(meeting.meets_on, meeting.board.check_in_days, clock.today()):
        _ask_one(meeting, person_id, is_reminder=False)
    else:
        _put_on_first_page(meeting, person_id)


@records_nothing("that the depute stands in is recorded")
def _forget_absence(meeting: Meeting, person_id: UUID) -> None:
    """Whoever said that they cannot go, and is called again, has not answered that yet."""
    one = check_in_of(meeting, person_id)
    if one.coming in (DEPUTE, NO):
        one.answered_for = None


@records_nothing("that the depute cannot go is recorded")
def ask_rep_again(meeting_id: UUID, rep_id: UUID) -> None:
    """The depute cannot go, so "my depute will" is no answer any more. What the rep said themselves stays."""
    meeting = meeting_queries.meeting_by_id(meeting_id)
    one = check_in_of(meeting, rep_id)
    if queries.is_ahead(meeting) and one.coming in ("", DEPUTE):
        one.answered_for = None
        _put_on_first_page(meeting, rep_id)


@records_nothing("that a depute stands in, or cannot, is recorded")
def _put_on_first_page(meeting: Meeting, person_id: UUID) -> None:
    """Ask without an email of its own: that comes on the day on which everybody is asked."""
    one = check_in_of(meeting, person_id)
    one.asked_at = one.asked_at or clock.now()


@records_nothing("it is answered or asked afterwards")
def check_in_of(meeting: Meeting, person_id: UUID) -> CheckIn:
    """A rep's check-in for a meeting, made if there is none."""
    found = queries.check_in(meeting.id, person_id)
    if found is None:
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
        found = CheckIn(**of, person_id=person_id, coming="", care="", travel="", attended="")
        found.travel_from = found.address = found.help_words = ""
        db.session.add(found)
        db.session.flush()
    return found


def answer(check_in: CheckIn, meeting: Meeting, answers: Answers) -> Undone | None:
    """Keep an answer; what is as last time is copied from it. Raises NoDepute.

    Whoever cannot come says no more than that. Another answer within the ten minutes first undoes the apologies.
    """
    if answers.coming in (NO, DEPUTE):
        _send_apologies(check_in, meeting, answers.coming)
        return None
    open_undo = undoing.open_undo(check_in)
    undone = apologies.undo(open_undo, check_in, meeting) if open_undo else None
    _let_depute_go(check_in, meeting)
    _keep(check_in, meeting, answers, queries.last_answers(check_in.person_id, meeting.group_id, meeting.id))
    of = {"board_id": meeting.board_id, "meeting_id": meeting.id, "person_id": check_in.person_id}
    record(CheckInAnswered(**of, coming=answers.coming))
    _ask_for_care(check_in, meeting, answers, is_back=undone is not None)
    return undone


def _send_apologies(check_in: CheckIn, meeting: Meeting, coming: str) -> None:
    """Sent twice, they go once."""
    if not (check_in.emergency_at and check_in.answered_for == meeting.meets_on and check_in.coming == coming):
        apologies.send_apologies(check_in, meeting, coming)


@records_nothing("that somebody answered is recorded")
def _keep(check_in: CheckIn, meeting: Meeting, answers: Answers, last: Last) -> None:
    check_in.answered_at, check_in.emergency_at = clock.now(), None
    for name, value in _as_kept(meeting, answers, last).items():
        setattr(check_in, name, value)


def _as_kept(meeting: Meeting, answers: Answers, last: Last) -> Typed:
    """What is kept of an answer, by the names of the row."""
    travel = answers.travel, answers.travel_from
    if answers.travel == SAME and last.travel:
        travel = last.travel.travel, last.travel.travel_from
    printed = answers.printed == YES
    address = answers.address if printed else ""
    if last.printed and (answers.printed == SAME or (printed and not answers.address)):
        printed, address = last.printed.printed or printed, last.printed.address
    return {
        "coming": answers.coming,
        "answered_for": meeting.meets_on,
        "care": _care(answers, last.care, meeting),
        "help_words": answers.help_words,
        "travel": travel[0],
        "travel_from": travel[1],
        "printed": printed,
        "address": address,
    }


@records_nothing("it only looks at what is kept")
def is_kept(check_in: CheckIn, meeting: Meeting, answers: Answers) -> bool:
    """Whether an answer says just what is kept, as one that is sent twice does."""
    if answers.coming in (NO, DEPUTE):
        return check_in.coming == answers.coming and check_in.answered_for == meeting.meets_on
    last = queries.last_answers(check_in.person_id, meeting.group_id, meeting.id)
    kept = {**_as_kept(meeting, answers, last), "care": bool(_care(answers, last.care, meeting) != NO)}
    now = {name: getattr(check_in, name) for name in kept}
    return kept == {**now, "care": check_in.needs_care}


def _care(answers: Answers, last: CheckIn | None, meeting: Meeting) -> str:
    """Whether care is needed."""
    if answers.care == KEEP:
        return DIFFERENT
    if answers.care != SAME or last is None:
        return answers.care
    return queries.care_as_last_time(last, meeting)


def _ask_for_care(check_in: CheckIn, meeting: Meeting, answers: Answers, is_back: bool) -> None:
    """The request follows the answer: made by a yes, called off by a no. One that is there is left as it is; one that
    `is_back`, as this answer undid the apologies, takes the words for which its rep was asked meanwhile.

    "As last time" calls off nothing: who needed nobody then may have asked for this meeting on another page.
    """
    if check_in.needs_care and answers.care != KEEP:
        words = answers.care_words if check_in.care == DIFFERENT else ""
        asked = care.ask_for_meeting(meeting, check_in.person_id, words, is_online=answers.coming == ONLINE)
        if is_back and words and asked.note != words and asked.status in OPEN:
            care.change(asked, asked.version, asked.span, {"note": words})
    elif answers.care == NO:
        care.call_off_for_meeting(meeting, check_in.person_id)


def _let_depute_go(check_in: CheckIn, meeting: Meeting) -> None:
    """The rep comes after all: whoever stood in for them does no longer."""
    if queries.stand_in_of(meeting, check_in.person_id):
        return
    for row, _, _ in meeting_queries.stand_ins(meeting.id):
        if row.on_behalf_of_id == check_in.person_id:
            meetings.end_stand_in(row)


def mark_posted(meeting: Meeting, check_in: CheckIn) -> None:
    """The clerk has posted somebody's printed papers. Pressed twice, it happens once."""
    if check_in.posted_on is None:
        check_in.posted_on = clock.today()
        record(PackPosted(board_id=meeting.board_id, meeting_id=meeting.id, person_id=check_in.person_id))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: what its owner needed goes with it. Whether they came stays. The trail has its line."""
    apologies.forget_person(person_id)
    theirs = update(CheckIn).where(CheckIn.person_id == person_id)
    db.session.execute(theirs.values(**dict.fromkeys(NEEDS, "")))


@records_nothing("whether there is such a person stays unknown")
def ask_for_links(email: str, browser: str) -> None:
    """Send the links of everything open again, to whoever has this address. Says nothing either way.

    Raises TooManyLinks.
    """
    count_link(SEND_LINKS, email, browser)
    work.ask_for(SEND_LINKS, sealed_email=seal(SEND_LINKS, email))


def send_links(sealed_email: str) -> None:
    """New links for everything that somebody can still answer; the earlier ones are dead from now on."""
    person = active_person_by_email(unseal(SEND_LINKS, sealed_email))
    for one in queries.open_check_ins(person.id) if person else ():
        one.generation += 1
        of = {"board_id": one.board_id, "meeting_id": one.meeting_id, "person_id": one.person_id}
        record(CheckInAsked(**of, check_in_id=one.id, generation=one.generation))
