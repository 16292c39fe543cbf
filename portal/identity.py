"""Who is asking: a session's person put together with their roles, groups and single meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from flask import Flask, current_app
from flask_login import LoginManager
from sqlalchemy import update

from portal.access.roles import DEPUTE, REP, WITH_SECOND_FACTOR, Viewer
from portal.accounts import queries as accounts
from portal.accounts.models import Person, SignedInSession
from portal.accounts.sessions.queries import is_alive
from portal.boards import asking
from portal.boards.access.rules import has_read_enough, why_kept_out
from portal.boards.asking import Held
from portal.core import clock
from portal.core.names import name_key
from portal.infra.database import transaction_of_its_own
from portal.infra.web.signed_in import People, User, install
from portal.meetings import queries as meetings
from portal.papers.reading import queries as papers
from portal.papers.reading.queries import StoodIn

SEEN_EVERY = timedelta(minutes=5)


def identify_viewers(app: Flask, login: LoginManager) -> None:
    """Tell the app how to find who is asking, from a cookie or a calendar's address."""
    login.user_loader(load_user)
    install(app, People(find_viewer, must_have_factor, accounts.person_of_session, feed_owner))


def load_user(secret: str) -> User | None:
    """The person whose live session this word belongs to."""
    session, held = asking.session_and_roles(accounts.key_of(secret), clock.today())
    if session is None or session.person.disabled_at or not is_alive(session):
        return None
    if clock.now() - session.seen_at > SEEN_EVERY:
        _mark_seen(session.key)
    return User(secret, session, held)


def _mark_seen(key: str) -> None:
    with transaction_of_its_own() as own:
        own.execute(update(SignedInSession).where(SignedInSession.key == key).values(seen_at=clock.now()))


def find_viewer(person: Person, session: SignedInSession | None = None, roles: Sequence[Held] | None = None) -> Viewer:
    """A person as the rules see them, with a query more for deputes and one for those whose term ended.

    Without what they hold on boards that suspended their access, or that this session has to prove itself to first.
    """
    today = clock.today()
    proved_at = max(session.began_at, session.proved_at) if session else None
    roles = asking.roles_held(person.id, today) if roles is None else roles
    every = [one for one in roles if _is_current(one, today) or not _is_closed(one)]
    why = {one: why_kept_out(one.signed_out_at, one.suspended_at, proved_at) for one in every}
    held = [one for one in every if not why[one]]
    stood_in = papers.stood_in(person.id, today) if any(one.role == DEPUTE for one in held) else StoodIn()
    return Viewer(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=frozenset((one.role, one.board_id) for one in held),
        groups=frozenset(one.group_id for one in held if one.group_id and _is_current(one, today)),
        meetings=stood_in.meetings.union(_past_meetings(held, today)),
        after=stood_in.after,
        minutes=stood_in.minutes,
        boards=_boards(held),
        kept_out=tuple(sorted({(one.board_key or "", one.board_name or "", why[one]) for one in every if why[one]})),
    )


def _is_closed(held: Held) -> bool:
    """A term that is over, whose past papers were closed."""
    return held.role == REP and held.until_on is not None and has_read_enough(held.until_on, held.reading_ended_on)


def _is_current(held: Held, today: date) -> bool:
    return held.role == REP and held.until_on is not None and held.until_on >= today


def _past_meetings(held: Sequence[Held], today: date) -> list[UUID]:
    """The meetings of groups where somebody sat, up to their last day there."""
    ended = [(one.group_id, one.until_on) for one in held if one.role == REP and not _is_current(one, today)]
    return meetings.past_meetings_of_groups([(g, until) for g, until in ended if g and until])


def _boards(held: Sequence[Held]) -> tuple[tuple[UUID, str, str], ...]:
    named = {(one.board_id, one.board_key or "", one.board_name or "") for one in held if one.board_id}
    return tuple(sorted(named, key=lambda board: name_key(board[2])))


def must_have_factor(user: User) -> bool:
    """Whether a second factor is required today of whoever is signed in, for a role they hold or by their address."""
    required_of: str = current_app.config["PORTAL"].second_factor_of
    if required_of == "staff":
        return any(user.as_viewer().holds(role) for role in WITH_SECOND_FACTOR)
    return user.person.email in required_of.split(",")


def feed_owner(person_id: UUID, generation: str) -> Viewer | None:
    """Whose calendar a feed shows, while its address has not been changed."""
    person = accounts.person(person_id)
    if person is None or person.disabled_at or generation != str(person.feed_generation):
        return None
    return find_viewer(person)
