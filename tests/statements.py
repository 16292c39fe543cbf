"""Which tests `make test` runs on PostgreSQL: as few as it takes to ask it each statement that tests make.

`make test` runs each test once: these and the races on PostgreSQL, the others, which are named in asked_before.txt, on
SQLite. `make test-all` runs every test on both. It notes the statements of each test, and ends with a better list when
this one leaves a statement out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests import run_folder
from tests.snapshots import ROOT, problem

LEFT_OUT = ROOT / "tests" / "asked_before.txt"
MODE = os.environ.get("STATEMENTS", "")  # 'each once', 'note', or '' for every test that was asked for
NOT_IN_MAKE_TEST = ("browser", "long", "same_anywhere")
ALWAYS = ("races", "postgresql")  # what they ask is not in their statements alone
VALUES = re.compile(r"%\(\w+\)s(::\w+(\(\d+\))?)?|\?")
LISTS = re.compile(r"\?(, \?)+|\(\?\)(, \(\?\))+")
NUMBERS = re.compile(r"\d+")


@cache
def shape(statement: str) -> str:
    """A short mark of a statement, whatever its values, how many there are, and how SQLAlchemy numbered them."""
    words = NUMBERS.sub("#", LISTS.sub("?", VALUES.sub("?", statement)))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


@dataclass
class Noted:
    """What a test function took, in seconds, and the shapes of the statements it made."""

    seconds: float = 0
    shapes: set[str] = field(default_factory=set)


def name_of(item: pytest.Item) -> str:
    """A test function, whatever it is given."""
    return item.nodeid.split("[")[0]


def asked_before(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Those of the tests that say on PostgreSQL what others say there."""
    if MODE != "each once":
        return []
    names = set(LEFT_OUT.read_text().splitlines())
    return [one for one in items if name_of(one) in names and not any(map(one.get_closest_marker, ALWAYS))]


def asked_on_the_server(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Those of the tests, all of which ask a database, that `make test` runs on PostgreSQL alone."""
    if MODE != "each once":
        return set()
    return {one for one in items if is_for_the_server(one)} - set(asked_before(items))


def is_for_the_server(item: pytest.Item) -> bool:
    """Whether `make test` would run it on PostgreSQL, were its statements not made by others."""
    marks = {one.name for one in item.iter_markers()}
    return not marks & set(NOT_IN_MAKE_TEST) and ("races" in marks or "slow" not in marks)


def is_noted(item: pytest.Item) -> bool:
    return MODE == "note" and is_for_the_server(item)


@contextmanager
def noting(item: pytest.Item) -> Iterator[None]:
    """Write the statements that are made inside into the folder of the run."""
    noted, began = Noted(), time.monotonic()

    def look(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        noted.shapes.add(shape(statement))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", look)
    stays = any(map(item.get_closest_marker, ALWAYS))
    line = [name_of(item), stays, time.monotonic() - began, sorted(noted.shapes)]
    with (run_folder.folder() / f"{os.getpid()}.statements").open("a") as file:
        file.write(json.dumps(line) + "\n")


def read(lines: Iterable[str]) -> tuple[dict[str, Noted], set[str]]:
    """What was noted of each test function, and the functions that are never left out."""
    found: dict[str, Noted] = {}
    always = set()
    for name, stays, seconds, shapes in map(json.loads, lines):
        noted = found.setdefault(name, Noted())
        noted.seconds += seconds
        noted.shapes.update(shapes)
        if stays:
            always.add(name)
    return found, always


def to_leave_out(noted: dict[str, Noted], always: set[str]) -> list[str]:
    """The test functions that can be left out together, the longest first to go."""
    makers = Counter(shape for one in noted.values() for shape in one.shapes)
    out = []
    for name in sorted(noted.keys() - always, key=lambda one: (-noted[one].seconds, one)):
        if all(makers[shape] > 1 for shape in noted[name].shapes):
            makers.subtract(noted[name].shapes)
            out.append(name)
    return sorted(out)


def not_asked(noted: dict[str, Noted], left_out: set[str]) -> set[str]:
    """The shapes of statements that nobody makes when these tests are left out."""
    asked = {shape for name, one in noted.items() if name not in left_out for shape in one.shapes}
    return {shape for one in noted.values() for shape in one.shapes} - asked


def coverage_problem(reviewed: Path = LEFT_OUT) -> str:
    """What to do when asked_before.txt leaves a statement out, or names a test that is no more; '' otherwise."""
    files = sorted(run_folder.folder().glob("*.statements"))
    noted, always = read(line for file in files for line in file.read_text().splitlines())
    listed = set(reviewed.read_text().splitlines()) - always
    if not noted or (listed <= noted.keys() and not not_asked(noted, listed)):
        return ""
    said = problem("".join(f"{name}\n" for name in to_leave_out(noted, always)), reviewed)
    return said and f"PostgreSQL is not asked every statement by make test. {said}"
