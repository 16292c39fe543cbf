"""Opening what strangers sent: in a child process with little memory and time, so that it can hurt nothing else.

The child is a module run as `python -m MODULE FILE [OPTIONS]` that calls `answer(read)`; it prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = dict[str, Any]  # as JSON: the kinds of its values are for each reader to say
ROOT = Path(__file__).parents[3]
TIME_LIMIT_SECONDS = 20  # wall clock; the child limits its own CPU time to CPU_SECONDS
MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 5


def run_limited(module: str, content: bytes, *options: str) -> Answer | None:
    """What the module says of this content, with options of our own.

    None when it took too much time or memory, or died of it.
    """
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", module, file.name, *options]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False)  # noqa: S603 - our own words only
        except subprocess.TimeoutExpired:
            return None
    if done.returncode != 0:
        return None
    answer: Answer = json.loads(done.stdout)
    return answer


def answer(read: Callable[..., Answer]) -> None:
    """The child's side: limit this process, read the file named on the command line, and print what was found."""
    limit(CPU_SECONDS)
    try:
        found = read(*sys.argv[1:])
    except MemoryError:
        sys.exit("too little memory")
    sys.stdout.write(json.dumps(found))


def limit(cpu_seconds: int) -> None:
    """Give this process so much time, little memory, and no way to write a file."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
