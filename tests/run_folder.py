"""What the processes of one test run share: a folder, locks in it, and counts of what makes the run long."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.snapshots import problem

VARIABLE = "TEST_RUN"


def begin() -> Path:
    """The folder of this run. Whoever begins a run without one makes it, and removes it when they end."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = tempfile.mkdtemp(prefix="portal-tests-")
        atexit.register(_end, os.getpid())
    return folder()


def folder() -> Path:
    return Path(os.environ[VARIABLE])


def _end(owner: int) -> None:
    if os.getpid() == owner:
        from tests.databases import stop_postgres

        stop_postgres()
        shutil.rmtree(folder(), ignore_errors=True)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """One process of the run at a time is inside."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def count(what: str, number: int = 1) -> None:
    """Add to what this run has done so far. Names of counts end in the database they were made on."""
    with (folder() / f"{os.getpid()}.counts").open("a") as file:
        file.write(f"{what}, {_kind()}\t{number}\n")


def _kind() -> str:
    return os.environ.get("TEST_DATABASE", "sqlite")


def counts() -> dict[str, int]:
    """Everything that the processes of this run have counted, by name."""
    found: Counter[str] = Counter()
    for file in folder().glob("*.counts"):
        for line in file.read_text().splitlines():
            name, number = line.split("\t")
            found[name] += int(number)
    return dict(sorted(found.items()))


def took(test: str, seconds: float) -> None:
    """Note how long a test took, with the setting up before it and the cleaning after it."""
    with (folder() / f"{os.getpid()}.times").open("a") as file:
        file.write(f"{seconds:.3f}\t{test}, {_kind()}\n")


def slowest(number: int) -> list[tuple[float, str]]:
    """The tests of this run that took longest, in seconds, the slowest first."""
    total: dict[str, float] = {}
    for file in folder().glob("*.times"):
        for line in file.read_text().splitlines():
            seconds, name = line.split("\t", 1)
            total[name] = total.get(name, 0) + float(seconds)
    return sorted(((seconds, name) for name, seconds in total.items()), reverse=True)[:number]


def growth_problem(reviewed: Path) -> str:
    """What to do when this run did more, or less, than was reviewed; '' when it did just that."""
    said = problem("".join(f"{name}: {number:,}\n" for name, number in counts().items()), reviewed)
    return said and f"What makes the tests long has changed. {said}"
