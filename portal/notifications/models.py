"""The outbox: one row an email and recipient, written with the change it tells of."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.infra.database import Identified, MaybeOfBoard, Model
from portal.infra.notification import Facts

FIRST, LATER = 0, 1  # whose turn it is
NOT_SENT = "Not sent: "  # with it begins the problem of one that was no longer true
STATUSES = ("waiting", "held", "bundled", "sent", "failed", "expired")


class Email(Identified, MaybeOfBoard, Model):
    """One email to one person, or to an address that a board has named.

    `facts` are what its words are made from; links are made when it is sent.
    """

    __tablename__ = "emails"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("person_id IS NOT NULL OR to_address IS NOT NULL", name="goes_somewhere"),
        Index("ix_emails_to_send", "status", "turn", "not_before"),
        Index("ix_emails_board", "board_id", "asked_at"),
        Index("ix_emails_undo", "undo_id"),
    )

    key: Mapped[str] = mapped_column(String(250), unique=True)  # template, occasion, recipient
    template: Mapped[str] = mapped_column(String(40))
    board_id: Mapped[UUID | None]
    meeting_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: nobody's own
    to_address: Mapped[str | None] = mapped_column(String(254))  # only when it is not the person's own
    facts: Mapped[Facts] = mapped_column(JSON)
    message_id: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    asked_at: Mapped[datetime]
    not_before: Mapped[datetime]  # also the end of the lease of whoever is sending it
    turn: Mapped[int] = mapped_column(SmallInteger, default=LATER)  # what somebody waits for goes first
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    undo_id: Mapped[UUID | None]  # what it tells of can be undone until it leaves; then it is taken out again
    problem: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person | None] = relationship(lazy="joined")

    @property
    def reader(self) -> Person:
        """Whose it is. Raises LookupError for one to an address that is nobody's own."""
        if self.person is None:
            raise LookupError(f"{self.id} is to an address of a board")
        return self.person

    @property
    def is_untrue(self) -> bool:
        """Whether it was not sent, as what it says was no longer true."""
        return self.status == "expired" and self.problem.startswith(NOT_SENT)

    @property
    def goes_to(self) -> str:
        return self.to_address or self.reader.email
