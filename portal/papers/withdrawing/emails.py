"""Who hears that a paper was withdrawn or put back, and that their name is on a list of downloads."""

from __future__ import annotations

from uuid import UUID

from portal.accounts import queries as accounts
from portal.boards.access import queries as access
from portal.boards.emails import administrators, name_of, of_board
from portal.core import clock
from portal.core.text import count_words, day_words, together
from portal.infra.notification import Facts, Notification, Recipient, each
from portal.infra.unit_of_work import acting
from portal.meetings.emails import of_meeting
from portal.meetings.rules import PRIVATE_PAPER
from portal.papers.events import DownloadsAsked, PaperPutBack, PaperWithdrawn
from portal.papers.reading import titles
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.could_open import could_open
from portal.papers.withdrawing.recognising import known_by, title_words
from portal.papers.withdrawing.rules import emailed_words, goes_on, is_for_personal_data, reason_words, words_beside


def whoever_could_open(event: PaperWithdrawn) -> list[Recipient]:
    """All alike, whether they opened it or not; but whoever withdrew it, and administrators who are told more."""
    told = {one.person_id for one in administrators_of_personal_data(event)}
    return _but(told, _could_open(event))


def _could_open(event: PaperWithdrawn) -> list[UUID]:
    return could_open(queries.paper_by_id(event.paper_id), queries.versions_of(event.withdrawal_id))


def administrators_of_personal_data(event: PaperWithdrawn) -> list[Recipient]:
    return administrators(event) if is_for_personal_data(event.reason) else []


def whoever_can_open(event: PaperPutBack) -> list[Recipient]:
    return _but(set(), queries.readers(queries.paper_by_id(event.paper_id), clock.today()))


def whoever_downloaded(event: DownloadsAsked) -> list[Recipient]:
    return each(one.person_id for one in queries.downloads(queries.withdrawal_by_id(event.withdrawal_id)))


def _but(others: set[UUID], people: list[UUID]) -> list[Recipient]:
    return each(one for one in people if one not in {*others, acting.get()})


def withdrawn(event: PaperWithdrawn) -> Facts:
    """What was withdrawn and why; and which version is open now, if any is."""
    paper = queries.paper_by_id(event.paper_id)
    return {
        **of_meeting(event),
        "title": paper.title,
        "paper_id": paper.id.hex,
        "versions": _versions(event.versions) if not event.is_whole else "",
        "because": reason_words(event.reason, event.words),
        "words": words_beside(event.reason, event.words),
        "is_personal": is_for_personal_data(event.reason),
        **known_by(paper, queries.published_on(queries.versions_of(event.withdrawal_id))),
        "its_title": title_words(paper.title, event.is_renamed),
    }


def _versions(numbers: tuple[int, ...]) -> str:
    return f"{'version' if len(numbers) == 1 else 'versions'} {together([str(one) for one in numbers])}"


def withdrawn_for_personal_data(event: PaperWithdrawn) -> Facts:
    """For administrators, who may not be allowed to know what a private paper is called."""
    found = queries.withdrawal_by_id(event.withdrawal_id)
    days = queries.days_until_destroyed(event.board_id)
    facts = withdrawn(event)
    is_private = titles.titles(event.board_id, [event.paper_id])[event.paper_id] == PRIVATE_PAPER
    title = PRIVATE_PAPER if is_private else facts["title"]
    return {
        **facts,
        **of_board(event),
        "title": title,
        "a_paper": title if is_private else facts["a_paper"],
        "its_title": title_words(title, event.is_renamed, is_private),
        "withdrawal_id": found.id.hex,
        "could_open": count_words(found.could_open, "person", "people"),
        "emailed": _emailed(event),
        "destroyed": day_words(goes_on(clock.today(), days)),
    }


def _emailed(event: PaperWithdrawn) -> str:
    """How many of those who could open it are written to, and why the others are not."""
    could, told = set(_could_open(event)), {one.person_id for one in _told(event)}
    closed = {key for key, one in accounts.people(could & told).items() if one.disabled_at is not None}
    suspended = (could & told & access.suspended(event.board_id)) - closed
    emailed = len((could & told) - closed - suspended)
    return emailed_words(emailed, len(could - told), len(closed), len(suspended))


def _told(event: PaperWithdrawn) -> list[Recipient]:
    return [*whoever_could_open(event), *administrators_of_personal_data(event)]


def put_back(event: PaperPutBack) -> Facts:
    paper = queries.paper_by_id(event.paper_id)
    return {**of_meeting(event), "title": paper.title, "paper_id": paper.id.hex}


def on_the_list(event: DownloadsAsked) -> Facts:
    """That somebody is on it; and whom to ask. The reason itself is in the trail."""
    request = queries.request_by_id(event.request_id)
    paper, files = queries.paper_by_id(event.paper_id), queries.versions_of(event.withdrawal_id)
    return {
        **of_meeting(event),
        **of_board(event),
        **known_by(paper, queries.published_on(files)),
        "title": paper.title,
        "asked_by": name_of(request.asked_by_id),
    }


EMAILS = (
    Notification(PaperWithdrawn, whoever_could_open, "paper-withdrawn", withdrawn, always=True, at_once=True),
    Notification(
        PaperWithdrawn,
        administrators_of_personal_data,
        "personal-data-found",
        withdrawn_for_personal_data,
        always=True,
        at_once=True,
        answered_by="",
    ),
    Notification(PaperPutBack, whoever_can_open, "paper-put-back", put_back, always=True, at_once=True),
    Notification(
        DownloadsAsked,
        whoever_downloaded,
        "download-listed",
        on_the_list,
        always=True,
        at_once=True,
        unlisted=True,
        answered_by="",
    ),
)
