"""Corrections, of a board's own facts and of rows about people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.boards.models import Group
from portal.capability import gathered
from portal.core.clock import london_day
from portal.corrections.figure_words import better_words, figure_lines, mark_of_figures, renamed
from portal.corrections.rules import MADE, STATUSES
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed

TODAY, TRIED, GONE = "_today", "_tried", "_gone"  # what is looked up of one that waits, and never saved


class Correction(OfBoard, Model):
    """A fact of the past put right, or to be confirmed first. Of a board it stays for good, with both values."""

    __tablename__ = "corrections"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("NOT makes_better OR status <> 'made' OR decided_by_id <> asked_by_id", name="second_person"),
        CheckConstraint("is_of_board OR status = 'made'", name="rows_are_made"),
        Index("ix_corrections_board_kind", "board_id", "kind", "decided_at"),
        Index("ix_corrections_thing", "thing_id"),
    )

    kind: Mapped[str] = mapped_column(String(30))
    is_of_board: Mapped[bool]
    thing_id: Mapped[UUID]
    group_id: Mapped[UUID | None]  # whose reps are told; None: those of the whole board
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)  # none of a board, or forgotten
    about: Mapped[str] = mapped_column(String(300))
    was_value: Mapped[str] = mapped_column(String(300))
    now_value: Mapped[str] = mapped_column(String(300))
    was: Mapped[str] = mapped_column(String(300))  # the same in words
    now: Mapped[str] = mapped_column(String(300))
    judged_was: Mapped[str] = mapped_column(Text, default="")  # what figures made of it, and make of it
    judged_now: Mapped[str] = mapped_column(Text, default="")
    makes_better: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(500))  # of a row about a person: one of the list
    # What was added: about a row of a person, by whoever corrected it; of a fact, why somebody refused to confirm it.
    sealed_line: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    line = Sealed()
    group: Mapped[Group | None] = relationship(
        lazy="joined", foreign_keys="Correction.group_id", primaryjoin="Correction.group_id == Group.id", viewonly=True
    )
    asked_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[asked_by_id], viewonly=True)
    decided_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[decided_by_id], viewonly=True)

    @property
    def _names(self) -> tuple[str, str]:
        """What its group was called when it was asked for, and is called today; empty where there is none."""
        then = gathered().correctable[self.kind].group_in(self.about) if self.group_id else ""
        return then, self.group.name if then and self.group else then

    @property
    def called(self) -> str:
        """What it is about, with the name that its group has today."""
        return self.about.replace(*self._names, 1) if self.was_called else self.about

    @property
    def was_called(self) -> str:
        """What its group was called when it was asked for, where that is another name; '' else."""
        then, today = self._names
        return then if then != today else ""

    def keep_figures(self, was: str, now: str) -> None:
        """With the name that its group had when it was asked for, like everything else that is kept of it."""
        then, today = self._names
        self.judged_was, self.judged_now = renamed(was, today, then), renamed(now, today, then)

    @property
    def figures(self) -> list[str]:
        """Each figure that it changes, with both values."""
        today: Mapping[str, str] | None = vars(self).get(TODAY)
        made_on = london_day(self.decided_at) if self.decided_at and self.status == MADE else None
        return figure_lines(*self._judged, self.status, today, made_on)

    @property
    def _judged(self) -> tuple[str, str]:
        """With the name that its group has today, as everywhere else on the page."""
        was, now = renamed(self.judged_was, *self._names), renamed(self.judged_now, *self._names)
        tried: tuple[str, str] = vars(self).get(TRIED, (was, now))
        return tried

    def say_today(self, words: Mapping[str, str]) -> None:
        """Of one that waits: what each figure says now, for whoever reads what it would change. Nothing is saved."""
        vars(self)[TODAY] = words

    def say_tried(self, was: str, now: str) -> None:
        """Of one that waits: what it would change if it were made now. Nothing is saved."""
        vars(self).pop(TODAY, None)
        vars(self)[TRIED] = (was, now)

    def say_gone(self) -> None:
        """Of one that waits: the fact is another one by now, so that it cannot be made. Nothing is saved."""
        self.say_tried("", "")
        vars(self)[GONE] = True

    @property
    def can_be_made(self) -> bool:
        """Of one that waits, as far as it was looked up."""
        return self.is_waiting and GONE not in vars(self)

    @property
    def mark(self) -> str:
        """Of what it would change, as a page says it."""
        return mark_of_figures(*self._judged)

    @property
    def better(self) -> str:
        """Which figures it makes better, in a sentence."""
        return better_words(*self._judged)

    @property
    def is_cancelled(self) -> bool:
        """Whether whoever asked for it cancelled it: nobody else may decide on their own."""
        return self.status == "declined" and self.decided_by_id == self.asked_by_id

    @property
    def is_waiting(self) -> bool:
        return self.status == "waiting"
