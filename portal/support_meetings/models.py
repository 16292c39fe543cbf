"""Support meetings, the points that reps bring, and how a meeting was for each of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed
from portal.meetings.models import AgendaItem, Meeting

OF_MEETING = (["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"])
ANSWER = "IN ('yes', 'partly', 'no')"


class SupportMeeting(OfBoard, Model):
    """Where reps and their officer go through an agenda, before the meeting."""

    __tablename__ = "support_meetings"
    __table_args__ = (ForeignKeyConstraint(*OF_MEETING), UniqueConstraint("meeting_id"))

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)


class Point(OfBoard, Model):
    """What a rep wants to raise at a meeting: on their own list, and brought to the support meeting if they like."""

    __tablename__ = "points"
    __table_args__ = (
        ForeignKeyConstraint(*OF_MEETING),
        ForeignKeyConstraint(
            ["board_id", "meeting_id", "item_id"],
            ["agenda_items.board_id", "agenda_items.meeting_id", "agenda_items.id"],
        ),
        Index("ix_points_meeting", "meeting_id", "person_id"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    item_id: Mapped[UUID | None]
    is_brought: Mapped[bool]
    sealed_text: Mapped[str] = mapped_column(Text, default="")
    kept_at: Mapped[datetime]
    text = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    item: Mapped[AgendaItem | None] = relationship(lazy="raise", viewonly=True)


class MeetingFeedback(OfBoard, Model):
    """A rep's three answers after a meeting: a choice each, and no words."""

    __tablename__ = "how_it_was"
    __table_args__ = (
        ForeignKeyConstraint(*OF_MEETING),
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint(f"spoke {ANSWER}", name="spoke"),
        CheckConstraint(f"understood {ANSWER}", name="understood"),
        CheckConstraint(f"explained {ANSWER}", name="explained"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    spoke: Mapped[str] = mapped_column(String(10))
    understood: Mapped[str] = mapped_column(String(10))
    explained: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)
