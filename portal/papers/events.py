"""What can have happened to papers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PapersEvent(Event):
    """Something about the papers of one meeting."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class FilesUploaded(PapersEvent):
    versions: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class FileChecked(PapersEvent):
    version_id: UUID
    status: str


@dataclass(frozen=True, kw_only=True)
class FilesSorted(PapersEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class FileRemoved(PapersEvent):
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperDetailsChanged(PapersEvent):
    paper_id: UUID


@dataclass(frozen=True, kw_only=True)
class PapersPublished(PapersEvent):
    """On the page from now on. People are told when it is announced."""

    publication_id: UUID
    papers: tuple[UUID, ...]
    items: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PapersAnnounced(PapersEvent):
    publications: tuple[UUID, ...]
    late: bool


@dataclass(frozen=True, kw_only=True)
class PapersDueSoon(PapersEvent):
    """An occasion of the calendar: papers are missing, and today is a day to say so."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesDue(PapersEvent):
    """An occasion of the calendar: no draft minutes yet."""

    days_since: int


@dataclass(frozen=True, kw_only=True)
class NotesHandedOver(PapersEvent):
    """A rep chose how many of their notes whoever stands in for them may read."""

    notes: int


@dataclass(frozen=True, kw_only=True)
class PaperDownloaded(PapersEvent):
    paper_id: UUID
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class PackDownloaded(PapersEvent):
    pass
