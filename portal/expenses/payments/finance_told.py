"""What a page says of who hears of payment runs: people by email, and the board's address for finance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from portal.boards import queries as board_queries
from portal.core.emailed import NOBODY
from portal.expenses.payments.models import PaymentRun
from portal.expenses.told import emailed_by_name


def told_of(made: Sequence[PaymentRun]) -> str:
    """'Nobody is emailed about this.', or who is, and that finance is told of what was made."""
    boards = Counter(one.board_id for one in made)
    found = []
    for board_id, runs in boards.items():
        board = board_queries.board_by_id(board_id)
        of = "its number and total" if len(made) == 1 else "the number and total of each"
        if len(boards) > 1:
            of = f"the number and total of {'each run' if runs > 1 else 'the run'} of {board.short_name}"
        found += [f"{board.finance_email} will be told of {of}."] if board.finance_email else []
    return _with(found)


def told_of_cancelled(run: PaymentRun) -> str:
    address = board_queries.board_by_id(run.board_id).finance_email
    return _with([f"{address} will be told not to pay it."] if address else [])


def _with(finance: Sequence[str]) -> str:
    people = emailed_by_name()
    return " ".join([*([people] if people != NOBODY or not finance else []), *finance])
