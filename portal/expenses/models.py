"""Policies, and claims with their lines and receipts. Money is whole pence."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.core.clock import london_day
from portal.core.text import short_day_words
from portal.expenses.claims.rules import STATUSES, reference
from portal.expenses.payments.models import BY_TWO, PaymentRun
from portal.expenses.policies.wording import in_words
from portal.expenses.pricing import Priced, Terms
from portal.expenses.questions.rules import DONE, asked_about, done_beside
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed, SealedData


class ExpensePolicy(OfBoard, Model):
    """What a board covers from a day on. Published ones never change; the one without `published_at` is the draft."""

    __tablename__ = "expense_policies"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        Index("ix_expense_policies_in_force", "board_id", "from_on", "published_at"),
    )

    from_on: Mapped[date]
    published_at: Mapped[datetime | None]
    deadline_days: Mapped[int] = mapped_column(default=90)
    pay_days: Mapped[int] = mapped_column(default=20)
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    not_covered: Mapped[str] = mapped_column(Text, default="")
    prefix: Mapped[str] = mapped_column(String(4), default="")
    cost_code: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column(default=1)


class PolicyTerms(OfBoard, Model):
    """What a policy says of one category."""

    __tablename__ = "policy_terms"
    __table_args__ = (
        UniqueConstraint("policy_id", "category"),
        ForeignKeyConstraint(["board_id", "policy_id"], ["expense_policies.board_id", "expense_policies.id"]),
        CheckConstraint("cap_per IN ('item', 'day', 'claim', 'year')", name="cap_per"),
    )

    policy_id: Mapped[UUID]
    category: Mapped[str] = mapped_column(String(20))
    is_covered: Mapped[bool] = mapped_column(default=False)
    rate: Mapped[int | None]
    band_miles: Mapped[int | None]
    rate_after: Mapped[int | None]
    cap: Mapped[int | None]
    cap_per: Mapped[str] = mapped_column(String(5), default="item")
    receipt_over: Mapped[int | None]
    examples: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    @property
    def terms(self) -> Terms:
        of = (self.band_miles, self.rate_after, self.cap, self.cap_per, self.receipt_over)
        return Terms(self.is_covered, self.rate, *of)

    @property
    def words(self) -> str:
        """'£18.00 an hour, up to 4 hours a day (£72.00). Receipt needed.'"""
        return in_words(self.category, self.terms)


class Claim(OfBoard, Model):
    """What something cost a rep or depute. Nobody but they see it before it is sent."""

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        UniqueConstraint("board_id", "year", "number"),
        UniqueConstraint("person_id", "meeting_id"),
        ForeignKeyConstraint(["board_id", "run_id"], ["payment_runs.board_id", "payment_runs.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name="never_own"),
        CheckConstraint(
            "decided_by_id IS NULL OR helped_by_id IS NULL OR decided_by_id <> helped_by_id", name="never_helped"
        ),
        CheckConstraint("helped_by_id IS NULL OR helped_by_id <> person_id", name="helped_by_another"),
        CheckConstraint(
            "seconded_by_id IS NULL OR (seconded_by_id <> decided_by_id AND seconded_by_id <> person_id"
            " AND (helped_by_id IS NULL OR seconded_by_id <> helped_by_id))",
            name="seconded_by_another",
        ),
        CheckConstraint("(run_id IS NOT NULL) = (status IN ('in_payment', 'paid'))", name="run"),
        CheckConstraint(BY_TWO.format(signed="run_by_id", looked="decided_by_id"), name="run_by_another"),
        CheckConstraint(BY_TWO.format(signed="paid_by_id", looked="decided_by_id"), name="paid_by_another"),
        CheckConstraint(
            "(run_by_id IS NULL OR run_by_id <> person_id) AND (paid_by_id IS NULL OR paid_by_id <> person_id)",
            name="never_paid_own",
        ),
        Index("ix_claims_board_status", "board_id", "status", "sent_at"),
        Index("ix_claims_person_day", "person_id", "happened_on"),
        Index("ix_claims_board_day", "board_id", "happened_on"),
        Index("ix_claims_board_decided", "board_id", "decided_at", "days_to_decide"),
        Index("ix_claims_board_paid", "board_id", "paid_on", "days_to_pay"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    year: Mapped[int | None]  # with the number: its reference, given when it is first sent
    number: Mapped[int | None]
    prefix: Mapped[str] = mapped_column(String(4), default="")
    what: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    happened_on: Mapped[date]
    status: Mapped[str] = mapped_column(String(12), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    helped_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # an officer, for the person who asked
    to_confirm_at: Mapped[datetime | None]  # when the officer handed it over to be confirmed
    copied_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("claims.id", ondelete="SET NULL"))  # its lines
    offered_at: Mapped[datetime | None]  # when the portal asked if it cost anything
    is_attendance_confirmed: Mapped[bool] = mapped_column(default=False)
    sent_lines: Mapped[dict[str, list[object]]] = mapped_column(JSON, default=dict)  # as they were when last sent
    before_lines: Mapped[dict[str, list[object]]] = mapped_column(JSON, default=dict)  # as they were the time before
    sent_at: Mapped[datetime | None]
    first_sent_at: Mapped[datetime | None]  # before any question about it
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    earlier_days: Mapped[int] = mapped_column(default=0)  # with the board, before it was handed back with questions
    seconded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who agreed, where one was not enough
    is_decided_alone: Mapped[bool] = mapped_column(default=False)  # one was not enough, and the board had nobody else
    days_to_decide: Mapped[int | None]  # London days with the board, kept so that figures are sums
    days_to_pay: Mapped[int | None]
    run_id: Mapped[UUID | None] = mapped_column(index=True)
    payee_reference: Mapped[str] = mapped_column(String(40), default="")  # as it was when its run was made
    cost_code: Mapped[str] = mapped_column(String(40), default="")  # likewise
    paid_on: Mapped[date | None]
    run_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who put it into its run
    paid_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who marked it as paid
    is_by_one: Mapped[bool] = mapped_column(default=False)  # whoever decided paid it too: the board had nobody else
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    helped_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[helped_by_id], viewonly=True)
    run: Mapped[PaymentRun | None] = relationship(lazy="raise", viewonly=True)
    first: Mapped[FirstDecision | None] = relationship(lazy="raise", viewonly=True)

    @property
    def reference(self) -> str:
        """'NF-2026-0042'; '' before it is sent."""
        return reference(self.prefix, self.year, self.number)

    @property
    def as_sent(self) -> str:
        """'NF-2026-0042: Carers week, Monday 2 March', to tell one from another."""
        return f"{self.reference}: {self.title}, {short_day_words(self.happened_on)}"

    def days_waiting(self, until: date) -> int:
        """London days since whoever decides has had it: since it was last sent, so an answer begins them again."""
        return (until - london_day(self.sent_at)).days if self.sent_at else 0

    def days_with_board(self, until: date) -> int | None:
        """London days that it has lain with the board until a day; those with whose claim it is do not count."""
        return self.earlier_days + (until - london_day(self.sent_at)).days if self.sent_at else None


class OfClaim(OfBoard):
    """A part of a claim, and so of its person."""

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("claims.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))


class ClaimLine(OfClaim, Model):
    """One expense, with its price and how that was worked out. Miles are in tenths, time in minutes."""

    __tablename__ = "claim_lines"
    __table_args__ = (
        CheckConstraint("covered >= 0 AND covered <= cost", name="covered"),
        CheckConstraint("approved IS NULL OR (approved >= 0 AND approved <= covered)", name="approved"),
    )

    category: Mapped[str] = mapped_column(String(20))
    spent_on: Mapped[date]
    tenths: Mapped[int] = mapped_column(default=0)
    is_return: Mapped[bool | None]  # there and back: the tenths are of both ways; None where nobody was asked
    minutes: Mapped[int] = mapped_column(default=0)
    paid: Mapped[int] = mapped_column(default=0)
    sealed_note: Mapped[str] = mapped_column(Text, default="")  # from and to, or who rode along
    no_receipt_because: Mapped[str] = mapped_column(String(300), default="")
    cost: Mapped[int] = mapped_column(default=0)
    covered: Mapped[int] = mapped_column(default=0)
    rule: Mapped[str] = mapped_column(String(300), default="")
    is_copied: Mapped[bool] = mapped_column(default=False)  # from an earlier claim, and not looked at since
    approved: Mapped[int | None]
    declined_because: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    note = Sealed()

    def worked_out(self, to_approver: bool = False) -> str:
        """What of it the policy covers, and why: 'There and back. The policy covers 21 miles at 55p a mile, £11.55'."""
        said = Priced(self.cost, self.covered, self.rule).sentences(self.minutes, to_approver=to_approver)
        return f"There and back. {said}" if self.is_return else said


class Receipt(OfClaim, Model):
    """A file for a line: a picture made anew, or a checked PDF. The sha256 is of the bytes as they came."""

    __tablename__ = "receipts"
    __table_args__ = (Index("ix_receipts_sha256", "board_id", "sha256"),)

    line_id: Mapped[UUID] = mapped_column(ForeignKey("claim_lines.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    stored_as: Mapped[str] = mapped_column(String(120))
    sha256: Mapped[str] = mapped_column(String(64))
    sealed_key: Mapped[str] = mapped_column(Text, default="")  # opens a file that may tell of care
    checked_at: Mapped[datetime | None]  # when an officer looked at one that is locked
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    key = SealedData()

    @property
    def is_numbered(self) -> bool:
        """Its name tells it from the others of its claim, as nobody reads what it was called."""
        return bool(self.sealed_key) and self.file_name.startswith("Receipt ")


class ReceiptOriginal(OfClaim, Model):
    """The bytes of a picture as they were sent, locked: only to make its copy again. No page opens them."""

    __tablename__ = "receipt_originals"
    __table_args__ = (UniqueConstraint("receipt_id"),)

    receipt_id: Mapped[UUID] = mapped_column(ForeignKey("receipts.id"))
    stored_as: Mapped[str] = mapped_column(String(120))
    sealed_key: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    key = SealedData()


class FirstDecision(OfClaim, Model):
    """What an approver decided whose word is not enough: another has to agree. Nobody else is told."""

    __tablename__ = "first_decisions"
    __table_args__ = (
        UniqueConstraint("claim_id"),
        CheckConstraint("by_id <> person_id", name="never_own"),
    )

    version: Mapped[int]  # of the claim that they looked at
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]
    answers: Mapped[dict[str, list[object]]] = mapped_column(JSON)  # of each line, if it is paid and why not
    by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[by_id], viewonly=True)

    @property
    def said(self) -> dict[UUID, tuple[bool, str]]:
        return {UUID(key): (bool(is_paid), str(reason)) for key, (is_paid, reason) in self.answers.items()}


class ClaimQuestion(OfClaim, Model):
    """What an approver asked about a claim or some of its lines, and what the person answered. The trail says who."""

    __tablename__ = "claim_questions"

    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("claim_lines.id", ondelete="SET NULL"))  # if about one
    question: Mapped[str] = mapped_column(String(500))
    asked_at: Mapped[datetime]
    lines_then: Mapped[dict[str, list[object]]] = mapped_column(JSON, default=dict)  # those asked about, as they were
    sealed_answer: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None]  # when the claim was sent again, or taken back
    answer = Sealed()

    @property
    def about(self) -> dict[str, list[object]]:
        return asked_about(self.lines_then)

    def is_about(self, line_id: UUID) -> bool:
        """Older questions say in this column alone what they are about."""
        return line_id == self.line_id or str(line_id) in self.about

    def done(self, line_id: UUID | None = None) -> list[object]:
        """What was done about it, as sentences; beside a line without those of the other lines that are there."""
        return done_beside(str(line_id) if line_id else "", self.about, self.lines_then.get(DONE, []))


def event_ids(claim: Claim) -> dict[str, UUID]:
    """What every event about a claim says of it."""
    return {"board_id": claim.board_id, "claim_id": claim.id, "person_id": claim.person_id}
