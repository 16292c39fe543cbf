"""The notice of every board as a file, each figure with what it would be without corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.nothing import EMPTY, cell
from portal.papers.notice.every_board import BoardNotice
from portal.papers.notice.queries import Share

COLUMNS = (
    *("board", "targets in days", "papers that met the target", "papers", "percent", "never published"),
    *("replaced late", "corrections", "corrected", "percent_uncorrected"),
    *("papers that met the target, last 12 months", "papers, last 12 months", "percent, last 12 months"),
    "percent_uncorrected, last 12 months",
)


@dataclass(frozen=True)
class Corrected:
    """How many corrections a board made, each in words, and its shares without them."""

    number: int
    lines: Sequence[str]
    before: Share
    lately_before: Share


def row(one: BoardNotice, corrected: Corrected | None) -> tuple[object, ...]:
    """A line of the file; a board that corrected nothing has the same shares without corrections."""
    made = corrected or Corrected(0, [], one.share, one.lately)
    targets = ", ".join(map(str, one.targets)) or cell(None, EMPTY)
    of_board = (one.name, targets, one.share.met, one.share.papers, _percent(one.share), one.never, one.replaced_late)
    of_corrections = (made.number, "; ".join(made.lines), _percent(made.before))
    lately = (one.lately.met, one.lately.papers, _percent(one.lately), _percent(made.lately_before))
    return *of_board, *of_corrections, *lately


def _percent(share: Share) -> object:
    return cell(share.percent, EMPTY)
