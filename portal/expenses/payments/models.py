"""Payment runs, what providers of care charge in them, payees, and the books of a board. Money is whole pence."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.infra.database import Model, OfBoard

# Whoever looked first does not sign as well, unless the board has nobody else.
BY_TWO = "{signed} IS NULL OR {looked} IS NULL OR {signed} <> {looked} OR is_by_one"


class PaymentRun(OfBoard, Model):
    """Approved claims that go to finance together."""

    __tablename__ = "payment_runs"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        UniqueConstraint("board_id", "id"),
    )

    number: Mapped[int]
    created_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    paid_on: Mapped[date | None]
    reopened_at: Mapped[datetime | None]


class SupplierLine(OfBoard, Model):
    """What a provider of care charges the board, in a payment run: a day and an amount, and only their name."""

    __tablename__ = "supplier_lines"
    __table_args__ = (
        UniqueConstraint("request_id"),
        ForeignKeyConstraint(["board_id", "run_id"], ["payment_runs.board_id", "payment_runs.id"]),
        CheckConstraint("pence > 0", name="pence"),
        CheckConstraint(BY_TWO.format(signed="run_by_id", looked="recorded_by_id"), name="run_by_another"),
        CheckConstraint(BY_TWO.format(signed="paid_by_id", looked="recorded_by_id"), name="paid_by_another"),
        CheckConstraint(BY_TWO.format(signed="paid_by_id", looked="run_by_id"), name="paid_by_no_approver"),
    )

    run_id: Mapped[UUID] = mapped_column(index=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey("care_requests.id"))
    name: Mapped[str] = mapped_column(String(200))
    invoice: Mapped[str] = mapped_column(String(40), default="")
    on_day: Mapped[date]
    pence: Mapped[int]
    payee_reference: Mapped[str] = mapped_column(String(40), default="")  # as it was when the run was made
    cost_code: Mapped[str] = mapped_column(String(40), default="")  # likewise
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who entered the invoice
    run_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who approved it, by putting it there
    paid_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    is_by_one: Mapped[bool] = mapped_column(default=False)  # the same person, as the board had nobody else


class ClosedPeriod(OfBoard, Model):
    """The books of a board are closed up to a day."""

    __tablename__ = "closed_periods"
    __table_args__ = (UniqueConstraint("board_id", "until_on"),)

    until_on: Mapped[date]
    closed_at: Mapped[datetime]
    closed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class Payee(OfBoard, Model):
    """By what a board's finance team knows a person, or a provider of care. Never an account number."""

    __tablename__ = "payees"
    __table_args__ = (
        UniqueConstraint("board_id", "person_id"),
        UniqueConstraint("board_id", "provider_id"),
        ForeignKeyConstraint(["board_id", "provider_id"], ["care_providers.board_id", "care_providers.id"]),
        CheckConstraint("(person_id IS NULL) <> (provider_id IS NULL)", name="one_payee"),
    )

    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    provider_id: Mapped[UUID | None]
    reference: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[datetime | None]  # when it was added or changed; unknown of old ones
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # likewise
