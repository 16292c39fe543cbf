"""The four steps from an agenda to published papers, and which of them is next."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from portal.core.text import count_words
from portal.papers.preparing.plan import ready_to_publish
from portal.papers.preparing.proposals import is_to_match

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion


class Step(Enum):
    """In their order."""

    AGENDA, PAPERS, CHECK, PUBLISH = 1, 2, 3, 4


@dataclass(frozen=True)
class Steps:
    """How far the papers of a meeting are, in words for each step; `next` is what there is to do, if anything."""

    agenda: str
    papers: str
    check: str
    publish: str
    next: Step | None
    refused: tuple[PaperVersion, ...] = ()  # the files that cannot be used, each with its reason


def steps(
    items: Sequence[AgendaItem],
    lacking: int,
    waiting: Sequence[PaperVersion],
    has_opened: bool,
    same: Collection[UUID] = (),
) -> Steps:
    """From a meeting's items, how many of them have no published paper, and the files that are not published.

    `same`: those of them that are open already.
    """
    ready = ready_to_publish(waiting, has_opened, same)
    unsorted = [one for one in waiting if is_to_match(one)]
    unseen = [one for one in waiting if one.is_sorted and one.status == "ready" and one.must_be_looked_at]
    fresh = [one for one in items if one.published_at is None]
    unusable = tuple(one for one in waiting if one.status == "refused")
    refused = len(unusable)
    return Steps(
        agenda=count_words(len(items), "item") if items else "No items yet",
        papers=_papers(lacking, len(waiting) - refused, refused),
        check=_check(len(waiting) - refused, len(unsorted), len(unseen), refused),
        publish=_publish(len(ready), len(fresh)),
        next=_next(items, lacking, [*unsorted, *unseen], ready, fresh),
        refused=unusable,
    )


def _papers(lacking: int, taken: int, refused: int) -> str:
    """'2 files uploaded, not published. 1 file cannot be used. 3 items have no published paper'."""
    uploaded = f"{count_words(taken, 'file')} uploaded, not published" if taken else ""
    without = f"{count_words(lacking, 'item has', 'items have')} no published paper" if lacking else ""
    files = [one for one in (uploaded, _unusable(refused)) if one]
    return ". ".join([*(files or ["No files to publish"]), *([without] if without else [])])


def _check(taken: int, unsorted: int, unseen: int, refused: int) -> str:
    to_match = f"{count_words(unsorted, 'file')} to match" if unsorted else "All files are matched" if taken else ""
    to_look_at = f"{count_words(unseen, 'converted file')} to look at" if unseen else ""
    return ", ".join(one for one in (to_match, to_look_at, _unusable(refused)) if one) or "No files to match"


def _unusable(refused: int) -> str:
    return f"{count_words(refused, 'file')} cannot be used" if refused else ""


def _publish(ready: int, fresh: int) -> str:
    if not ready and not fresh:
        return "Nothing to publish"
    files = [count_words(ready, "file")] if ready else []
    items = [count_words(fresh, "new agenda item")] if fresh else []
    return f"{' and '.join([*files, *items])} to publish"


def _next(
    items: Sequence[AgendaItem],
    lacking: int,
    to_check: Sequence[PaperVersion],
    ready: Sequence[PaperVersion],
    fresh: Sequence[AgendaItem],
) -> Step | None:
    """Files that wait come before others that are still to come."""
    if to_check:
        return Step.CHECK
    if ready:
        return Step.PUBLISH
    if not items:
        return Step.AGENDA
    return Step.PAPERS if lacking else Step.PUBLISH if fresh else None
