"""Runs the checks: `check.py lint`, `fast`, `test`, `all` or `soak`; begins nothing more after one that fails.

Three lanes run side by side, as much of the time of some steps is waiting. What the other lanes say is shown when each
of their steps ends. A run of the tests ends with its slowest tests, its time, and whether what makes it long has grown.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = ROOT / ".venv" / "bin"
PYTEST = ("python", "-m", "pytest")
POSTGRESQL = {"TEST_DATABASE": "postgresql"}
STRICT = {"ORDER": "strict"}
ONCE, NOTED = {"STATEMENTS": "each once"}, {"STATEMENTS": "note"}  # see tests/statements.py
SLOWEST_SHOWN = 10
GROWTH = ROOT / "tests" / "growth.txt"


@dataclass(frozen=True)
class Step:
    """One command, and what it finds in its environment beside the usual."""

    name: str
    command: tuple[str, ...]
    more: dict[str, str] = field(default_factory=dict)


def tested(name: str, marks: str, workers: int, *paths: str, **more: str) -> Step:
    """A step that runs the tests with these marks, in so many processes (0: in its own)."""
    return Step(name, (*PYTEST, "-n", str(workers), "--dist", "worksteal", "-m", marks, *paths), more)


LINT = (
    Step("format", ("ruff", "format", "--check", "-q", ".")),
    Step("lint", ("ruff", "check", "-q", ".")),
    Step("types", ("mypy",)),
    Step("words", ("python", "tools/words.py")),
    Step("contracts", ("lint-imports", "--no-logo")),
    Step("templates", ("djlint", "--lint", "--quiet", "templates")),
    Step("format of templates", ("djlint", "--check", "--quiet", "templates", "--extend-exclude", "templates/emails")),
)
QUICK = "not browser and not slow and not long and not postgresql and not same_anywhere"
ON_POSTGRESQL = "not browser and not long and not same_anywhere and (not slow or races)"
FAST = (tested("rules, words and pages on SQLite", QUICK, 2, FAST="yes"),)
TEST = (tested("tests on SQLite", "not browser and not long and not postgresql", 2, **ONCE),)
BROWSER = (tested("browser, each page at 320 pixels", "browser and not long", 0, "tests/browser"),)
ON_SERVER = (tested("tests on PostgreSQL", ON_POSTGRESQL, 1, **POSTGRESQL, **ONCE),)
ALL = (tested("tests on SQLite, in full", "not browser and not postgresql", 2, **STRICT, EXAMPLES="10"),)
ALL_BESIDE = (
    tested("browser, each page at three widths", "browser", 0, "tests/browser", WIDTHS="320,768,1280"),
    tested(
        "tests on PostgreSQL, in full",
        "not browser and not (long and same_anywhere)",
        2,
        **POSTGRESQL,
        **STRICT,
        **NOTED,
    ),
)
LONG = {"CYCLES": "700", "ROWS": "10000", "RACES": "125"}
FORGED, MANY = (*PYTEST, "-s", "tests/security/test_forged_posts.py"), {"POSTS": "2000"}
SOAK = (
    Step("mail under kill -9 and races, SQLite", (*PYTEST, "tests/soak"), LONG),
    Step("mail under kill -9 and races, PostgreSQL", (*PYTEST, "tests/soak"), {**LONG, **POSTGRESQL}),
    Step("hostile forms", (*PYTEST, "-n", "2", "tests/security/test_hostile_forms.py"), {"EXAMPLES": "200"}),
    Step("forged posts, SQLite", FORGED, MANY),
    Step("forged posts, PostgreSQL", FORGED, {**MANY, **POSTGRESQL}),
)


def surroundings(step: Step) -> dict[str, str]:
    """The environment of a step. Modules are kept compiled: a run starts some hundred processes that import them."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**usual, **step.more}


class Lanes:
    """Steps that run side by side. After one that fails no other begins."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def run(self, steps: tuple[Step, ...], shown_at_once: bool) -> None:
        for step in steps:
            if not self.failed:
                self._do(step, shown_at_once)

    def _do(self, step: Step, shown_at_once: bool) -> None:
        print(f"— {step.name}{'' if shown_at_once else ', beside it'}", flush=True)
        began, command = time.monotonic(), [str(BIN / step.command[0]), *step.command[1:]]
        kept = {} if shown_at_once else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        done = subprocess.run(command, cwd=ROOT, env=surroundings(step), text=True, check=False, **kept)
        if done.returncode:
            self.failed.append(f"{step.name}: not right yet ({' '.join(step.command)})")
        print(f"{done.stdout or ''}  {step.name}: {time.monotonic() - began:.0f} seconds", flush=True)


def do(steps: tuple[Step, ...], *beside: tuple[Step, ...]) -> None:
    """Run the steps one after the other, and others beside them. Ends everything at the first that fails."""
    lanes = Lanes()
    others = [threading.Thread(target=lanes.run, args=(lane, False)) for lane in beside]
    for one in others:
        one.start()
    lanes.run(steps, shown_at_once=True)
    for one in others:
        one.join()
    if lanes.failed:
        sys.exit("\n".join(lanes.failed))


def lint() -> None:
    do(LINT)


def fast() -> None:
    do(FAST)


def test() -> None:
    with_run(lambda: do(TEST, (*LINT, *BROWSER), ON_SERVER), grown)


def everything() -> None:
    with_run(lambda: do(ALL, (*LINT, *ALL_BESIDE)), left_out)


def soak() -> None:
    do(SOAK)


def grown() -> str:
    from tests import run_folder

    return run_folder.growth_problem(GROWTH)


def left_out() -> str:
    from tests import statements

    return statements.coverage_problem()


def with_run(work: Callable[[], object], problem: Callable[[], str]) -> None:
    """One run of the tests, whose steps share databases; ends with what was slow, and what is to be looked at."""
    sys.path.insert(0, str(ROOT))
    from tests import run_folder

    began = time.monotonic()
    run_folder.begin()
    try:
        work()
    finally:
        print(f"— the {SLOWEST_SHOWN} slowest tests")
        for seconds, name in run_folder.slowest(SLOWEST_SHOWN):
            print(f"  {seconds:5.1f} seconds  {name}")
        print(f"— everything: {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    if said := problem():
        sys.exit(said)


if __name__ == "__main__":
    {"lint": lint, "fast": fast, "test": test, "all": everything, "soak": soak}[sys.argv[1]]()
