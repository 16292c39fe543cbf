"""Pauses between codes of the second factor: each one that is wrong makes the next wait longer.

Whoever gets this far knows the password. Three ways lead to the box for the code, each with a row of its own, so that
no stranger keeps the owner waiting: a browser that has passed the second factor before; a link that was mailed to the
owner; and any other, which all strangers share, and of which each client has a budget besides.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CursorResult, case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.accounts import queries, rules
from portal.accounts.limits import STRANGERS, of_client
from portal.accounts.models import FactorPause, KnownBrowser, Person, SignedInSession
from portal.core import clock
from portal.infra.database import db, rows_changed, transaction_of_its_own
from portal.infra.unit_of_work import records_nothing
from portal.infra.web.counts import TooOften, give_back_with_the_request, take

BY_LINK = "link"


class TooManyCodes(TooOften):
    """The next code may be tried later."""


def way_of(person: Person, session: SignedInSession, browser: str) -> str:
    """Which row of this person counts a code that is typed now."""
    known = queries.known_browser(person.id, browser) if browser else None
    if known and known.factor_at:
        return known.key
    return BY_LINK if session.proved_at < session.began_at else STRANGERS


def count_code(person_id: UUID, way: str) -> int:
    """Count a code as wrong before it is looked at: the how many-th in a row. Raises TooManyCodes.

    One UPDATE decides, in a transaction of its own: of two at once the second has the pause of the first.
    """
    try:
        take(*(of_client(rules.CODES_OF_CLIENT) if way == STRANGERS else ()))
    except TooOften as error:
        raise TooManyCodes(error.until) from error
    with transaction_of_its_own() as own:
        return _count(own, person_id, way)


def _count(own: Session, person_id: UUID, way: str) -> int:
    now, pause = clock.now(), FactorPause
    of = (pause.person_id == person_id, pause.way == way)
    is_sqlite = own.connection().dialect.name == "sqlite"
    row = sqlite.insert(pause) if is_sqlite else postgresql.insert(pause)
    first = {"person_id": person_id, "way": way, "wrong": 0, "last_at": now, "next_at": now}
    own.execute(row.values(**first).on_conflict_do_nothing())
    begins_again = or_(pause.last_at <= now - rules.CODES_FORGOTTEN, pause.last_at > now + clock.AHEAD)
    wrong = case((begins_again, 1), else_=pause.wrong + 1)
    waits = [(pause.wrong == number - 1, now + wait) for number, wait in rules.CODE_PAUSES.items()]
    next_at = case((begins_again, now), (pause.wrong < rules.FREE_CODES - 1, now), *waits, else_=now + rules.LAST_PAUSE)
    counted = update(pause).where(*of, or_(begins_again, pause.next_at <= now))
    counted = counted.values(wrong=wrong, next_at=next_at, last_at=now).execution_options(synchronize_session=False)
    done = own.execute(counted)
    assert isinstance(done, CursorResult)  # noqa: S101 - what an UPDATE gives
    if done.rowcount != 1:
        raise TooManyCodes(own.scalar(select(pause.next_at).where(*of)) or now)
    return own.scalar(select(pause.wrong).where(*of)) or 0


@records_nothing("what proved it is recorded")
def know_for_codes(person: Person, browser: str) -> None:
    """Here the person passed the second factor, set it up or used a passkey: from now on this browser counts alone."""
    this = (KnownBrowser.person_id == person.id, KnownBrowser.key == queries.key_of(browser))
    db.session.execute(update(KnownBrowser).where(*this).values(factor_at=clock.now()))


@records_nothing("that somebody signed in is recorded")
def passed(person: Person, way: str, browser: str) -> None:
    """It was right: nothing is counted any more on this way, and the browser is known for it from now on."""
    db.session.execute(delete(FactorPause).where(FactorPause.person_id == person.id, FactorPause.way == way))
    know_for_codes(person, browser)
    if way == STRANGERS:
        give_back_with_the_request(*of_client(rules.CODES_OF_CLIENT))


@records_nothing("it only clears away")
def remove_old_pauses() -> int:
    """Remove what is forgotten; how many."""
    return rows_changed(delete(FactorPause).where(FactorPause.last_at <= clock.now() - rules.CODES_FORGOTTEN))
