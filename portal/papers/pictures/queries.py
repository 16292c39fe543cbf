"""Pages of a paper as a reader sees them, those to be read by machine, and pictures counted by author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select

from portal.access.decide import Reach
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.infra.scope import within
from portal.papers.models import PageText, Paper, PaperVersion
from portal.papers.pictures.rules import excerpt
from portal.papers.reading.queries import newest_version


@dataclass(frozen=True)
class PageShown:
    """A page in the text view: its words, and what is so of one that has none of its own."""

    number: int
    text: str = ""
    is_picture: bool = False
    is_empty: bool = False  # it was looked at, and there is neither word nor picture
    read_by_machine: str = ""


def pages_shown(version: PaperVersion) -> list[PageShown]:
    """Every page of a file, in order, also one of which no text was kept."""
    rows = db.session.execute(_pages(), {"version_id": version.id, "board_id": version.board_id})
    shown = {page: _shown(page, text, picture, read or "") for page, text, picture, read in rows}
    return [shown.get(number) or PageShown(number) for number in range(1, version.pages + 1)]


@made_once
def _pages() -> Select[int, str, bool | None, str | None]:
    statement = select(PageText.page, PageText.text, PageText.is_picture, PageText.read_by_machine)
    of = (PageText.version_id == bindparam("version_id"), PageText.board_id == bindparam("board_id"))
    return statement.where(*of).order_by(PageText.page)


def _shown(number: int, text: str, is_picture: bool | None, read_by_machine: str) -> PageShown:
    words = text.strip()
    return PageShown(number, words, bool(is_picture), is_picture is False and not words, read_by_machine)


@dataclass(frozen=True)
class FoundOn:
    """A page with the words that somebody looks for, and what stands around them."""

    number: int
    excerpt: str
    by_machine: bool  # only there: perhaps the page says something else


def pages_with(pages: Sequence[PageShown], asked: str) -> list[FoundOn]:
    """In the order of the pages. What the page says itself comes before what a machine read on it."""
    said = [(page, excerpt(page.text, asked)) for page in pages]
    return [
        FoundOn(page.number, words or read, not words)
        for page, words in said
        if (read := words or excerpt(page.read_by_machine, asked))
    ]


def version_to_read(version_id: UUID) -> PaperVersion | None:
    """A file with pages for the machine, whoever uploaded it; none that was withdrawn."""
    is_there = (PaperVersion.status == "ready", PaperVersion.stored_as != "", PaperVersion.withdrawal_id.is_(None))
    return db.session.scalar(select(PaperVersion).where(PaperVersion.id == version_id, *is_there))


def page_text(version_id: UUID, page: int) -> PageText | None:
    return db.session.scalar(select(PageText).where(PageText.version_id == version_id, PageText.page == page))


def next_to_read(version_id: UUID) -> int | None:
    """The first page that is a picture and was not read by machine yet."""
    statement = select(func.min(PageText.page)).where(
        PageText.version_id == version_id, PageText.is_picture.is_(True), PageText.read_by_machine.is_(None)
    )
    return db.session.scalar(statement)


@dataclass(frozen=True)
class OfAuthor:
    """The papers of one post, their pages, and how many of those are pictures."""

    post: str
    papers: int
    pages: int
    pictures: int


def by_author(reach: Reach, board_id: UUID) -> Sequence[OfAuthor]:
    """The newest published file of each paper whose pages were looked at, by who wrote it; '' where nobody said."""
    pictures = func.sum(PaperVersion.picture_pages)
    statement = (
        select(Paper.author_post, func.count(Paper.id), func.sum(PaperVersion.pages), pictures)
        .join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == newest_version))
        .where(within(reach, Paper), Paper.board_id == board_id, PaperVersion.picture_pages.is_not(None))
        .group_by(Paper.author_post)
        .order_by(pictures.desc(), Paper.author_post)
    )
    return [OfAuthor(post, papers, pages, number or 0) for post, papers, pages, number in db.session.execute(statement)]
