"""Counts of the long runs, said once at the end: cycles, lost, doubled."""

from __future__ import annotations

from typing import Any

COUNTS: list[tuple[str, dict[str, int]]] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for name, counts in COUNTS:
        words = ", ".join(f"{what} {number:,}" for what, number in counts.items())
        terminalreporter.write_line(f"{name}: {words}")
