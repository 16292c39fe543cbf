"""A board's induction plan and who has done which step, courses, and records of training."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
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
    for_whom: Mapped[list[Any]] = mapped_column(JSON, default=list)
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
    made_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    confirmed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[confirmed_by_id], viewonly=True)
