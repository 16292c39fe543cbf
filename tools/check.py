"""Runs the checks: `check.py lint`, `fast`, `test`, `all` or `soak`; stops at the first that fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
LINT = (
    ("format", ["ruff", "format", "--check", "-q", "."]),
    ("lint", ["ruff", "check", "-q", "."]),
    ("types", ["mypy"]),
    ("contracts", ["lint-imports", "--no-logo"]),
    ("templates", ["djlint", "--lint", "--quiet", "templates"]),
)
PYTEST = ["python", "-m", "pytest"]
POSTGRES = {"TEST_DATABASE": "postgresql"}


def step(name: str, command: list[str], **more: str) -> None:
    print(f"— {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run([str(BIN / command[0]), *command[1:]], cwd=ROOT, env={**os.environ, **more}, check=False)
    if done.returncode:
        sys.exit(f"{name}: not right yet ({' '.join(command)})")
    print(f"  {name}: {time.monotonic() - began:.0f} seconds", flush=True)


def lint() -> None:
    for name, command in LINT:
        step(name, command)


def fast() -> None:
    step("tests on SQLite, the quick ones", [*PYTEST, "-n", "2", "-m", "not browser and not slow and not long"])


def test() -> None:
    lint()
    step("tests on SQLite", [*PYTEST, "-n", "2", "-m", "not browser and not long"])
    step("tests on PostgreSQL", [*PYTEST, "-n", "2", "-m", "not browser and not slow and not long"], **POSTGRES)
    step("races and kills on PostgreSQL", [*PYTEST, "tests/soak"], **POSTGRES)
    step("browser, each page at 320 pixels", [*PYTEST, "-m", "browser"])


def everything() -> None:
    lint()
    step("tests on SQLite", [*PYTEST, "-n", "2", "-m", "not browser"])
    step("tests on PostgreSQL", [*PYTEST, "-n", "2", "-m", "not browser"], **POSTGRES)
    step("browser, each page at three widths", [*PYTEST, "-m", "browser"], WIDTHS="320,768,1280")
    soak()


def soak() -> None:
    for name, more in (("SQLite", {}), ("PostgreSQL", POSTGRES)):
        long = {"CYCLES": "700", "ROWS": "10000", "RACES": "125"}
        step(f"mail under kill -9, {name}", [*PYTEST, "tests/soak"], **long, **more)
    step("hostile forms", [*PYTEST, "-n", "2", "tests/security/test_hostile_forms.py"], EXAMPLES="200")


if __name__ == "__main__":
    {"lint": lint, "fast": fast, "test": test, "all": everything, "soak": soak}[sys.argv[1]]()
