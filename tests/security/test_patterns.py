"""No pattern of ours takes time that grows faster than what it is fed, whoever pastes what.

Patterns are found in the source (patterns.py). In make test each is fed a little and must be done at once; in make
test-all each is fed 16 kB and 64 kB.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from config import ROOT
from tests.sample import some
from tests.security import patterns
from tests.security.patterns import Pattern, every_pattern, seconds, strings

LITTLE = 2500
AT_ONCE = 0.0015  # seconds; a pattern that looks at each of these letters once takes a tenth of that
MOST = 2.0  # of processor time over one string: an exponential pattern would never end
SLOWER = 8  # times as long over four times as much: 4 is right, 16 is what a quadratic pattern takes
FAST_ENOUGH = 0.02  # over 64 kB: no quadratic pattern is


class TookTooLong(AssertionError):
    """A pattern was at it for seconds."""


@contextmanager
def in_time() -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def examine_little(one: Pattern) -> None:
    """A little, and four times as much where that is not done at once."""
    for size in (24, 300, LITTLE):
        for short, long in zip(strings(one, size // 4), strings(one, size), strict=True):
            for method in one.methods:
                with in_time():
                    took = seconds(one.compiled, method, long)
                    if took > AT_ONCE:
                        took, base = (seconds(one.compiled, method, fed, 5) for fed in (long, short))
                        is_linear = took < max(AT_ONCE, SLOWER * base)
                        assert is_linear, f"{one.where} {method} {long[:40]!r}: {base:.4f} s, {took:.4f} s"


def examine(one: Pattern) -> None:
    """16 kB and 64 kB of the same."""
    for short, long in zip(strings(one, 16 * 1024), strings(one, 64 * 1024), strict=True):
        for method in one.methods:
            with in_time():
                took = seconds(one.compiled, method, long)
                if took > FAST_ENOUGH:
                    took = min(took, seconds(one.compiled, method, long, 2))
                    base = seconds(one.compiled, method, short, 3)
                    assert took < SLOWER * base, f"{one.where} {method} {long[:40]!r}: {base:.3f} s, {took:.3f} s"


def test_the_patterns_of_the_portal_are_found() -> None:
    found = every_pattern()
    assert {one.where.partition(":")[0] for one in found} == set(by_file())
    assert len(found) > 200
    used = {method for one in found for method in one.methods}
    assert {"search", "match", "fullmatch", "sub", "split", "findall", "finditer"} <= used
    assert any(one.where.startswith("portal/core/addresses.py") for one in found)
    assert any(isinstance(one.pattern, bytes) for one in found)


def by_file() -> list[str]:
    """The modules that use patterns, told by an import: collecting the tests reads no source as a tree."""
    paths = sorted((ROOT / "portal").rglob("*.py"))
    return [str(path.relative_to(ROOT)) for path in paths if "\nimport re\n" in path.read_text()]


@pytest.mark.parametrize("where", some(by_file(), 12))
def test_each_pattern_is_done_at_once_with_a_little(where: str) -> None:
    for one in every_pattern():
        if one.where.startswith(f"{where}:"):
            examine_little(one)


@pytest.mark.long
@pytest.mark.parametrize("where", by_file())
def test_no_pattern_takes_longer_and_longer(where: str) -> None:
    for one in every_pattern():
        if one.where.startswith(f"{where}:"):
            examine(one)


NAMES = r"[A-Z][a-z]*(?:['’-]?[a-z]+)*"  # as names in agendas were looked for once
SLOW = {
    "quadratic, at its end": (r"\s+$", "search"),
    "quadratic, at each start": (r"\[([^\]]+)\]\(", "search"),
    "quadratic, around a mark": (r"\s*[;,|]\s*", "split"),
    "quadratic, two that take the same": (r"\s*,?\s*x", "match"),
    "quadratic, endings": (r"(\.(pdf|docx?))+$", "sub"),
    "exponential": (NAMES, "fullmatch"),
    "cubic": (r"[a-z ]*[a-z ]*[a-z ]*:", "match"),
}


@pytest.mark.parametrize("name", SLOW)
@pytest.mark.parametrize("look", [examine_little, pytest.param(examine, marks=pytest.mark.long)])
def test_a_slow_pattern_is_noticed(name: str, look: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    monkeypatch.setattr("tests.security.test_patterns.MOST", 0.3)
    pattern, method = SLOW[name]
    with pytest.raises(AssertionError):
        look(Pattern("here:1", pattern, 0, (method,)))


def test_a_pattern_that_is_written_in_a_function_is_found() -> None:
    import ast

    source = "import re\nBETWEEN = '[ -]'\ndef f(a):\n    return re.sub(rf'x{BETWEEN}*{a}', '', a, flags=re.I)\n"
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and patterns._is_of_re(node)]

    class Module:
        BETWEEN = "[ -]"

    assert [patterns._value(call.args[0], Module) for call in calls] == ["x[ -]*word"]
    assert re.compile("x[ -]*word", re.I).search("X- word")
