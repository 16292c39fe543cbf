"""Hours given, what a rep shows the public, what the public wrote to them, and that they want to stop."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.boards.models import Appointment, Group
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed, SealedData
from portal.role_profiles.stepping_down.rules import ASKED, STATUSES


class HoursLogged(OfBoard, Model):
    """Some of a rep's or depute's time for one group. Nobody else sees it."""

    __tablename__ = "time_given"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes"),
        CheckConstraint("kind IN ('preparation', 'travel', 'meeting', 'consulting')", name="kind"),
        Index("ix_time_given_person_day", "person_id", "spent_on"),
    )

    group_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    spent_on: Mapped[date]
    minutes: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)


class PublicProfile(OfBoard, Model):
    """What a rep of a board lets everyone see. `shows` holds their choices; with none of them nothing is shown."""

    __tablename__ = "public_profiles"
    __table_args__ = (UniqueConstraint("board_id", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    shows: Mapped[list[str]] = mapped_column(JSON, default=list)
    about: Mapped[str] = mapped_column(String(500), default="")
    photo_stored_as: Mapped[str] = mapped_column(String(120), default="")
    changed_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)


class ProfileMessage(OfBoard, Model):
    """What somebody wrote to a rep through their public profile."""

    __tablename__ = "profile_messages"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    sealed_text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # when the rep said that they have read it
    text = Sealed()


class UnconfirmedLetter(OfBoard, Model):
    """What somebody wrote to a rep, until they confirm it by a mailed link. The rep does not hear of it before."""

    __tablename__ = "unconfirmed_letters"

    profile_id: Mapped[UUID] = mapped_column(ForeignKey("public_profiles.id"), index=True)
    sealed_name: Mapped[str] = mapped_column(Text)
    sealed_email: Mapped[str] = mapped_column(Text)
    sealed_text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    name = SealedData()
    email = SealedData()
    text = SealedData()
    profile: Mapped[PublicProfile] = relationship(lazy="raise", viewonly=True)


class StepDownRequest(OfBoard, Model):
    """A rep's wish to leave a seat before the term ends, until the last day is set, or they stay.

    The words are for the engagement officers of the board, and go as soon as it is taken back.
    """

    __tablename__ = "step_down_requests"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
    )

    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointments.id"), index=True)
    group_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    last_day_on: Mapped[date]  # as they wish
    sealed_words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(12), default=ASKED)
    closed_at: Mapped[datetime | None]
    words = Sealed()
    appointment: Mapped[Appointment] = relationship(lazy="raise", viewonly=True)
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
