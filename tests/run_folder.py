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
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with (folder() / f"{os.getpid()}.counts").open("a") as file:
        file.write(f"{what}, {kind}\t{number}\n")


def counts() -> dict[str, int]:
    """Everything that the processes of this run have counted, by name."""
    found: Counter[str] = Counter()
    for file in folder().glob("*.counts"):
        for line in file.read_text().splitlines():
            name, number = line.split("\t")
            found[name] += int(number)
    return dict(sorted(found.items()))
