"""Every regular expression of the portal's own, found in its source; what it is fed, and how long it takes over that.

A pattern is fed strings of its own shape: what its repeats take, over and over, what stands before them, over and over,
and both, each with an end that it does not expect. Time is processor time of this thread, and the best of some tries.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # not in its stubs
from re import _parser as parser  # type: ignore[attr-defined]  # likewise
from typing import Any

from config import ROOT

FUNCTIONS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
ENDS = ("\x00", "\n!", "(")
MOST_STRINGS = 60
LONG = 50  # a repeat of so many is taken for one without an end
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


@dataclass(frozen=True)
class Pattern:
    """One call of `re`, or a compiled pattern, and how it is used."""

    where: str
    pattern: str | bytes
    flags: int
    methods: tuple[str, ...]

    @property
    def compiled(self) -> re.Pattern[Any]:
        return re.compile(self.pattern, self.flags)


class _AnyWord(str):
    """In the place of what is known only when a function runs."""

    pattern = "word"


class _Locals(dict[str, Any]):
    """What a function's own names stand for is not known here: any word does."""

    def __missing__(self, name: str) -> str:
        return _AnyWord("word")


@cache
def every_pattern() -> list[Pattern]:
    """Of all modules, by file and line."""
    sources = {path: path.read_text() for path in sorted((ROOT / "portal").rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in sources.items()}
    used = _uses(trees.values())
    return [one for path, tree in trees.items() for one in _in_module(path, tree, used)]


def _uses(trees: Any) -> dict[str, set[str]]:
    """By the name of a compiled pattern, which of its methods are called anywhere."""
    used: dict[str, set[str]] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS:
                name = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
                used.setdefault(name, set()).add(node.attr)
    return used


def _in_module(path: Path, tree: ast.Module, used: dict[str, set[str]]) -> Iterator[Pattern]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_of_re(node)]
    if not calls:
        return
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    named = {
        id(node.value): node.targets[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for call in calls:
        found = _value(call.args[0], module)
        flags = next((_value(one.value, module) for one in call.keywords if one.arg == "flags"), 0)
        method = call.func.attr  # type: ignore[attr-defined]  # _is_of_re looked
        if method in ("compile", "search", "match", "fullmatch", "findall", "finditer"):
            at = 1 if method == "compile" else 2
            flags = _value(call.args[at], module) if len(call.args) > at else flags
        if isinstance(found, re.Pattern):
            found, flags = found.pattern, found.flags & ~re.UNICODE if isinstance(found.pattern, bytes) else found.flags
        methods = (method,) if method != "compile" else tuple(sorted(used.get(named.get(id(call), ""), set())))
        methods = tuple(one for one in methods if one != "compile") or ("search", "fullmatch")
        yield Pattern(f"{path.relative_to(ROOT)}:{call.lineno}", found, flags if isinstance(flags, int) else 0, methods)


def _is_of_re(node: ast.Call) -> bool:
    func = node.func
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in FUNCTIONS
    )


def _value(node: ast.expr, module: Any) -> Any:
    code = compile(ast.Expression(node), "<pattern>", "eval")
    return eval(code, {}, _Locals({**vars(builtins), **vars(module)}))  # noqa: S307 - our own source


# What a pattern is fed


def strings(one: Pattern, size: int) -> list[Any]:
    """Strings of about this size, of the shape of this pattern."""
    is_bytes = isinstance(one.pattern, bytes)
    tree = parser.parse(one.pattern, one.flags)
    pieces = list(dict.fromkeys(piece for piece in _pieces(tree) if piece))[:MOST_STRINGS]
    made = []
    for piece in pieces:
        before, again = piece if isinstance(piece, tuple) else ("", piece)
        if again:
            for end in ENDS:
                made.append(before + again * (size // len(again)) + end)
    return [one.encode("latin-1", "replace") for one in made] if is_bytes else made


def _pieces(tree: Any) -> Iterator[Any]:
    """What is repeated: ('before it', 'again and again')."""
    whole = sample(tree, "a")
    yield from _letters(tree)
    for before, body in _repeats(tree, ""):
        for prefer in ("a", " ", "1"):
            again = sample(body, prefer)
            yield (before, again)
            yield before + again
            yield again
        yield before
    yield whole
    yield whole[:-1]
    yield whole + " "


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    """Each long repeat, with a sample of what stands before it in the whole pattern."""
    for op, value in tree:
        if op in REPEATS:
            _least, most, body = value
            if most >= LONG:
                yield before, body
            yield from _repeats(body, before)
        elif op is codes.SUBPATTERN:
            yield from _repeats(value[-1], before)
        elif op is codes.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(value[1], before)
        before += sample([(op, value)], "a")


def sample(tree: Any, prefer: str) -> str:
    """Something that a part of a pattern takes, with this letter where it has a choice."""
    return "".join(_sample(op, value, prefer) for op, value in tree)


def _sample(op: Any, value: Any, prefer: str) -> str:
    if op is codes.LITERAL:
        return chr(value)
    if op in (codes.ANY, codes.NOT_LITERAL):
        return prefer if op is codes.ANY or value != ord(prefer) else "b"
    if op is codes.IN:
        return _of_class(value, prefer)
    if op in REPEATS:
        least, most, body = value
        return sample(body, prefer) * max(least, min(1, most))
    if op is codes.SUBPATTERN:
        return sample(value[-1], prefer)
    if op is codes.ATOMIC_GROUP:
        return sample(value, prefer)
    if op is codes.BRANCH:
        return sample(value[1][0], prefer)
    return ""


def _of_class(items: Any, prefer: str) -> str:
    is_not = items[0][0] is codes.NEGATE
    fits = [letter for letter in (prefer, "a", "1", " ", "-", ".", "A", "\n", "(", "'") if _is_in(items, letter)]
    if fits:
        return fits[0]
    first = next((value for op, value in items if op in (codes.LITERAL, codes.RANGE)), None)
    return "§" if is_not or first is None else chr(first[0] if isinstance(first, tuple) else first)


def _is_in(items: Any, letter: str) -> bool:
    found = any(
        (op is codes.LITERAL and value == ord(letter))
        or (op is codes.RANGE and value[0] <= ord(letter) <= value[1])
        or (op is codes.CATEGORY and _CATEGORIES[value](letter))
        for op, value in items
    )
    return found is not (items[0][0] is codes.NEGATE)


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    codes.CATEGORY_SPACE: str.isspace,
    codes.CATEGORY_NOT_SPACE: lambda one: not one.isspace(),
    codes.CATEGORY_DIGIT: str.isdigit,
    codes.CATEGORY_NOT_DIGIT: lambda one: not one.isdigit(),
    codes.CATEGORY_WORD: lambda one: one.isalnum() or one == "_",
    codes.CATEGORY_NOT_WORD: lambda one: not (one.isalnum() or one == "_"),
}


def _letters(tree: Any) -> Iterator[str]:
    """One of each sort, and those that the pattern names."""
    yield from ("a", " ", "1", "\n", ".", "-", "A")
    for op, value in tree:
        if op is codes.LITERAL:
            yield chr(value)


# How long it takes


def seconds(pattern: re.Pattern[Any], method: str, string: Any, tries: int = 1) -> float:
    """The processor time of this thread, the best of some tries."""
    return min(_once(pattern, method, string) for _ in range(tries))


def _once(pattern: re.Pattern[Any], method: str, string: Any) -> float:
    began = time.thread_time()
    if method in ("sub", "subn"):
        pattern.sub(string[:0], string)
    elif method == "finditer":
        for _ in pattern.finditer(string):
            pass
    else:
        getattr(pattern, method)(string)
    return time.thread_time() - began
