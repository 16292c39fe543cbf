"""Mentors, requests for one, pairs, their sessions and notes, and what each says when asked if it helps.

Every word of a pair is sealed: the database, its copies and whoever runs the host read none of it.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.core import clock
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed
from portal.mentoring.rules import talk_ahead


class Mentor(OfBoard, Model):
    """Somebody who mentors on a board, what they offer, and how many they can take."""

    __tablename__ = "mentors"
    __table_args__ = (
        UniqueConstraint("board_id", "person_id"),
        CheckConstraint("kind IN ('officer', 'rep', 'centre', 'buddy')", name="kind"),
        CheckConstraint("most BETWEEN 0 AND 20", name="most"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    offers: Mapped[str] = mapped_column(String(500), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)
    most: Mapped[int] = mapped_column(default=2)
    is_on_hold: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)


class MentorRequest(OfBoard, Model):
    """Somebody who would like a mentor, or to whom an officer offered one."""

    __tablename__ = "mentor_requests"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        CheckConstraint("status IN ('waiting', 'matched', 'withdrawn')", name="status"),
        Index("ix_mentor_requests_board_status", "board_id", "status"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    ways: Mapped[list[str]] = mapped_column(JSON, default=list)
    sealed_wish: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    asked_at: Mapped[datetime]
    waits_since: Mapped[datetime]  # for an officer: since it was asked, or since a match did not come about
    wish = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)


class Pair(OfBoard, Model):
    """A person and their mentor: proposed, running, declined or ended."""

    __tablename__ = "pairs"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        ForeignKeyConstraint(["board_id", "mentor_request_id"], ["mentor_requests.board_id", "mentor_requests.id"]),
        CheckConstraint("status IN ('proposed', 'running', 'declined', 'ended')", name="status"),
        CheckConstraint("person_id <> mentor_id", name="two_people"),
        Index("ix_pairs_board_status", "board_id", "status"),
        Index("ix_pairs_mentor", "mentor_id", "status"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    mentor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    mentor_request_id: Mapped[UUID] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(String(10), default="proposed")
    proposed_at: Mapped[datetime]
    person_said_at: Mapped[datetime | None]
    mentor_said_at: Mapped[datetime | None]
    began_on: Mapped[date | None]
    until_on: Mapped[date | None]
    every_weeks: Mapped[int] = mapped_column(default=4)
    next_on: Mapped[date | None]
    aims: Mapped[list[str]] = mapped_column(JSON, default=list)
    sealed_own_aim: Mapped[str] = mapped_column(Text, default="")
    sealed_achieved: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    own_aim = Sealed()
    achieved = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    mentor: Mapped[Person] = relationship(lazy="raise", foreign_keys=[mentor_id], viewonly=True)

    @property
    def talks_on(self) -> date | None:
        """The day of their next talk; None where none is agreed that is still to come."""
        return talk_ahead(self.next_on, clock.today())


class MentoringSession(OfBoard, Model):
    """That a pair met: when, how long and how, and for the two alone about what and what comes next."""

    __tablename__ = "mentoring_sessions"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "pair_id"], ["pairs.board_id", "pairs.id"]),
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_mentoring_sessions_pair", "pair_id", "held_on"),
    )

    pair_id: Mapped[UUID]
    kept_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    held_on: Mapped[date]
    minutes: Mapped[int]
    way: Mapped[str] = mapped_column(String(10))
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    sealed_next_step: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime]
    next_step = Sealed()


class MentoringNote(OfBoard, Model):
    """A note of one of a pair: for both, or for nobody but its writer."""

    __tablename__ = "mentoring_notes"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "pair_id"], ["pairs.board_id", "pairs.id"]),
        Index("ix_mentoring_notes_pair", "pair_id", "kept_at"),
    )

    pair_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    is_shared: Mapped[bool]
    sealed_text: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime]
    text = Sealed()


class MentoringPulse(OfBoard, Model):
    """What one of a pair said when asked if it helps. The other of the two never sees it."""

    __tablename__ = "mentoring_pulses"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "pair_id"], ["pairs.board_id", "pairs.id"]),
        UniqueConstraint("pair_id", "person_id", "asked_on"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )

    pair_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    asked_on: Mapped[date]
    score: Mapped[int]
    sealed_word: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]  # by an officer who looks after it
    word = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    pair: Mapped[Pair] = relationship(lazy="raise", viewonly=True)


def event_ids(pair: Pair) -> dict[str, UUID]:
    """What each event of a pair says of it."""
    return {
        "board_id": pair.board_id,
        "pair_id": pair.id,
        "person_id": pair.person_id,
        "mentor_id": pair.mentor_id,
    }
