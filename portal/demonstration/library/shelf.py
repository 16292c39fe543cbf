"""Where documents are kept, and the two processes that make those that are not there yet."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from types import TracebackType

from portal.demonstration.library import making
from portal.demonstration.library.making import Made
from portal.demonstration.library.orders import Order

PROCESSES = 2


class Shelf:
    """A folder of documents. `want` as early as possible what `get` is asked for later; it is made meanwhile."""

    def __init__(self, folder: Path, processes: int = PROCESSES) -> None:
        self.folder, self.processes = folder, processes
        self.made: dict[str, Made] = {}
        self.waiting: dict[str, Future[str]] = {}
        self.pool: ProcessPoolExecutor | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def want(self, orders: Iterable[Order]) -> None:
        """Have these made, those first that come first."""
        for order in orders:
            mark = order.mark
            if mark not in self.waiting and not (self.folder / f"{mark}.order").exists():
                self.waiting[mark] = self._pool().submit(making.make, order, str(self.folder))

    def get(self, order: Order) -> Made:
        """Waits until it is there."""
        sha256 = self._sha256(order)
        if sha256 not in self.made:
            self.made[sha256] = making.made(self.folder, sha256)
        return self.made[sha256]

    def _sha256(self, order: Order) -> str:
        if waiting := self.waiting.get(order.mark):
            return waiting.result()
        self.want([order])
        kept = self.folder / f"{order.mark}.order"
        return kept.read_text() if kept.exists() else self.waiting[order.mark].result()

    def _pool(self) -> ProcessPoolExecutor:
        """Begun anew, not forked: nothing of the database goes with it."""
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.processes, multiprocessing.get_context("spawn"))
        return self.pool


_shelves: dict[Path, Shelf] = {}


def shelf(folder: Path) -> Shelf:
    """The one of a folder, for everything that is filled by this process; `close` it when that is done."""
    if folder not in _shelves:
        _shelves[folder] = Shelf(folder)
    return _shelves[folder]


def close() -> None:
    """Let the processes go."""
    for one in _shelves.values():
        one.__exit__(None, None, None)
    _shelves.clear()
