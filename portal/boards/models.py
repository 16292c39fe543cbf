"""Boards, groups, seats, appointments and staff roles."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, synonym

from portal.access.roles import BEGINS_WITH_ANOTHER
from portal.accounts.models import Person
from portal.boards.seats.rules import GAVE_UP
from portal.core.clock import london_day
from portal.infra.database import Identified, MaybeOfBoard, Model, OfBoard


class Board(Identified, Model):
    """An integration authority: the tenant."""

    __tablename__ = "boards"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    authority_code: Mapped[str | None] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(100))
    model: Mapped[str] = mapped_column(String(20), default="body_corporate")
    councils: Mapped[str] = mapped_column(String(300), default="")
    health_board: Mapped[str] = mapped_column(String(100), default="")
    clear_notice_days: Mapped[int] = mapped_column(default=5)
    public_access_days: Mapped[int] = mapped_column(default=3)
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=lambda: [14, 10, 8])
    check_in_days: Mapped[int] = mapped_column(default=10)
    withdrawn_days: Mapped[int] = mapped_column(default=30)  # until a file withdrawn for personal data is destroyed
    contact: Mapped[str] = mapped_column(String(200), default="")
    complaints_who: Mapped[str] = mapped_column(String(200), default="")  # who looks after complaints
    complaints_email: Mapped[str] = mapped_column(String(254), default="")
    complaints_page: Mapped[str] = mapped_column(String(500), default="")
    finance_email: Mapped[str] = mapped_column(String(254), default="")  # told of each payment run
    controller: Mapped[str] = mapped_column(String(200), default="")  # who is responsible for personal data, in law
    controller_address: Mapped[str] = mapped_column(String(300), default="")
    data_protection_contact: Mapped[str] = mapped_column(String(200), default="")
    data_protection_email: Mapped[str] = mapped_column(String(254), default="")
    health_condition: Mapped[str] = mapped_column(String(20), default="")  # a key of data_protection.CONDITIONS
    privacy_notice: Mapped[str] = mapped_column(String(500), default="")  # the address of the board's own
    version: Mapped[int] = mapped_column(default=1)
    board_id = synonym("id")


class PaperTarget(OfBoard, Model):
    """How many days before a meeting a board wants its papers out, from a day on. What was promised before stays."""

    __tablename__ = "paper_targets"
    __table_args__ = (
        UniqueConstraint("board_id", "from_on"),
        CheckConstraint("days BETWEEN 1 AND 60", name="days"),
        Index("ix_paper_targets_board_meetings", "board_id", "meetings_from"),
    )

    days: Mapped[int]
    from_on: Mapped[date]  # the first day on which it holds
    meetings_from: Mapped[date]  # the first day whose meetings are measured by it: their papers were not due before

    @property
    def target_id(self) -> UUID:
        return self.id


class Group(OfBoard, Model):
    """A body of a board that meets."""

    __tablename__ = "groups"
    __table_args__ = (
        UniqueConstraint("board_id", "id"),
        ForeignKeyConstraint(["board_id", "parent_id"], ["groups.board_id", "groups.id"]),
    )

    parent_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    closed_on: Mapped[date | None]
    board: Mapped[Board] = relationship(lazy="raise")
    group_id = synonym("id")


class Seat(OfBoard, Model):
    """A place on a group for a carer rep."""

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("board_id", "group_id", "id"),
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
    )

    group_id: Mapped[UUID] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(String(200))
    created_on: Mapped[date]
    closed_on: Mapped[date | None]
    votes_from: Mapped[date | None]


class Appointment(OfBoard, Model):
    """A person in a seat, from a day until a day."""

    __tablename__ = "appointments"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id", "seat_id"], ["seats.board_id", "seats.group_id", "seats.id"]),
        CheckConstraint("until_on >= from_on", name="until_after_from"),
        Index("ix_appointments_person", "person_id", "until_on"),
    )

    group_id: Mapped[UUID] = mapped_column(index=True)
    seat_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    until_on: Mapped[date]
    ended_at: Mapped[datetime | None]
    left_because: Mapped[str] = mapped_column(String(20), default="")  # for figures, never beside a name
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who appointed them
    made_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])

    @property
    def held(self) -> tuple[date, date] | None:
        """Its days; None where whoever was to sit there declined, or was withdrawn, before they joined."""
        return None if self.is_out else (self.from_on, self.until_on)

    @property
    def is_out(self) -> bool:
        """Whether whoever was to sit there never will: they did not join, or not before somebody else got the seat."""
        return self.person.out_on is not None or self.gave_up

    @property
    def gave_up(self) -> bool:
        return self.left_because in GAVE_UP

    @property
    def recorded_after_it_began(self) -> bool:
        return self.made_at is not None and london_day(self.made_at) > self.from_on


class Agreement(OfBoard, Model):
    """An administrator's word for one board that somebody's account is changed; see agreements.py."""

    __tablename__ = "agreements"
    __table_args__ = (Index("ix_agreements_person_what", "person_id", "what"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str] = mapped_column(String(20))
    agreed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]


class BoardAccess(OfBoard, Model):
    """What administrators of a board did to somebody's access to it; see boards/access."""

    __tablename__ = "board_access"
    __table_args__ = (UniqueConstraint("person_id", "board_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    signed_out_at: Mapped[datetime | None]  # a session that did not prove itself since then sees nothing of the board
    suspended_at: Mapped[datetime | None]  # until it is given back
    reading_ended_on: Mapped[date | None]  # past papers of a term that ended by then are closed


class StaffRole(Identified, MaybeOfBoard, Model):
    """A role other than rep, on one board; a coordinator's is on none."""

    __tablename__ = "staff_roles"
    __table_args__ = (
        CheckConstraint("(board_id IS NULL) = (role = 'coordinator')", name="coordinators_have_no_board"),
        CheckConstraint(
            "waits_since IS NOT NULL OR made_by_id IS NULL OR made_by_id <> person_id"
            f" OR role NOT IN {BEGINS_WITH_ANOTHER}",
            name="begins_with_another",
        ),
        Index("ix_staff_roles_person", "person_id", "until_on"),
    )

    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))  # who gave it, or agreed to it
    made_at: Mapped[datetime | None]
    waits_since: Mapped[datetime | None]  # given to oneself: it has not begun, whatever its days say
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
