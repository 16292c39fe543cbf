"""Real processes with refused settings: each ends by itself, with the words on standard error and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import ROOT
from portal.deployment import DOES_NOT_LOAD
from tests.deployment.unsafe import safe_in
from tests.notifications.post_office import free_port

pytestmark = pytest.mark.slow
NOT_SET = "PORTAL_ENV is not set: set it to demonstration, test or production."
PROD = "PORTAL_ENV is “prod”: it must be demonstration, test or production."
SHORT = "Make each of SECRET_KEYS at least 32 characters long."
GUNICORN = ("gunicorn", "--bind", "127.0.0.1:{port}", "wsgi:app")
FLASK = ("flask", "--app", "wsgi")


@dataclass(frozen=True)
class Started:
    """A command with settings, and what it must end with."""

    command: tuple[str, ...]
    environ: dict[str, str]
    says: str
    code: int = DOES_NOT_LOAD

    def run(self) -> subprocess.Popen[str]:
        words = [word.format(port=free_port()) for word in self.command]
        inherited = {name: value for name, value in os.environ.items() if name not in ("PORTAL_ENV", "PORT")}
        environ = {**inherited, "PYTHONIOENCODING": "utf-8", **self.environ}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "encoding": "utf-8"}
        return subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=environ, **pipes)


def ends_with(process: subprocess.Popen[str]) -> str:
    """What a process said until it ended by itself."""
    try:
        said, _ = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.terminate()
        said, _ = process.communicate(timeout=40)
        raise AssertionError(f"it went on and on: {said[-2000:]}") from None
    return said


@pytest.mark.long
def test_refused_settings_end_every_process_in_words(tmp_path: Path) -> None:
    other_config = tmp_path / "own.conf.py"
    other_config.write_text("")  # so that gunicorn does not read ours, and a worker is the first to look
    short = safe_in(tmp_path, SECRET_KEY="short")
    all_started = [
        Started((*GUNICORN, "--workers", "2"), {}, NOT_SET),
        Started((*GUNICORN, "--config", str(other_config)), {"PORTAL_ENV": "prod"}, PROD),
        Started((*GUNICORN, "--config", str(other_config), "--preload"), short, SHORT),
        Started((*FLASK, "portal", "scheduler"), short, SHORT, 1),
        Started((*FLASK, "db", "upgrade"), {}, NOT_SET, 1),
    ]
    for started, process in [(one, one.run()) for one in all_started]:
        said = ends_with(process)
        assert process.returncode == started.code, said
        assert said.count(started.says) == 1, said
        assert "Traceback" not in said


def test_a_portal_with_safe_settings_is_served(tmp_path: Path) -> None:
    """The negative control: gunicorn loads it, and would serve it."""
    process = Started(("gunicorn", "--check-config", "wsgi:app"), safe_in(tmp_path), "").run()
    assert (ends_with(process), process.returncode) == ("", 0)
