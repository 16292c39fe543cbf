"""One process at a time has the demonstration of a folder, so that none makes it again while another serves it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Have it alone. The lock lies beside the folder. Raises ClickException while another process has it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise click.ClickException("This demonstration is running already. Stop it first.") from None
        yield
