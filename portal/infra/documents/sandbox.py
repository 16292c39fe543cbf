"""Opening what strangers sent: in a child process with little memory and time, so that it can hurt nothing else.

The child is a module run as `python -m MODULE FILE [OPTIONS]` that calls `answer(read)`; it prints one JSON object.
One that makes a file is told beside the first where to write it, and calls `answer(read, most_made=BYTES)`.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Answer = dict[str, Any]  # as JSON: the kinds of its values are for each reader to say
ROOT = Path(__file__).parents[3]
TIME_LIMIT_SECONDS = 20  # wall clock; the child limits its own CPU time to CPU_SECONDS
MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 5
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")  # no keys
STOPPED_BY_OTHERS = (-signal.SIGKILL, -signal.SIGTERM)  # who uses up its own time gets SIGXCPU before


class TooBusy(Exception):
    """The child was stopped by the clock on the wall, or by somebody else: that says nothing of the file. Ask again."""


@dataclass(frozen=True)
class Limits:
    """What a child may take of processor time and memory."""

    cpu: int
    memory: int

    def take(self, most_made: int = 0) -> None:
        """Put this process under them for good."""
        resource.setrlimit(resource.RLIMIT_CPU, (self.cpu, self.cpu + 1))
        resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_made, most_made))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_limited(module: str, content: bytes, *options: str) -> Answer | None:
    """What the module says of this content, with options of our own.

    None when it took too much CPU time or memory, or died of it, which is final. Raises TooBusy.
    """
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return _answer_of(module, file.name, *options)


def run_making(module: str, content: bytes, *options: str) -> tuple[Answer | None, bytes]:
    """Likewise, with the file that the module made, b'' where it made none. Raises TooBusy."""
    with tempfile.NamedTemporaryFile() as made:
        found = run_limited(module, content, made.name, *options)
        return found, made.read() if found is not None else b""


def _answer_of(module: str, *arguments: str) -> Answer | None:
    done = finished([sys.executable, "-m", module, *arguments])
    if done is None:
        return None
    answer: Answer = json.loads(done)
    return answer


def finished(command: Sequence[str], wall: int = 0) -> bytes | None:
    """What a command of our own words printed; None when it failed by itself. Raises TooBusy."""
    wait = wall or TIME_LIMIT_SECONDS
    given = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, timeout=wait, check=False)  # noqa: S603 - our own words only
    except subprocess.TimeoutExpired as error:
        raise TooBusy from error
    if done.returncode in STOPPED_BY_OTHERS:
        raise TooBusy
    return done.stdout if done.returncode == 0 else None


def answer(read: Callable[..., Answer], most_made: int = 0) -> None:
    """The child's side: limit this process, read the file named on the command line, and print what was found."""
    Limits(CPU_SECONDS, MEMORY_BYTES).take(most_made)
    try:
        found = read(*sys.argv[1:])
    except MemoryError:
        sys.exit("too little memory")
    sys.stdout.write(json.dumps(found))
