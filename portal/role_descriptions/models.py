"""The national model, the description of a group's role, and who agreed to which version."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.boards.models import Group
from portal.infra.database import Identified, Model, OfBoard


class Written:
    """What the national model and every description say: Markdown by section, and promises by name.

    A version without `published_at` is the one draft. Published ones are never changed.
    """

    number: Mapped[int]
    purpose: Mapped[str] = mapped_column(Text, default="")
    governance: Mapped[str] = mapped_column(Text, default="")
    outside: Mapped[str] = mapped_column(Text, default="")
    representing: Mapped[str] = mapped_column(Text, default="")
    gives: Mapped[str] = mapped_column(Text, default="")
    promises: Mapped[list[str]] = mapped_column(JSON, default=list)
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class RoleModel(Written, Identified, Model):
    """One version of the national model, which boards adapt."""

    __tablename__ = "role_models"
    __table_args__ = (UniqueConstraint("number"),)

    reason: Mapped[str] = mapped_column(String(500), default="")  # why this version was published


class RoleDescription(Written, OfBoard, Model):
    """One version of what a carer rep of a group does."""

    __tablename__ = "role_descriptions"
    __table_args__ = (
        UniqueConstraint("group_id", "number"),
        UniqueConstraint("board_id", "group_id", "id"),
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
    )

    group_id: Mapped[UUID] = mapped_column(index=True)
    hours_a_month: Mapped[int] = mapped_column(default=0)
    contact: Mapped[str] = mapped_column(String(200), default="")
    model_number: Mapped[int] = mapped_column(default=0)  # the version of the national model it was begun from
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)


class RoleAgreement(OfBoard, Model):
    """Somebody's word that they agree to one version."""

    __tablename__ = "role_agreements"
    __table_args__ = (
        UniqueConstraint("description_id", "person_id"),
        ForeignKeyConstraint(
            ["board_id", "group_id", "description_id"],
            ["role_descriptions.board_id", "role_descriptions.group_id", "role_descriptions.id"],
            name="fk_role_agreements_description",  # the usual name is too long for PostgreSQL
        ),
        Index("ix_role_agreements_person", "person_id", "group_id"),
    )

    group_id: Mapped[UUID]
    description_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]
    person: Mapped[Person] = relationship(lazy="raise", viewonly=True)
