"""Finding emails: to send, to bundle, and to show an officer or clerk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from portal.access.decide import reach
from portal.access.permissions import EMAILS_OF_REPS, EMAILS_READ
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.capability import gathered
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with
from portal.notifications.models import NOT_SENT, Email

SHOWN = 200
UNSENT = (Email.status.in_(("waiting", "held")), Email.tries == 0)


def email(email_id: UUID) -> Email | None:
    return db.session.get(Email, email_id)


def _shown(person: Viewer, board_id: UUID) -> Select[Email]:
    """The emails of a board about meetings, and those to its reps about anything, each for whoever may see them."""
    unlisted = [name for name, row in gathered().email_called.items() if row.unlisted]
    reps = select(Appointment.person_id).where(Appointment.board_id == board_id)
    of_meetings = and_(Email.meeting_id.is_not(None), within(reach(person, EMAILS_READ), Email))
    of_reps = and_(Email.person_id.in_(reps), within(reach(person, EMAILS_OF_REPS), Email))
    shown = (Email.board_id == board_id, Email.template.not_in(unlisted))
    return select(Email).where(*shown, or_(of_meetings, of_reps))


def emails_of_board(person: Viewer, board_id: UUID, meeting_id: UUID | None = None) -> Sequence[Email]:
    """The newest emails that a person may see, of a board or one of its meetings."""
    statement = _shown(person, board_id)
    if meeting_id:
        statement = statement.where(Email.meeting_id == meeting_id)
    return _newest(statement, SHOWN)


def emails_to_rep(person: Viewer, board_id: UUID, rep_id: UUID, but: Sequence[str], most: int) -> Sequence[Email]:
    """Of those that a person may see, the newest to one rep; without some, by the names of the emails."""
    statement = _shown(person, board_id).where(Email.person_id == rep_id, Email.template.not_in(but))
    return _newest(statement, most)


def _newest(statement: Select[Email], most: int) -> Sequence[Email]:
    shown_at = func.coalesce(Email.sent_at, Email.asked_at)  # the time that the page shows
    return db.session.scalars(statement.order_by(shown_at.desc(), Email.id).limit(most)).all()


@seen_with(EMAILS_READ)
def email_in_sight(sight: Sight, email_id: UUID) -> Email | None:
    found = db.session.get(Email, email_id)
    if found is None or found.board_id is None:
        return None
    return db.session.scalar(_shown(sight.person, found.board_id).where(Email.id == email_id))


def held_by_person(now: datetime) -> dict[UUID, list[Email]]:
    """Emails that wait for the daily one, by person."""
    statement = select(Email).where(Email.status == "held", Email.expires_at > now, Email.not_before <= now)
    statement = statement.join(Person, Person.id == Email.person_id).where(Person.joined_at.is_not(None))
    statement = across_boards(statement, CrossBoardReason.CLOCK)
    held: dict[UUID, list[Email]] = defaultdict(list)
    for one in db.session.scalars(statement.order_by(Email.person_id, Email.asked_at, Email.id)):
        held[one.reader.id].append(one)
    return held


def held_in_vain(now: datetime) -> Sequence[UUID]:
    """Emails that are held, and were worth sending only until now."""
    statement = select(Email.id).where(Email.status == "held", Email.expires_at <= now)
    statement = across_boards(statement, CrossBoardReason.CLOCK)
    return db.session.scalars(statement.order_by(Email.expires_at, Email.id).limit(SHOWN)).all()


def held_of(person_id: UUID) -> list[Email]:
    """Emails that wait for one person, oldest first."""
    statement = select(Email).where(
        Email.status == "held", Email.person_id == person_id, Email.expires_at > clock.now()
    )
    return list(db.session.scalars(statement.order_by(Email.asked_at, Email.id)))


def held_of_all(people: Iterable[UUID]) -> Sequence[Email]:
    """Emails that wait for any of some people, to be in one with others."""
    statement = select(Email).where(Email.person_id.in_(list(people)), Email.status == "held", Email.tries == 0)
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def unsent_of_all(people: Iterable[UUID]) -> Sequence[Email]:
    """Emails that wait for any of some people, and that nobody has begun to send."""
    statement = select(Email).where(Email.person_id.in_(list(people)), *UNSENT)
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def emails_by_id(ids: Sequence[str]) -> Sequence[Email]:
    statement = select(Email).where(Email.id.in_([UUID(one) for one in ids]))
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def parts_of(daily: Email) -> list[Email]:
    """What a daily email tells of: what it held and is still true."""
    return [one for one in emails_by_id(daily.facts["emails"]) if not one.is_untrue]


def still_held(emails: Iterable[Email]) -> list[Email]:
    """Those of some emails that are held now, kept from others until this transaction is over."""
    statement = select(Email).where(Email.id.in_([one.id for one in emails]), Email.status == "held")
    statement = statement.order_by(Email.asked_at, Email.id).with_for_update(of=Email)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def unsent_of_meeting(meeting_id: UUID) -> Sequence[Email]:
    """The emails about a meeting that wait, and that nobody has begun to send."""
    statement = select(Email).where(Email.meeting_id == meeting_id, *UNSENT)
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def told_nothing(meeting_id: UUID, but: str) -> set[UUID]:
    """For whom there was an email about a meeting that was not sent, as it was no longer true; and no other that was.

    Of one that was tried twice nobody knows whether it arrived: it counts as sent.
    """
    return _of_whom_all(meeting_id, but, _was_ended)


def not_told_yet(meeting_id: UUID, first: str) -> set[UUID]:
    """To whom an email about a meeting is still to go, that nobody has begun to send; and no other went before it."""

    def is_unsent(status: str, problem: str, tries: int) -> bool:
        return _was_ended(status, problem, tries) or _waits(status, tries)

    waiting = {one.person_id for one in unsent_of_meeting(meeting_id) if one.template == first and one.person_id}
    return waiting & _of_whom_all(meeting_id, first, is_unsent) if waiting else waiting


def _was_ended(status: str, problem: str, tries: int) -> bool:
    return status == "expired" and problem.startswith(NOT_SENT) and tries <= 1


def _waits(status: str, tries: int) -> bool:
    return status in ("waiting", "held") and tries == 0


def _of_whom_all(meeting_id: UUID, one_of: str, so: Callable[[str, str, int], bool]) -> set[UUID]:
    """To whom one email about a meeting was written, and it is so of every one to them; read anew."""
    statement = select(Email.person_id, Email.template, Email.status, Email.problem, Email.tries)
    found: dict[UUID, list[tuple[str, bool]]] = defaultdict(list)
    rows = db.session.execute(statement.where(Email.meeting_id == meeting_id).order_by(Email.id))
    for person_id, template, status, problem, tries in rows:
        if person_id:
            found[person_id].append((template, so(status, problem, tries)))
    return {
        person_id
        for person_id, emails in found.items()
        if all(is_so for _, is_so in emails) and any(template == one_of for template, _ in emails)
    }


def emails_of_meeting(meeting_id: UUID) -> Sequence[Email]:
    """Every email about a meeting."""
    statement = select(Email).where(Email.meeting_id == meeting_id)
    return db.session.scalars(statement.order_by(Email.asked_at, Email.id)).all()


def told(board_id: UUID, event_id: UUID, template: str) -> dict[UUID, str]:
    """How far the email about one event of a board is on its way to each person."""
    of_event = Email.key.startswith(f"{template}:{event_id.hex}:")
    statement = select(Email.person_id, Email.status).where(Email.board_id == board_id, of_event)
    rows = db.session.execute(statement.order_by(Email.person_id))
    return {person: status for person, status in rows if person}


def waiting_for_undo(board_id: UUID, undo_id: UUID) -> list[tuple[UUID, datetime]]:
    """Who is to hear, and when, of what can be undone until then."""
    of = (Email.board_id == board_id, Email.undo_id == undo_id, Email.status == "waiting")
    statement = select(Email.person_id, Email.not_before).where(*of, Email.person_id.is_not(None))
    rows = db.session.execute(statement.order_by(Email.asked_at, Email.id))
    return [(person, at) for person, at in rows if person]


def is_written(board_id: UUID | None, key: str) -> bool:
    """Whether there is an email of a board under a key."""
    statement = select(Email.id).where(Email.board_id == board_id, Email.key == key)
    return db.session.scalar(statement) is not None


def keys_written(people: Iterable[UUID], keys: Iterable[str]) -> set[str]:
    """Those of some keys, of emails to some people, under which there is one."""
    statement = select(Email.key).where(Email.person_id.in_(list(people)), Email.key.in_(list(keys)))
    return set(db.session.scalars(statement.order_by(Email.key)))
