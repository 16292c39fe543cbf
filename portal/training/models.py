"""A board's induction plan and who has done which step, courses, records, sessions with places, Carer Awareness."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.infra.database import Identified, MaybeOfBoard, Model, OfBoard


class InductionStep(OfBoard, Model):
    """One step of a board's induction: whose it is, and how many days after the appointment began it is due."""

    __tablename__ = "induction_steps"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        CheckConstraint("owner IN ('rep', 'officer', 'clerk')", name="owner"),
    )

    title: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(10))
    days: Mapped[int]
    at_first_meeting: Mapped[bool] = mapped_column(default=False)  # due on that day, when one is planned
    closed_at: Mapped[datetime | None]


class InductionMark(OfBoard, Model):
    """A step of somebody's induction that is done."""

    __tablename__ = "induction_marks"
    __table_args__ = (
        UniqueConstraint("appointment_id", "step_id"),
        ForeignKeyConstraint(["board_id", "step_id"], ["induction_steps.board_id", "induction_steps.id"]),
    )

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointments.id"))
    step_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))  # whose induction it is
    done_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    done_at: Mapped[datetime]


class Course(Identified, MaybeOfBoard, Model):
    """A course of a board, or a national one."""

    __tablename__ = "courses"

    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    why: Mapped[str] = mapped_column(String(500), default="")
    minutes: Mapped[int] = mapped_column(default=60)
    how: Mapped[str] = mapped_column(String(10), default="read")
    link: Mapped[str] = mapped_column(String(500), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    stored_as: Mapped[str] = mapped_column(String(120), default="")
    for_whom: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_required: Mapped[bool] = mapped_column(default=False)
    valid_months: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class TrainingRecord(OfBoard, Model):
    """What somebody has learned, when, with its proof, and by whom it was confirmed. It goes with them."""

    __tablename__ = "training_records"
    __table_args__ = (
        CheckConstraint("status IN ('said', 'confirmed', 'declined')", name="status"),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> person_id", name="never_own"),
        CheckConstraint("valid_until IS NULL OR valid_until >= done_on", name="valid_after_done"),
        Index("ix_training_records_person", "person_id", "done_on"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    course_id: Mapped[UUID | None] = mapped_column(index=True)  # of the board or national; the title stays without it
    title: Mapped[str] = mapped_column(String(200))
    done_on: Mapped[date]
    valid_until: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(10), default="said")
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    confirmed_on: Mapped[date | None]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(20), default="")
    stored_as: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    confirmed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[confirmed_by_id], viewonly=True)


class TrainingSession(OfBoard, Model):
    """Training on a day, with places."""

    __tablename__ = "training_sessions"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        CheckConstraint("places > 0", name="places"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        Index("ix_training_sessions_board_start", "board_id", "starts_at"),
    )

    course_id: Mapped[UUID | None]  # of the board or national; the title stays without it
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    places: Mapped[int]
    cancelled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Booking(OfBoard, Model):
    """A person's place at a session, or on its waiting list, and later if they were there."""

    __tablename__ = "bookings"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "session_id"], ["training_sessions.board_id", "training_sessions.id"]),
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("status IN ('booked', 'waiting', 'attended', 'missed')", name="status"),
        Index("ix_bookings_session_status", "session_id", "status", "asked_at"),
    )

    session_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    status: Mapped[str] = mapped_column(String(10))
    needs_care: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    session: Mapped[TrainingSession] = relationship(lazy="raise", viewonly=True)


class AwarenessSession(OfBoard, Model):
    """Carer Awareness that other members of the board had, and who delivered it."""

    __tablename__ = "awareness_sessions"
    __table_args__ = (UniqueConstraint("board_id", "id"),)

    held_on: Mapped[date]
    minutes: Mapped[int]
    others: Mapped[str] = mapped_column(String(200), default="")  # who delivered it, beside reps
    recorded_on: Mapped[date]
    withdrawn_on: Mapped[date | None]  # a correction said that it did not take place: it counts no more

    @property
    def title(self) -> str:
        return "Carer Awareness"


class AwarenessDelivered(OfBoard, Model):
    """A rep who delivered Carer Awareness, and can claim for it."""

    __tablename__ = "awareness_delivered"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "session_id"], ["awareness_sessions.board_id", "awareness_sessions.id"]),
        UniqueConstraint("session_id", "person_id"),
    )

    session_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    session: Mapped[AwarenessSession] = relationship(lazy="raise", viewonly=True)


class AwarenessCount(OfBoard, Model):
    """How many members of a group had it for the first time at a session."""

    __tablename__ = "awareness_counts"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "session_id"], ["awareness_sessions.board_id", "awareness_sessions.id"]),
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        UniqueConstraint("session_id", "group_id"),
        CheckConstraint("members >= 0", name="members"),
    )

    session_id: Mapped[UUID]
    group_id: Mapped[UUID]
    members: Mapped[int]


class OtherMembers(OfBoard, Model):
    """How many other members, beside carer reps, a group has."""

    __tablename__ = "other_members"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        UniqueConstraint("board_id", "group_id"),
        CheckConstraint("members >= 0", name="members"),
    )

    group_id: Mapped[UUID]
    members: Mapped[int]
