"""One line that says how far the filling of the demonstration has come."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_EMPTY = "\r\x1b[K"  # back to the beginning of the line, with nothing on it
_shown: list[Line] = []


class Line:
    """What is done at the moment and for how long it has gone on; in a log, a line for each part instead."""

    def __init__(self) -> None:
        self.began, self.words = time.monotonic(), ""
        self.is_terminal = sys.stderr.isatty()
        self.stopped = threading.Event()

    def at(self, words: str) -> None:
        self.words = words
        self.draw("" if self.is_terminal else "\n")

    def draw(self, end: str = "") -> None:
        start = _EMPTY if self.is_terminal else ""
        sys.stderr.write(f"{start}{time.monotonic() - self.began:4.0f} seconds: {self.words}{end}")
        sys.stderr.flush()

    def run(self) -> None:
        while not self.stopped.wait(1.0):
            self.draw()


@contextmanager
def shown() -> Iterator[None]:
    """Inside, what is said with `at` can be read."""
    line = Line()
    runs = threading.Thread(target=line.run, daemon=True)
    _shown.append(line)
    if line.is_terminal:
        runs.start()
    try:
        yield
    finally:
        _shown.remove(line)
        line.stopped.set()
        if line.is_terminal:
            runs.join()
            sys.stderr.write(_EMPTY)


def at(part: str, done: int = 0, of: int = 0) -> None:
    """Say what is being filled now: 'Northfirth: meetings', and perhaps how many of how many are done."""
    for line in _shown:
        line.at(f"{part}, {done} of {of}" if of else part)
