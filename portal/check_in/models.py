"""What a rep answered for one meeting, and whether they came. What tells of care, needs or a home is sealed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.core.text import no_sooner
from portal.core.values import Typed
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed, SealedData
from portal.meetings.models import Meeting

NEEDS = (
    "sealed_travel_from",
    "sealed_address",
    "sealed_help_words",
)  # what goes when its time is over


class CheckIn(OfBoard, Model):
    """One rep and one meeting. Made when they are first asked, or when they answer unasked."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        ForeignKeyConstraint(
            ["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"]
        ),
        CheckConstraint("coming IN ('', 'in_person', 'online', 'depute', 'no')", name="coming"),
        CheckConstraint("care IN ('', 'same', 'different', 'no')", name="care"),
        CheckConstraint("attended IN ('', 'came', 'online', 'apologies', 'absent')", name="attended"),
        Index("ix_check_ins_person", "person_id", "answered_at"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    generation: Mapped[int] = mapped_column(default=1)  # a new one makes earlier links dead
    asked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answered_for: Mapped[date | None]  # the day that was asked about; the meeting may have moved since
    coming: Mapped[str] = mapped_column(String(10), default="")
    care: Mapped[str] = mapped_column(String(10), default="")
    travel: Mapped[str] = mapped_column(String(10), default="")
    sealed_travel_from: Mapped[str] = mapped_column(Text, default="")
    printed: Mapped[bool] = mapped_column(default=False)
    sealed_address: Mapped[str] = mapped_column(Text, default="")
    sealed_help_words: Mapped[str] = mapped_column(Text, default="")
    emergency_at: Mapped[datetime | None]
    attended: Mapped[str] = mapped_column(String(10), default="")
    attendance_on: Mapped[date | None]  # the day on which the clerk recorded whether they came
    posted_on: Mapped[date | None]  # when the printed papers went off
    travel_from = Sealed()
    address = Sealed()
    help_words = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)

    @property
    def needs_care(self) -> bool:
        return self.care in ("same", "different")


class CheckInUndo(OfBoard, Model):
    """How things were before somebody said that they cannot come, for the ten minutes in which they can undo it.

    The words of their request for care wait here, where nobody reads them.
    """

    __tablename__ = "check_in_undos"
    __table_args__ = (
        UniqueConstraint("check_in_id"),
        ForeignKeyConstraint(
            ["board_id", "group_id", "meeting_id"], ["meetings.board_id", "meetings.group_id", "meetings.id"]
        ),
        Index("ix_check_in_undos_person", "person_id", "ends_at"),
    )

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    check_in_id: Mapped[UUID] = mapped_column(ForeignKey("check_ins.id"))
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    emails_at: Mapped[datetime]  # when people are told; until then an undo is told to nobody
    was: Mapped[Typed] = mapped_column(JSON)  # the answer, who stood in, and the requests as they were
    sealed_words: Mapped[str] = mapped_column(Text, default="")
    words = SealedData()
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)

    @property
    def cancelled_care(self) -> bool:
        """Whether the apologies cancelled replacement care, which an undo brings back."""
        return bool(self.was["requests"])

    @property
    def told_at(self) -> datetime:
        """When people have heard, as it is said."""
        return no_sooner(self.emails_at)

    def has_cancelled(self, request_id: UUID) -> bool:
        """Whether the apologies cancelled this request for care."""
        return request_id.hex in {one["id"] for one in self.was["requests"]}
