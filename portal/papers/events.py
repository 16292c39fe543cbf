"""What can have happened to papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent, personal
from portal.core.values import EventFacts
from portal.papers.preparing.rules import CARER_IMPACT, EQUALITY, PAPER_OR_APPENDIX
from portal.papers.withdrawing.rules import reason_words


@dataclass(frozen=True, kw_only=True)
class PapersEvent(BoardEvent, abstract=True):
    """Something about the papers of one meeting."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class FilesUploaded(PapersEvent, sentence="Uploaded files", nobody=True):
    versions: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class FileChecked(PapersEvent, sentence="A file was checked", nobody=True):
    version_id: UUID
    status: str


@dataclass(frozen=True, kw_only=True)
class FileLookedAt(PapersEvent, sentence="Looked at every page of a converted file", nobody=True):
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class FilesSorted(PapersEvent, sentence="Sorted files", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class FileSplit(PapersEvent, sentence="Split a file into papers", nobody=True):
    version_id: UUID
    parts: int


@dataclass(frozen=True, kw_only=True)
class FileRemoved(PapersEvent, sentence="Removed a file", nobody=True):
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class PaperDetailsChanged(PapersEvent, ChangeEvent, sentence="Changed the details of a paper", nobody=True):
    """Of a paper that is restricted, or held personal data in its details, it holds none of the words."""

    paper_id: UUID

    labels: ClassVar[Mapping[str, Label]] = {
        "title": "title",
        "reference": "reference",
        "author_post": "who wrote it",
        "recommendations": "what it recommends",
        "carer_impact": ("impact on carers", lambda key: dict(CARER_IMPACT).get(str(key), str(key))),
        "equality": ("equality impact assessment", lambda key: dict(EQUALITY).get(str(key), str(key))),
        "kind": ("what it is", lambda key: dict(PAPER_OR_APPENDIX).get(str(key), str(key))),
    }
    typed_by_people: ClassVar[frozenset[str]] = frozenset({"title", "reference", "author_post", "recommendations"})


@dataclass(frozen=True, kw_only=True)
class PapersPublished(PapersEvent, sentence="Published papers", nobody=True):
    """On the page from now on. People are told when it is announced."""

    publication_id: UUID
    papers: tuple[UUID, ...]
    items: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class PapersAnnounced(PapersEvent, sentence="Papers were announced"):
    """`by_id` published them; None where several people did. The clock announces, and they are not told."""

    publications: tuple[UUID, ...]
    late: bool
    by_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class PapersReplaced(PapersEvent, sentence="New versions of papers were announced"):
    papers: tuple[UUID, ...]
    by_id: UUID | None = None  # likewise


@dataclass(frozen=True, kw_only=True)
class CorrectedPaperPublished(PapersEvent, sentence="Published a paper in place of a withdrawn one"):
    """`is_announced`: reps and deputes are told of it with the other papers. `others` were published with it."""

    paper_id: UUID
    is_announced: bool
    others: tuple[UUID, ...] = ()

    @property
    def papers(self) -> tuple[UUID, ...]:
        return self.paper_id, *self.others


@dataclass(frozen=True, kw_only=True)
class MinutesPublished(PapersEvent, sentence="Published minutes"):
    """A first or a new version of draft or of approved minutes."""

    paper_id: UUID
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class PapersDueSoon(PapersEvent, sentence="Papers are due"):
    """An occasion of the calendar: papers are missing, and today is a day to say so."""

    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MinutesDue(PapersEvent, sentence="Minutes are due"):
    """An occasion of the calendar: no draft minutes yet."""

    days_since: int


@dataclass(frozen=True, kw_only=True)
class NotesHandedOver(PapersEvent, sentence="Chose which notes a depute may read", unnamed=True):
    """A rep chose how many of their notes whoever stands in for them may read; `new_notes` of these only now."""

    on_behalf_of_id: UUID
    notes: int
    new_notes: int


@dataclass(frozen=True, kw_only=True)
class PaperDownloaded(PapersEvent, sentence="Downloaded a paper", nobody=True, unnamed=True):
    paper_id: UUID
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class PackDownloaded(PapersEvent, sentence="Downloaded a pack", nobody=True, unnamed=True):
    """`versions` are the files inside; a line from before they were noted has none."""

    versions: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PaperWithdrawn(PapersEvent, sentence="Withdrew a paper"):
    """A whole paper, or some of its versions."""

    paper_id: UUID
    withdrawal_id: UUID
    versions: tuple[int, ...]
    is_whole: bool
    reason: str
    words: str = personal()
    is_renamed: bool = False  # with it, as the title that readers knew names someone

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if "reason" in facts:
            yield reason_words(facts["reason"])
        yield from (f"version {number}" for number in facts.get("versions", ()) if not facts.get("is_whole"))
        yield from about_people.values()


@dataclass(frozen=True, kw_only=True)
class PaperPutBack(PapersEvent, sentence="Put back a paper that had been withdrawn"):
    paper_id: UUID
    withdrawal_id: UUID
    versions: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawnFileDestroyed(PapersEvent, sentence="A file withdrawn for personal data was destroyed", nobody=True):
    version_id: UUID


@dataclass(frozen=True, kw_only=True)
class DownloadsAsked(PapersEvent, sentence="Asked who downloaded a paper withdrawn for personal data"):
    """An administrator gave a reason. Whoever is on the list is told."""

    paper_id: UUID
    withdrawal_id: UUID
    request_id: UUID
    reason: str = personal()
