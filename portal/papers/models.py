"""Papers, their versions and text, publications, packs, and what a reader keeps for themselves."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship, synonym

from portal.core.values import Typed
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed
from portal.meetings.models import AgendaItem, Meeting
from portal.papers.converting.rules import made_words
from portal.papers.destination import NOTHING_YET, THE_AGENDA, Destination, minutes, of_item, version_of
from portal.papers.pictures.rules import picture_words
from portal.papers.preparing.rules import title_told_apart
from portal.papers.withdrawing.rules import REFUSED_AGAIN, WITHDRAWN_FOR

A_FEW_PAGES = 3  # of one paper; a file with more may hold several


class OfMeeting(OfBoard):
    """A row that belongs to one meeting, and so to its group and board."""

    group_id: Mapped[UUID]
    meeting_id: Mapped[UUID] = mapped_column(index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[object, ...]:  # noqa: N805 - SQLAlchemy hands it the class
        return (
            ForeignKeyConstraint(
                ["board_id", "group_id", "meeting_id"],
                ["meetings.board_id", "meetings.group_id", "meetings.id"],
            ),
            *getattr(cls, "extra_table_args", ()),
        )


class Publication(OfMeeting, Model):
    """One press of Publish. It is announced once, alone or with others of the same ten minutes."""

    __tablename__ = "publications"
    extra_table_args = (Index("ix_publications_to_announce", "announced_at", "announce_at"),)

    published_at: Mapped[datetime]
    announce_at: Mapped[datetime | None]  # None: nobody is told
    announced_at: Mapped[datetime | None]


class Withdrawal(OfMeeting, Model):
    """That a published paper, or some of its files, was withdrawn, and why. It names nobody, and stays on record."""

    __tablename__ = "withdrawals"
    extra_table_args = (CheckConstraint(f"reason IN {WITHDRAWN_FOR}", name="reason"),)

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(300), default="")  # what the clerk says beside
    could_open: Mapped[int]  # how many people could open it: the basis of what is reported of a breach
    withdrawn_at: Mapped[datetime]
    put_back_at: Mapped[datetime | None]


class WithdrawnFile(OfMeeting, Model):
    """A file that nobody opens any more, as it held personal data, until it is destroyed with this row."""

    __tablename__ = "withdrawn_files"

    withdrawal_id: Mapped[UUID] = mapped_column(ForeignKey("withdrawals.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("paper_versions.id"), index=True)
    stored_as: Mapped[str] = mapped_column(String(120))
    goes_on: Mapped[date] = mapped_column(index=True)


class DownloadsRequest(OfMeeting, Model):
    """That an administrator asked, for a reason, who downloaded what was withdrawn as it held personal data."""

    __tablename__ = "downloads_requests"

    withdrawal_id: Mapped[UUID] = mapped_column(ForeignKey("withdrawals.id"), index=True)
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    sealed_reason: Mapped[str] = mapped_column(Text)
    reason = Sealed()


class Paper(OfMeeting, Model):
    """A document for an agenda item, the agenda itself, or the minutes of the meeting. Its files are its versions."""

    __tablename__ = "papers"
    extra_table_args = (
        UniqueConstraint("board_id", "meeting_id", "id"),
        CheckConstraint("kind IN ('paper', 'appendix', 'minutes', 'agenda')", name="kind"),
    )

    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("agenda_items.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="paper")
    stage: Mapped[str] = mapped_column(String(12), default="")  # of minutes: draft or approved
    title: Mapped[str] = mapped_column(String(300))
    reference: Mapped[str] = mapped_column(String(40), default="")
    author_post: Mapped[str] = mapped_column(String(200), default="")
    recommendations: Mapped[str] = mapped_column(Text, default="")
    equality: Mapped[str] = mapped_column(String(20), default="")
    carer_impact: Mapped[str] = mapped_column(String(20), default="")
    earlier_details: Mapped[list[Typed]] = mapped_column(JSON, default=list)  # since it was published
    created_at: Mapped[datetime]
    first_published_on: Mapped[date | None]  # the London day that its notice counts from
    withdrawn_at: Mapped[datetime | None]  # since when none of its files is open to readers; its notice stays
    # Of one that was withdrawn before the meeting began: the day of the meeting as it was then.
    measured_to: Mapped[date | None]
    # The withdrawn paper that a clerk uploaded it in place of; it is measured by its own day.
    in_place_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("papers.id"), index=True)
    meeting: Mapped[Meeting] = relationship(lazy="raise", viewonly=True)
    item: Mapped[AgendaItem | None] = relationship(lazy="raise", viewonly=True)

    @property
    def called(self) -> str:
        """Its title, by which draft and approved minutes can be told apart."""
        return title_told_apart(self.title, self.kind, self.stage)

    minutes_id = synonym("id")  # what the reach of somebody who may read single minutes is compared with


class PaperVersion(OfMeeting, Model):
    """One file of a paper: being checked, ready or refused; written once and never changed."""

    __tablename__ = "paper_versions"
    extra_table_args = (
        UniqueConstraint("paper_id", "number"),
        CheckConstraint("status IN ('checking', 'ready', 'refused')", name="status"),
    )

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"), index=True)
    number: Mapped[int] = mapped_column(default=1)
    file_name: Mapped[str] = mapped_column(String(200))
    stored_as: Mapped[str] = mapped_column(String(120), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    source_sha256: Mapped[str] = mapped_column(String(64), default="")  # of the file that the PDF was made from
    size: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(10), default="checking")
    reason: Mapped[str] = mapped_column(String(300), default="")
    pages: Mapped[int] = mapped_column(default=0)
    has_text: Mapped[bool] = mapped_column(default=False)
    is_tagged: Mapped[bool] = mapped_column(default=False)
    has_title: Mapped[bool] = mapped_column(default=False)
    taken_out: Mapped[list[str]] = mapped_column(JSON, default=list)  # harmless things, in words
    hidden_layers: Mapped[list[str]] = mapped_column(JSON, default=list)  # each in words
    picture_pages: Mapped[int | None]  # how many; None: nobody counted
    made_from: Mapped[str] = mapped_column(String(12), default="")  # 'word' or 'powerpoint'; '' of what came as PDF
    looked_at: Mapped[datetime | None]  # when a clerk had looked at every page of a file that was made from another
    uploaded_at: Mapped[datetime]
    title_inside: Mapped[str] = mapped_column(String(300), default="")  # what the file calls itself
    parts_inside: Mapped[int] = mapped_column(default=0)  # on how many pages a part begins, by its bookmarks
    is_sorted: Mapped[bool] = mapped_column(default=False)  # a clerk has said what it is
    guessed: Mapped[list[str]] = mapped_column(JSON, default=list)  # why its place is a guess that no clerk confirmed
    is_held_back: Mapped[bool] = mapped_column(default=False)  # a clerk does not want it published yet, whatever it is
    publication_id: Mapped[UUID | None] = mapped_column(ForeignKey("publications.id"), index=True)
    published_at: Mapped[datetime | None]
    withdrawal_id: Mapped[UUID | None] = mapped_column(ForeignKey("withdrawals.id"), index=True)
    paper: Mapped[Paper] = relationship(lazy="raise")
    withdrawal: Mapped[Withdrawal | None] = relationship(lazy="raise", viewonly=True)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def withdrawn_for(self) -> str:
        return self.withdrawal.reason if self.withdrawal else ""

    @property
    def held_personal_data(self) -> bool:
        """Whether it is refused as the file that was withdrawn for that: it cannot be uploaded again."""
        return self.status == "refused" and self.reason == REFUSED_AGAIN

    @property
    def must_be_looked_at(self) -> bool:
        return bool(self.made_from) and self.looked_at is None

    @property
    def made_words(self) -> str:
        """'Made from a Word file'; '' of what came as PDF."""
        return made_words(self.made_from)

    @property
    def may_be_several(self) -> bool:
        """Whether it is long enough to hold several papers, or its bookmarks name several."""
        is_several = self.pages > A_FEW_PAGES or self.parts_inside > 1
        return self.status == "ready" and not self.must_be_looked_at and is_several

    @property
    def picture_words(self) -> str:
        """'30 of 39 pages are pictures: …'; '' where none is, or nobody counted."""
        return picture_words(self.picture_pages or 0, self.pages)

    @property
    def place(self) -> Destination:
        """Where a clerk put it."""
        if not self.is_sorted:
            return NOTHING_YET
        if self.number > 1:
            return version_of(self.paper_id)
        if self.paper.kind == "minutes":
            return minutes(self.paper.stage)
        if self.paper.kind == "agenda":
            return THE_AGENDA
        return of_item(self.paper.item_id) if self.paper.item_id else NOTHING_YET


class PageText(OfBoard, Model):
    """The text of one page, for reading on a small screen and for search."""

    __tablename__ = "page_texts"
    __table_args__ = (UniqueConstraint("version_id", "page"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("paper_versions.id"))
    page: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    is_picture: Mapped[bool | None]  # None: nobody looked
    read_by_machine: Mapped[str | None] = mapped_column(Text)  # for finding only; None: not read, or not yet


class Pack(OfMeeting, Model):
    """All published papers of a meeting in one file, for those who may read restricted papers and for others."""

    __tablename__ = "packs"

    contents: Mapped[str] = mapped_column(String(64), unique=True)  # a mark of all that is inside and on its cover
    stored_as: Mapped[str] = mapped_column(String(120), default="")
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)
    starts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # by version, the page on which it begins
    has_restricted: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]  # when its papers could not be put together


class Reading(OfMeeting, Model):
    """A reader's own mark that a paper is read. Nobody else sees it."""

    __tablename__ = "readings"
    extra_table_args = (UniqueConstraint("paper_id", "person_id"),)

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    read_at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=1)  # which version was read


class Note(OfMeeting, Model):
    """A reader's own note on a paper, whatever its version. Nobody else sees it, unless it is handed to a depute."""

    __tablename__ = "notes"
    extra_table_args = (UniqueConstraint("paper_id", "person_id"),)

    paper_id: Mapped[UUID] = mapped_column(ForeignKey("papers.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    sealed_text: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    is_handed_over: Mapped[bool] = mapped_column(default=False)  # to whoever stands in for its writer at the meeting
    text = Sealed()
