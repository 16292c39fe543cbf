"""Requests for care, who stands aside from whose, a board's policy and the providers it knows.

Every word that somebody types about care is sealed; none of them names a column in plain text.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.accounts.models import Person
from portal.boards.models import Board, Group
from portal.core import clock
from portal.core.clock import london_day
from portal.core.values import EventFacts
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed
from portal.meetings.models import Meeting
from portal.replacement_care.requests.limits import limit_of
from portal.replacement_care.requests.rules import (
    ARRANGED,
    LEAD_DAYS,
    NOT_HELD,
    OFFICER,
    STATUSES,
    TEXT_DAYS,
    TOLD,
    UNARRANGED,
    Span,
    why_settled,
)
from portal.replacement_care.requests.short_notice import Due, due_by


class CarePolicy(OfBoard, Model):
    """Whether a board provides care, who arranges it, which time counts, and how many days a provider needs."""

    __tablename__ = "care_policies"
    __table_args__ = (UniqueConstraint("board_id"),)

    is_provided: Mapped[bool] = mapped_column(default=False)
    arranged_by: Mapped[str] = mapped_column(String(10), default="officer")
    counts_travel: Mapped[bool] = mapped_column(default=True)
    counts_preparation: Mapped[bool] = mapped_column(default=True)
    hourly_rate: Mapped[int | None]
    cap: Mapped[int | None]
    lead_days: Mapped[int] = mapped_column(default=LEAD_DAYS)
    text_days: Mapped[int] = mapped_column(default=TEXT_DAYS)
    words: Mapped[str] = mapped_column(String(1000), default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    def is_known_on(self, day: date) -> bool:
        """Whether it said the same on a day: what it said before it last changed is not kept."""
        return london_day(self.changed_at) <= day

    @property
    def limit(self) -> str:
        """'4 hours each time (£72.00)'; '' where there is none."""
        return limit_of(self.cap, self.hourly_rate)


class CareProvider(OfBoard, Model):
    """Somebody who can come, as a board knows them: no word about whom they care for."""

    __tablename__ = "care_providers"
    __table_args__ = (UniqueConstraint("board_id", "id"),)

    name: Mapped[str] = mapped_column(String(200))
    contact: Mapped[str] = mapped_column(String(200), default="")
    lead_days: Mapped[int] = mapped_column(default=LEAD_DAYS)
    hourly_rate: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class CareRequest(OfBoard, Model):
    """Care that somebody asked for while they prepare, travel and meet."""

    __tablename__ = "care_requests"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        ForeignKeyConstraint(["board_id", "provider_id"], ["care_providers.board_id", "care_providers.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        CheckConstraint("to_agree IN ('', 'rep', 'officer')", name="to_agree"),
        CheckConstraint("officer_id IS NULL OR officer_id <> person_id", name="another_arranges"),
        Index("ix_care_requests_board_status", "board_id", "status", "on_day"),
        Index("ix_care_requests_person_day", "person_id", "on_day"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))  # the person, or an officer for them
    officer_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who arranges it
    what: Mapped[str] = mapped_column(String(12))
    kept_title: Mapped[str] = mapped_column("title", String(200))  # of a meeting: its group, as it was called then
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"), index=True)
    group_name: Mapped[str | None] = column_property(
        select(Group.name)
        .join(Meeting, Meeting.group_id == Group.id)
        .where(Meeting.id == meeting_id)
        .correlate_except(Group, Meeting)
        .scalar_subquery()
    )
    on_day: Mapped[date]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    was_starts_at: Mapped[datetime | None]  # with the next: the times before they last changed
    was_ends_at: Mapped[datetime | None]
    times_changed_at: Mapped[datetime | None]  # when the rep, or its meeting, last changed what is asked for
    wanted_starts_at: Mapped[datetime | None]  # with the next: what the rep asked for, where other times are offered
    wanted_ends_at: Mapped[datetime | None]
    travel_minutes: Mapped[int] = mapped_column(default=0)
    is_worked_out: Mapped[bool] = mapped_column(default=False)  # the portal filled it in, and the rep has not looked
    place: Mapped[str] = mapped_column(String(10), default="")
    who: Mapped[str] = mapped_column(String(10), default="")
    estimate: Mapped[int | None]
    sealed_kind: Mapped[str] = mapped_column(Text, default="")
    sealed_note: Mapped[str] = mapped_column(Text, default="")  # what the rep wrote: the arranging officer reads it
    sealed_why_late: Mapped[str] = mapped_column(Text, default="")
    sealed_arrangement: Mapped[str] = mapped_column(Text, default="")  # who comes, and how to reach them on the day
    sealed_answer: Mapped[str] = mapped_column(Text, default="")  # why it cannot be provided, and what else is offered
    status: Mapped[str] = mapped_column(String(12), default="asked")
    to_agree: Mapped[str] = mapped_column(String(10), default="")
    provider_id: Mapped[UUID | None]
    cost: Mapped[int | None]
    cost_was: Mapped[int | None]  # before an officer last entered another amount
    cost_changed_at: Mapped[datetime | None]
    invoiced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who last entered what it costs
    is_paid_by_board: Mapped[bool] = mapped_column(default=False)
    invoice: Mapped[str] = mapped_column(String(40), default="")
    was_own_budget: Mapped[bool] = mapped_column(
        default=False
    )  # where it took place: from their own care budget; else: nobody was found
    asked_at: Mapped[datetime]
    arranged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    provider_told_at: Mapped[datetime | None]  # when an officer told whoever was to come that it is cancelled
    version: Mapped[int] = mapped_column(default=1)
    kind = Sealed()
    note = Sealed()
    why_late = Sealed()
    arrangement = Sealed()
    answer = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    officer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[officer_id], viewonly=True)
    provider: Mapped[CareProvider | None] = relationship(lazy="raise", viewonly=True)
    meeting: Mapped[Meeting | None] = relationship(lazy="raise", viewonly=True)
    board: Mapped[Board] = relationship(lazy="raise", viewonly=True)

    @hybrid_property
    def title(self) -> str:
        """What it is for: of a meeting its group, by the name that it has today."""
        return (self.kept_title and self.group_name) or self.kept_title

    @title.inplace.setter
    def _set_title(self, title: str) -> None:
        self.kept_title = title

    @title.inplace.expression
    @classmethod
    def _title_of(cls) -> ColumnElement[str]:
        return func.coalesce(cls.group_name, cls.kept_title)

    @property
    def is_on_claim(self) -> bool:
        """The rep said what they paid, and it was put on a claim of theirs."""
        return self.status in TOLD and bool(self.cost) and not self.is_paid_by_board

    @property
    def was_to_come(self) -> bool:
        """Whether somebody was to come, and did or did not."""
        return self.arranged_at is not None and self.status in (ARRANGED, *TOLD)

    @property
    def nobody_came(self) -> bool:
        """The rep says that nobody came, although care was arranged."""
        return self.was_to_come and self.status == NOT_HELD and self.was_own_budget

    @property
    def why_settled(self) -> str:
        """Why a rep can no longer change whether it took place; '' while they can, or have not said it."""
        if self.status not in TOLD or self.ended_at is None:
            return ""
        has_invoice = self.is_paid_by_board and bool(self.invoice and self.cost)
        return why_settled(london_day(self.ended_at), has_invoice, clock.today())

    @property
    def was_arranged_before(self) -> bool:
        """Somebody was to come before the rep, or the meeting, changed what is asked for."""
        return self.status in UNARRANGED and bool(self.arranged_at or self.provider_id or self.arrangement)

    @property
    def was_not_arranged(self) -> bool:
        """Its time is over, and nobody ever arranged it: an officer is to say why, or that somebody did after all."""
        return self.status in UNARRANGED and self.arranged_at is None and self.ends_at <= clock.now()

    @property
    def is_change(self) -> bool:
        """It is arranged, and the rep changed what they need: the officer accepts that, or offers other times."""
        return self.to_agree == OFFICER and self.status in UNARRANGED and self.arranged_at is not None

    @property
    def earlier_price(self) -> int | None:
        """What it was to cost at the times before they changed; None where the price is that of the times now."""
        return self.cost if self.was_arranged_before and self.was_span else None

    def due(self, lead_days: int) -> Due:
        """By when it is to be arranged, for what the rep asked for."""
        changed_on = london_day(self.times_changed_at) if self.times_changed_at else None
        return due_by((self.wanted_span or self.span).day, lead_days, london_day(self.asked_at), changed_on)

    def is_overdue(self, lead_days: int) -> bool:
        """Whether it should have been arranged by now, and still can be: on the day it is due, it is not late."""
        is_open, due = self.status in UNARRANGED and self.ends_at > clock.now(), self.due(lead_days)
        return is_open and not due.is_short_notice and due.by < clock.today()

    def arranged_late_on(self, lead_days: int) -> date | None:
        """The day on which it was arranged, where that was after it was due; None where it was in time, or is not."""
        due = self.due(lead_days)
        if self.status in UNARRANGED or self.arranged_at is None or due.is_short_notice:
            return None
        day = london_day(self.arranged_at)
        return day if day > due.by else None

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at, self.travel_minutes)

    @property
    def was_span(self) -> Span | None:
        """The times before they last changed; None where they did not."""
        return Span(self.was_starts_at, self.was_ends_at) if self.was_starts_at and self.was_ends_at else None

    @property
    def wanted_span(self) -> Span | None:
        """What the rep asked for, where other times are offered, or were agreed to."""
        return (
            Span(self.wanted_starts_at, self.wanted_ends_at) if self.wanted_starts_at and self.wanted_ends_at else None
        )


class StoodAside(OfBoard, Model):
    """An officer who knows a rep in private life, and so sees none of their requests."""

    __tablename__ = "care_stood_aside"
    __table_args__ = (UniqueConstraint("board_id", "person_id", "of_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    of_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]


def event_ids(care: CareRequest) -> EventFacts:
    """What every event about a request says of it."""
    return {"board_id": care.board_id, "request_id": care.id, "person_id": care.person_id, "version": care.version}
