"""How often something was done, counted in the database: every process counts together, and one UPDATE decides.

What is counted is named by a keyed hash: an address, a client or a password that was tried cannot be read from it. The
key is made of the portal's own and of the day, and lies in no table; so a count is over at midnight, and what is left
of a day says nothing to anybody on the next.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask import current_app
from sqlalchemy import CursorResult, String, case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core import clock
from portal.core.budgets import Budget, midnight_after
from portal.infra.database import Model, db, rows_changed, transaction_of_its_own


class Count(Model):
    """How much of one budget was used by one of those who have such a budget."""

    __tablename__ = "counts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]
    ends_at: Mapped[datetime]


class TooOften(Exception):
    """Something was done as often as it may be for now."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


class Of(NamedTuple):
    """One budget, and whose it is."""

    budget: Budget
    whose: tuple[str, ...]

    @property
    def key(self) -> str:
        return keyed(self.budget.name, *self.whose)


def keyed(*parts: str) -> str:
    """A hash under a key of this day, the same in every process."""
    made_of = "\0".join(("counts", clock.now().date().isoformat()))
    of_day = hmac.digest(current_app.config["PORTAL"].secret_key.encode(), made_of.encode(), "sha256")
    return hmac.new(of_day, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def take(*budgets: Of) -> None:
    """Count once under each of these, apart from the request; or under none. Raises TooOften."""
    if not budgets:
        return
    with transaction_of_its_own() as session:
        for one in _in_order(budgets):
            _count(session, one)


def take_with_the_request(*budgets: Of) -> None:
    """The same in the transaction of the request: what is undone with it was not counted. Raises TooOften."""
    for one in _in_order(budgets):
        _count(db.session, one)


def give_back(*budgets: Of) -> None:
    """It was no guess after all: it counts under none of these."""
    if not budgets:
        return
    with transaction_of_its_own() as session:
        _uncount(session, budgets)


def give_back_with_the_request(*budgets: Of) -> None:
    """The same in the transaction of the request."""
    _uncount(db.session, budgets)


def _uncount(session: Session, budgets: Iterable[Of]) -> None:
    for one in _in_order(budgets):
        used = update(Count).where(Count.key == one.key, Count.number > 0)
        session.execute(used.values(number=Count.number - 1).execution_options(synchronize_session=False))


def _in_order(budgets: Iterable[Of]) -> list[Of]:
    """Always the same, so that two who count at once do not wait for each other."""
    return sorted(budgets, key=lambda one: one.key)


def _count(session: Session, one: Of) -> None:
    """A count whose time is over begins again; so does one that a clock wrote which was ahead."""
    now, budget, key = clock.now(), one.budget, one.key
    is_sqlite = session.connection().dialect.name == "sqlite"
    row = sqlite.insert(Count) if is_sqlite else postgresql.insert(Count)
    session.execute(row.values(key=key, number=0, ends_at=budget.ends_at(now)).on_conflict_do_nothing())
    is_over = or_(Count.ends_at <= now, Count.ends_at > now + budget.span + clock.AHEAD)
    counted = update(Count).where(Count.key == key, or_(is_over, Count.number < budget.most))
    values = {
        "number": case((is_over, 1), else_=Count.number + 1),
        "ends_at": case((is_over, budget.ends_at(now)), else_=Count.ends_at),
    }
    done = session.execute(counted.values(values).execution_options(synchronize_session=False))
    assert isinstance(done, CursorResult)  # noqa: S101 - what an UPDATE gives
    if done.rowcount != 1:
        raise TooOften(session.scalar(select(Count.ends_at).where(Count.key == key)) or budget.ends_at(now))


def remove_old() -> int:
    """Remove counts whose time is over, and those of a clock that was ahead; how many."""
    now = clock.now()
    return rows_changed(
        delete(Count).where(or_(Count.ends_at <= now, Count.ends_at > midnight_after(now) + clock.AHEAD))
    )
