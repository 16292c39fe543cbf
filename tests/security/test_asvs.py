"""docs/asvs.md has a row for each number of ASVS 5.0, levels 1 and 2, and what a row names is really there."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pytest
from itsdangerous import Signer

import portal
from config import ROOT
from portal.core.budgets import Budget
from tests.security.test_what_source_never_does import calls, found, imports, trees

DOCUMENT = ROOT / "docs" / "asvs.md"
NUMBERS = ROOT / "tests" / "security" / "asvs.txt"  # number and level of each; the words are the standard's
STATES = ("met", "not met", "not applicable")
ROW = re.compile(r"\| (\d+\.\d+\.\d+) \| (\d) \| (.+?) \| ([^|]*) \| (.*) \|")
TEST = re.compile(r"`(tests/[a-z_/]+\.py)::(test_[a-z0-9_]+)`")
HEADING = re.compile(r"\]\(([^)#:]*\.md)#([^)]+)\)")
WRITTEN_DOWN = re.compile(r"(2|5|6|7|8|11|13|14|15|16)\.1\.\d+")  # the numbers that ask for a document
SHORTEST = 15  # letters of a reason


@dataclass(frozen=True)
class Row:
    """What is said of one number."""

    number: str
    level: str
    asks: str
    state: str
    why: str

    @property
    def chapter(self) -> str:
        return self.number.partition(".")[0]


def rows_of(text: str) -> list[Row]:
    return [Row(*found.groups()) for line in text.splitlines() if (found := ROW.fullmatch(line))]


def problems(text: str) -> list[str]:
    """Everything that is wrong with a document of this text."""
    rows = rows_of(text)
    broken = [line[:40] for line in text.splitlines() if re.match(r"\| *\d+\.\d", line) and not ROW.fullmatch(line)]
    return [
        *(f"no row: {one}" for one in broken),
        *of_numbers(rows),
        *(said for row in rows for said in of_row(row)),
        *(f"the same reason: {why[:40]}" for why, times in Counter(row.why for row in rows).items() if times > 1),
        *of_names(text),
        *of_list(text, rows),
        *of_sums(text, rows),
    ]


def of_numbers(rows: list[Row]) -> list[str]:
    asked = dict(line.split() for line in NUMBERS.read_text().splitlines())
    there = Counter(row.number for row in rows)
    levels = [f"level of {row.number}" for row in rows if asked.get(row.number, row.level) != row.level]
    wrong = [*(f"missing: {one}" for one in asked.keys() - there), *(f"unknown: {one}" for one in there.keys() - asked)]
    return [*wrong, *(f"doubled: {one}" for one, times in there.items() if times > 1), *levels]


def of_row(row: Row) -> list[str]:
    said = []
    if row.state not in STATES:
        said.append(f"{row.number} is {row.state!r}")
    if len(TEST.sub("", row.why).strip()) < SHORTEST and not (row.state == "met" and TEST.search(row.why)):
        said.append(f"{row.number} gives no reason")
    is_a_document = WRITTEN_DOWN.fullmatch(row.number) and HEADING.search(row.why)
    if row.state == "met" and not TEST.search(row.why) and not is_a_document:
        said.append(f"{row.number} is met by nothing")
    return said


def of_names(text: str) -> list[str]:
    tests = [f"no such test: {path}::{name}" for path, name in TEST.findall(text) if name not in named_tests(path)]
    wrong = [f"no such heading: {path}#{mark}" for path, mark in HEADING.findall(text) if mark not in headings_in(path)]
    return tests + wrong


@cache
def named_tests(path: str) -> set[str]:
    file = ROOT / path
    tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@cache
def headings_in(path: str) -> set[str]:
    """The marks of a document's headings, as they are made of their words."""
    file = DOCUMENT.parent / path
    words = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE) if file.exists() else []
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in words}


def part(text: str, heading: str) -> str:
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def of_list(text: str, rows: list[Row]) -> list[str]:
    """The numbers in the list of what is not met are those of the rows, each once."""
    listed = Counter(re.findall(r"\d+\.\d+\.\d+", part(text, "What is not met")))
    unmet = Counter(row.number for row in rows if row.state == "not met")
    return [f"not met, in the list and in the rows: {one}" for one in sorted((listed - unmet) + (unmet - listed))]


def of_sums(text: str, rows: list[Row]) -> list[str]:
    said = re.findall(r"\| (\d+|all)\b[^|]*((?:\| \d+ ){4})\|", part(text, "How many"))
    sums = {name: [int(one) for one in re.findall(r"\d+", numbers)] for name, numbers in said}
    right = {}
    for chapter in [*dict.fromkeys(row.chapter for row in rows), "all"]:
        states = [row.state for row in rows if chapter in (row.chapter, "all")]
        right[chapter] = [*map(states.count, STATES), len(states)]
    return [f"sum of {name}" for name in sorted(sums.keys() | right.keys()) if sums.get(name) != right.get(name)]


def test_each_number_has_its_row_and_what_it_names_is_there() -> None:
    assert problems(DOCUMENT.read_text()) == []
    assert len(rows_of(DOCUMENT.read_text())) == 253


def line_of(number: str) -> str:
    return next(line for line in DOCUMENT.read_text().splitlines() if line.startswith(f"| {number} |"))


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        ("1.1.1", lambda line: "", "missing: 1.1.1"),
        ("1.1.1", lambda line: f"{line}\n{line}", "doubled: 1.1.1"),
        ("1.1.1", lambda line: line.replace("1.1.1", "1.1.9"), "unknown: 1.1.9"),
        ("1.1.1", lambda line: line.replace("| 2 |", "| 1 |"), "level of 1.1.1"),
        ("1.1.1", lambda line: line.replace("| met |", "| nearly |"), "1.1.1 is 'nearly'"),
        ("1.1.1", lambda line: line.replace("| met |", "|"), "no row: | 1.1.1 | 2 |"),
        ("1.1.1", lambda line: line.replace("::test_what", "::test_who"), "no such test: tests/security/"),
        ("1.1.1", lambda line: line.replace("small_promises", "no_promises"), "no such test: tests/security/"),
        ("15.1.1", lambda line: line.replace("#time", "#no-time"), "no such heading: ../SECURITY.md#no-time"),
        ("15.1.1", lambda line: line.replace("SECURITY", "SAFETY"), "no such heading: ../SAFETY.md#time"),
        ("1.1.1", lambda line: TEST.sub("", line), "1.1.1 is met by nothing"),
        ("15.1.1", lambda line: HEADING.sub("]", line), "15.1.1 is met by nothing"),
        ("1.2.2", lambda line: TEST.sub("[so](operating.md#limits)", line), "1.2.2 is met by nothing"),
        ("1.2.6", lambda line: re.sub(r"[^|]+\|$", "  |", line), "1.2.6 gives no reason"),
        ("2.1.1", lambda line: re.sub(r"[^|]+\|$", " No. |", line), "2.1.1 gives no reason"),
        ("1.2.6", lambda line: line.replace(line.split("|")[5], line_of("1.2.7").split("|")[5]), "the same reason: "),
        ("1.1.1", lambda line: line.replace("| met |", "| not met |"), "not met, in the list and in the rows: 1.1.1"),
        ("6.3.3", lambda line: line.replace("| not met |", "| met |"), "not met, in the list and in the rows: 6.3.3"),
        ("6.3.3", lambda line: line.replace("| not met |", "| met |"), "sum of 6"),
        ("6.3.3", lambda line: line.replace("| not met |", "| met |"), "sum of all"),
    ],
)
def test_a_row_that_is_wrong_is_noticed(number: str, change: object, said: str) -> None:
    """The negative controls: each thing that may be wrong, in turn."""
    line = line_of(number)
    spoilt = change(line)  # type: ignore[operator]  # each takes a line and gives one
    assert spoilt != line
    assert [one for one in problems(DOCUMENT.read_text().replace(line, spoilt)) if one.startswith(said)]


def every_budget() -> dict[str, Budget]:
    named = [one.name for one in pkgutil.walk_packages(portal.__path__, "portal.") if one.name.endswith(".rules")]
    values = [value for name in named for value in vars(importlib.import_module(name)).values()]
    several = [one for value in values for one in (value.values() if isinstance(value, dict) else [value])]
    return {one.name: one for one in several if isinstance(one, Budget)}  # those of one name are one


def in_words(minutes: int) -> str:
    return {5: "5 minutes", 10: "10 minutes", 15: "15 minutes", 30: "30 minutes", 60: "an hour", 1440: "a day"}[minutes]


def test_the_limits_that_are_written_down_are_those_of_the_code() -> None:
    from portal.accounts.rules import FREE_CODES, GUESSES

    text = part((ROOT / "docs" / "operating.md").read_text(), "Limits")
    written = set(re.findall(r"^\| (.+) \| (\d+) \| (.+) \|$", text, re.MULTILINE))
    budgets = every_budget().values()
    assert len(budgets) > 10
    counted = {(one.name, str(one.most), in_words(one.span.seconds // 60 or 1440)) for one in budgets}
    others = {what for what, *_ in written - counted}
    assert counted <= written
    assert len(others) == 2
    assert ("guesses at the password of an account", *GUESSES.split(" per ")) in written
    assert str(FREE_CODES) in [most for what, most, _ in written if what.startswith("wrong codes in a row")]


def test_the_inventory_of_algorithms_is_that_of_the_source() -> None:
    text = part((ROOT / "docs" / "keys.md").read_text(), "What is encrypted, signed and hashed")
    names = {name for tree in trees().values() for node in ast.walk(tree) for name in imports(node)}
    used = {
        "AES-256-GCM": "cryptography.hazmat.primitives.ciphers.aead.AESGCM" in names,
        "Argon2id": "argon2.PasswordHasher" in names,
        "TOTP": "pyotp" in names,
        "SHA-256": bool(found(lambda node: calls(node) == "hashlib.sha256")),
        "HMAC-SHA-256": bool(found(lambda node: calls(node) == "hmac.digest")),
        "HMAC-SHA-1": Signer.default_digest_method().name == "sha1" and "itsdangerous.URLSafeSerializer" in names,
    }
    assert [name for name, is_used in used.items() if not is_used or name not in text] == []
    others = found(lambda node: re.fullmatch(r"hashlib\.(?!sha256$)\w+", calls(node)) is not None)
    assert others == [], "another hash belongs in the list"
