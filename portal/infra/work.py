"""Work that must not happen in a request: rows claimed under a lease, tried again when a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import JSON, Index, String, and_, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Identified, Model, db

LEASE = timedelta(minutes=5)
MOST_TRIES = 5
WAIT = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(seconds=10 * 3**MOST_TRIES)


class Work(Identified, Model):
    """One thing to do: its kind names the function, its arguments are plain ids."""

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_open", "done_at", "not_before"),)

    kind: Mapped[str] = mapped_column(String(40))
    arguments: Mapped[dict[str, str]] = mapped_column(JSON)
    asked_at: Mapped[datetime]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    gave_up: Mapped[bool] = mapped_column(default=False)


def ask_for(kind: str, **arguments: str) -> None:
    """Put work in the queue; it becomes visible when the transaction commits."""
    ask_for_at(clock.now(), kind, **arguments)


def ask_for_at(moment: datetime, kind: str, **arguments: str) -> None:
    """The same, to be done at some moment."""
    db.session.add(Work(kind=kind, arguments=arguments, asked_at=clock.now(), not_before=moment))


def bring_forward(kind: str, is_meant: Callable[[dict[str, str]], bool]) -> None:
    """Have pieces that wait for their moment done now, those that are meant by their arguments."""
    waiting = select(Work).where(Work.kind == kind, Work.done_at.is_(None), Work.not_before > clock.now())
    for piece in db.session.scalars(waiting.order_by(Work.id)):
        if is_meant(piece.arguments):
            piece.not_before = clock.now()


def next_piece(kinds: Collection[str] | None = None) -> Work | None:
    """Take the oldest open piece under a lease, of any kind or of some; the caller commits, works, calls done()."""
    moment = clock.now()
    wanted = [] if kinds is None else [Work.kind.in_(kinds)]
    oldest = (
        select(Work.id)
        .where(Work.done_at.is_(None), Work.gave_up.is_(False), Work.not_before <= moment, *wanted)
        .order_by(Work.asked_at, Work.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    # "=", not "IN": PostgreSQL would run an IN as a join, and lock rows that it does not return.
    taken = update(Work).where(Work.id == oldest.scalar_subquery())
    taken = taken.values(not_before=moment + LEASE, tries=Work.tries + 1)
    return db.session.scalar(taken.returning(Work).execution_options(synchronize_session=False))


def free_from_ahead(moment: datetime) -> None:
    """Let pieces go on that were asked for, or taken under a lease, while a clock was ahead."""
    is_ahead = or_(Work.asked_at > moment + clock.AHEAD, and_(Work.tries > 0, Work.not_before > moment + LONGEST_PAUSE))
    waiting = update(Work).where(Work.done_at.is_(None), Work.gave_up.is_(False), is_ahead)
    db.session.execute(waiting.values(not_before=moment, asked_at=moment))


LATER = "later"  # what a function answers when it must wait for something outside: it is asked again in a minute


def put_back(piece: Work, took: timedelta = timedelta(0)) -> None:
    """It has to wait, which is nobody's fault and counts as no try. What took long in vain lets the others go first."""
    again = update(Work).where(Work.id == piece.id)
    db.session.execute(again.values(not_before=clock.now() + WAIT + took, tries=Work.tries - 1))


def done(piece: Work) -> None:
    db.session.execute(update(Work).where(Work.id == piece.id).values(done_at=clock.now()))


def failed(piece: Work) -> None:
    """Try again after a pause that grows, up to MOST_TRIES."""
    pause = timedelta(seconds=10 * 3**piece.tries)
    db.session.execute(
        update(Work)
        .where(Work.id == piece.id)
        .values(not_before=clock.now() + pause, gave_up=piece.tries >= MOST_TRIES)
    )


def arguments_of(kinds: Collection[str]) -> list[dict[str, str]]:
    """What is still to be done of some kinds."""
    waiting = select(Work.arguments).where(Work.kind.in_(kinds), Work.done_at.is_(None), Work.gave_up.is_(False))
    return list(db.session.scalars(waiting.order_by(Work.id)))
