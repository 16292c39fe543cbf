"""Meetings, agenda items, and who is coming on whose behalf."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    ScalarSelect,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, synonym

from portal.boards.models import Board, Group, PaperTarget
from portal.infra.database import Model, OfBoard


class Meeting(OfBoard, Model):
    """A meeting of a group. It meets on a London day; adjourned, it sits again on another, and keeps its first day."""

    __tablename__ = "meetings"
    __table_args__ = (
        UniqueConstraint("board_id", "group_id", "id"),
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        CheckConstraint("status IN ('planned', 'cancelled', 'not_held')", name="status"),
        Index("ix_meetings_group_day", "group_id", "meets_on"),
        Index("ix_meetings_board_day", "board_id", "meets_on"),
        Index("ix_meetings_board_opened", "board_id", "opened_on"),
    )

    group_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(20), default="ordinary")
    meets_on: Mapped[date]
    first_meets_on: Mapped[date]  # the day for which it was first called
    opened_on: Mapped[date]  # the day of its first sitting: what notice is measured to
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(300), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    status: Mapped[str] = mapped_column(String(12), default="planned")
    reason: Mapped[str] = mapped_column(String(500), default="")
    agenda_published_at: Mapped[datetime | None]
    minutes_published_at: Mapped[datetime | None]
    minutes_approved_at: Mapped[datetime | None]
    attendance_at: Mapped[datetime | None]  # when the clerk first said who came
    called_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    board: Mapped[Board] = relationship(lazy="raise", viewonly=True)
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)
    meeting_id = synonym("id")

    @property
    def is_online_only(self) -> bool:
        return bool(self.link) and not self.place

    @property
    def where(self) -> str:
        """In short: the place, or 'online' where there is only a link; '' where neither is known."""
        return self.place or ("online" if self.link else "")

    if TYPE_CHECKING:
        target_days: Mapped[int]  # see _target_of


def _target_of(meeting: type[Meeting]) -> ScalarSelect[int]:
    """The target for the papers of a meeting that held on the day by which they were due."""
    holding = (PaperTarget.board_id == meeting.board_id, PaperTarget.meetings_from <= meeting.opened_on)
    newest = select(PaperTarget.days).where(*holding)
    newest = newest.order_by(PaperTarget.meetings_from.desc(), PaperTarget.from_on.desc()).limit(1)
    return newest.correlate_except(PaperTarget).scalar_subquery()


Meeting.target_days = column_property(_target_of(Meeting))


class Sitting(OfBoard, Model):
    """A day on which a meeting sat, and was adjourned to another."""

    __tablename__ = "sittings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"]
        ),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(index=True)
    held_on: Mapped[date]
    starts_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500), default="")


class AgendaItem(OfBoard, Model):
    """One line of an agenda; its number is text, its order is its position."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("board_id", "meeting_id", "id"),
        ForeignKeyConstraint(
            ["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"]
        ),
        Index("ix_agenda_items_meeting_position", "meeting_id", "position"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    position: Mapped[int]
    number: Mapped[str] = mapped_column(String(20), default="")
    is_number_typed: Mapped[bool] = mapped_column(default=False)  # any other number is that of its place
    title: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(20), default="")
    timing: Mapped[str] = mapped_column(String(40), default="")  # as the clerk writes it: 10:15am, 10 minutes
    presenter: Mapped[str] = mapped_column(String(120), default="")
    is_verbal: Mapped[bool] = mapped_column(default=False)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    chairs_ruling: Mapped[str] = mapped_column(String(500), default="")
    is_restricted: Mapped[bool] = mapped_column(default=False)
    paragraphs: Mapped[list[str]] = mapped_column(JSON, default=list)
    restriction_changed_on: Mapped[date | None]  # when one that was published was restricted, or that was lifted
    added_on: Mapped[date]  # “Are papers on time?” counts what was on the agenda when the meeting opened
    published_at: Mapped[datetime | None]
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)


class StandingItem(OfBoard, Model):
    """What a group has on each agenda: before everything else, at a place of its own, or at its end."""

    __tablename__ = "standing_items"
    __table_args__ = (ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),)

    group_id: Mapped[UUID] = mapped_column(index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    purpose: Mapped[str] = mapped_column(String(20), default="")
    is_verbal: Mapped[bool] = mapped_column(default=False)
    is_at_end: Mapped[bool] = mapped_column(default=False)
    place: Mapped[int] = mapped_column(default=0)  # as which item it comes; 0: first, or at the end
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)


class StandIn(OfBoard, Model):
    """B for A at one meeting: a depute who stands in for a rep, and may read its papers."""

    __tablename__ = "stand_ins"
    __table_args__ = (
        ForeignKeyConstraint(
            ["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"]
        ),
        UniqueConstraint("meeting_id", "on_behalf_of_id"),
        CheckConstraint("person_id <> on_behalf_of_id", name="somebody_else"),
        Index("ix_stand_ins_person", "person_id"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    on_behalf_of_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
