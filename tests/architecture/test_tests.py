"""The tests say something: each asserts, decides between outcomes, and stands in a file short enough to read."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ROOT

TESTS = ROOT / "tests"
Function = tuple[Path, str]
MOST_LINES = 300
ANSWERS = ("status_code", "exit_code", "returncode")
SAYS = {"raises", "warns", "fail", "expect"}  # of pytest and playwright
PATHS = sorted(TESTS.rglob("*.py"))


@functools.cache
def sources() -> dict[Path, ast.Module]:
    """Every file of the tests, read when a test asks: in memory they are large."""
    return {path: ast.parse(path.read_text()) for path in PATHS}


@pytest.fixture(scope="module", autouse=True)
def forget() -> Iterator[None]:
    yield
    sources.cache_clear()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def called(node: ast.FunctionDef) -> set[str]:
    """The functions that are called or handed over by name inside; a method of what a test is given is none."""
    given = {one.arg for one in node.args.args}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} - given


def asserts(node: ast.FunctionDef) -> bool:
    """Whether it says itself what must hold, by assert, pytest or playwright."""
    inside = list(ast.walk(node))
    said = (getattr(one.func, "attr", getattr(one.func, "id", "")) for one in inside if isinstance(one, ast.Call))
    return any(isinstance(one, ast.Assert | ast.Raise) for one in inside) or not SAYS.isdisjoint(said)


def at_hand(path: Path) -> dict[str, Function]:
    """The functions of the tests that a file can call by name, and where each is written."""
    own = {one.name: (path, one.name) for one in functions(sources()[path])}
    brought = {
        one.asname or one.name: (ROOT / f"{node.module.replace('.', '/')}.py", one.name)
        for node in ast.walk(sources()[path])
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tests.")
        for one in node.names
    }
    return {**brought, **own}


def that_assert() -> set[Function]:
    """The functions of the tests that assert, or call one that does."""
    calls: dict[Function, set[Function]] = {}
    found = set()
    for path, tree in sources().items():
        near = at_hand(path)
        for one in functions(tree):
            calls[path, one.name] = {near[name] for name in called(one) & near.keys()}
            found |= {(path, one.name)} if asserts(one) else set()
    while more := {one for one, theirs in calls.items() if one not in found and theirs & found}:
        found |= more
    return found


def test_every_test_asserts_something() -> None:
    found = that_assert()
    silent = [
        f"{path.relative_to(ROOT)}: {one.name}"
        for path, tree in sources().items()
        for one in functions(tree)
        if one.name.startswith("test_") and (path, one.name) not in found
    ]
    assert silent == [], "say what must hold: " + ", ".join(silent)


def undecided(tree: ast.AST) -> Iterator[int]:
    """The lines of what accepts one outcome or another: `assert a or b`, a status that may be one of several."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            is_either = isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or)
            if is_either or any(is_one_of_several(one) for one in ast.walk(node.test)):
                yield node.lineno


def is_one_of_several(node: ast.AST) -> bool:
    if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.In):
        return False
    several = isinstance(node.comparators[0], ast.Tuple | ast.Set | ast.List)
    return several and ast.unparse(node.left).endswith(ANSWERS)


def test_every_test_decides_which_outcome_is_right() -> None:
    found = [f"{path.relative_to(ROOT)}:{line}" for path, tree in sources().items() for line in undecided(tree)]
    assert found == [], "say for each case which one it is: " + ", ".join(found)


@pytest.mark.parametrize("source", ["assert a or b", "assert answer.status_code in (200, 302)"])
def test_a_test_that_does_not_decide_is_found(source: str) -> None:
    assert list(undecided(ast.parse(source))) == [1]


def test_a_test_that_says_nothing_is_found() -> None:
    [silent] = functions(ast.parse("def test_it(visit):\n    visit('').get('/')"))
    assert not asserts(silent)
    assert called(silent) == set()


def test_every_file_of_tests_can_be_read_at_once() -> None:
    long = {str(path.relative_to(ROOT)): lines_of(path) for path in PATHS if lines_of(path) > MOST_LINES}
    assert not long, f"cut by subject: {long}"


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())
