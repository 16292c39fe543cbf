"""The demonstration as processes in a checkout of its own, with everything around it set to open it to others."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(checkout: Path, log: Path, *command: str, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python module in a process, told to stop at the end of the block."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("PORTAL_ENV", "PORT")}
    with log.open("wb") as said:
        options = {"cwd": checkout, "env": {**inherited, **environ}, "stdout": said, "stderr": said}
        process = subprocess.Popen([sys.executable, "-m", *command], **options)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=40)


def answer(url: str, host: str = "") -> int:
    """The status of an answer; 0 when nobody listens there."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(happened: Callable[[], object], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
