"""Reads what people read, and says which words are not said and which sentences are long: `words.py [FILE...]`.

What people read is the text of pages and emails, the words of labels, links and buttons in templates, and the strings
of `portal` that hold a space or begin with a capital letter. Left out is what nobody but an engineer reads: docstrings,
what is logged or raised, statements of SQL and patterns. What is not said, what to say instead and what is allowed all
the same is in words.toml.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

ROOT = Path(__file__).parents[1]
LISTED = Path(__file__).with_suffix(".toml")
READ_BY_PEOPLE = re.compile(r"\s\S|^[A-Z][a-z]")  # several words, or one that begins as a sentence does
LEXER = Environment(autoescape=True)
SENTENCE = re.compile(r"[^.!?|\s](?:[^.!?|\n]++|[.!?](?=\S)|\n(?!\s*\n|- ))*[.!?](?=\s|$)")
FOLDERS = ("portal", "templates")
TEMPLATES = (".html", ".txt")
KINDS = (".py", ".md", ".toml", *TEMPLATES)
MOST_WORDS, COUNTED = 25, (".py", *TEMPLATES)
COMMENT = re.compile(r"<!--.*?-->|<(script|style|svg)\b.*?</\1>", re.DOTALL)
TOML_COMMENT = re.compile(r"^#.*", re.MULTILINE)
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^<>]*)>")
ATTRIBUTE = re.compile(r"""\b(?:aria-label|alt|placeholder|title)=(["'])(.*?)\1""", re.DOTALL)
INLINE = ("a", "abbr", "b", "code", "em", "i", "span", "strong")
END = " | "  # where one text ends and the next begins: no pattern reaches across it
VALUE = "…"  # what a page puts in


class Words(NamedTuple):
    """A text that people read, and the line on which it begins."""

    line: int
    text: str


@dataclass(frozen=True)
class Rule:
    """Words that are not said, and what to say instead."""

    not_said: str
    instead: str
    example: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Allowed:
    """A place where words that are not said are right."""

    file: str
    words: str
    reason: str


@dataclass(frozen=True)
class Listed:
    """What words.toml says."""

    rules: list[Rule]
    any_rule: re.Pattern[str]  # of all rules together: most texts hold nothing of any
    allowed: list[Allowed]
    left_out: tuple[str, ...]  # folders with what people typed
    engineers: frozenset[str]  # functions whose arguments only engineers read


@dataclass(frozen=True)
class Finding:
    """Words that are not said, where they stand."""

    file: str
    line: int
    found: str
    instead: str
    around: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: “{self.found}”: {self.instead} (in “{self.around}”)"


def pattern_of(words: str) -> re.Pattern[str]:
    """Whole words, large or small, but no part of an address; a space is any space, also a new line."""
    spaced = words.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w/])(?:{spaced})(?!\w)", re.IGNORECASE)


def listed(file: Path = LISTED) -> Listed:
    data = tomllib.loads(file.read_text())
    rules = [Rule(one["not"], one["say"], one["example"], pattern_of(one["not"])) for one in data["rule"]]
    allowed = [Allowed(one["file"], one["words"], one["reason"]) for one in data["allowed"]]
    any_rule = pattern_of("|".join(one.not_said for one in rules))
    return Listed(
        rules, any_rule, allowed, tuple(one["path"] for one in data["left_out"]), frozenset(data["engineers"])
    )


def words_of_template(source: str, is_plain: bool) -> Iterator[Words]:
    """The text of a template, and the words in its expressions. A plain one (an email) holds no tags."""
    data: list[str] = []
    for line, kind, value in LEXER.lex(source):
        if kind == "string" and READ_BY_PEOPLE.search(value[1:-1]):
            yield Words(line, value[1:-1])
        data.append(seen_of(kind, value))
    text = "".join(data)
    yield Words(1, text if is_plain else without_tags(text))


def seen_of(kind: str, value: str) -> str:
    """What of a piece of a template is seen: its text, that a value is put in, or that another way to say it begins."""
    if kind == "data":
        return value
    if kind == "name" and value in ("else", "elif"):
        return END
    return VALUE if kind == "variable_begin" else lines_in(value)


def lines_in(text: str) -> str:
    return "\n" * text.count("\n")


def without_tags(html: str) -> str:
    """What a page says, with the words of its attributes; each on the line where it stood."""
    return TAG.sub(_said_by_tag, COMMENT.sub(lambda found: END + lines_in(found[0]), html))


def _said_by_tag(found: re.Match[str]) -> str:
    said = "".join(f"{END}{one[2]}{END}" for one in ATTRIBUTE.finditer(found[3]))
    around = "" if found[2].lower() in INLINE else END
    return around + said + lines_in(found[0])[: found[0].count("\n") - said.count("\n")]


def words_of_module(source: str, engineers: frozenset[str]) -> Iterator[Words]:
    """The strings of a module that people read."""
    below: list[ast.AST] = [ast.parse(source)]
    while below:
        node = below.pop()
        text = text_of(node)
        if text is None:
            below.extend(read_by_people(node, engineers))
        elif READ_BY_PEOPLE.search(text):
            yield Words(node.lineno, text)  # type: ignore[attr-defined]  # an expression, which has a line


def text_of(node: ast.AST) -> str | None:
    """What a string says; None of anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else VALUE for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def read_by_people(node: ast.AST, engineers: frozenset[str]) -> Iterable[ast.AST]:
    """What is right below a node, without docstrings, and without what is logged, raised or compiled."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return ()
    if isinstance(node, ast.Call) and called(node) in engineers:
        return (node.func,)
    return ast.iter_child_nodes(node)


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def words_of(path: Path, engineers: frozenset[str]) -> Iterator[Words]:
    source = path.read_text()
    if path.suffix == ".py":
        return words_of_module(source, engineers)
    if path.suffix in TEMPLATES:
        return words_of_template(source, is_plain=path.suffix == ".txt")
    return iter([Words(1, TOML_COMMENT.sub("", source) if path.suffix == ".toml" else source)])


def findings(file: str, texts: Iterable[Words], rules: Sequence[Rule]) -> Iterator[Finding]:
    for words in texts:
        for rule in rules:
            for found in rule.pattern.finditer(words.text):
                around = " ".join(words.text[max(0, found.start() - 40) : found.end() + 40].split())
                line = words.line + words.text.count("\n", 0, found.start())
                yield Finding(file, line, " ".join(found[0].split()), rule.instead, around)


def too_long(file: str, texts: Iterable[Words]) -> Iterator[Finding]:
    """Sentences of more words than one can hold in mind."""
    for words in (one for one in texts if len(one.text.split()) > MOST_WORDS):
        for found in SENTENCE.finditer(words.text):
            count = len([one for one in found[0].split() if any(letter.isalnum() for letter in one)])
            if count > MOST_WORDS:
                said = " ".join(found[0].split())
                line = words.line + words.text.count("\n", 0, found.start())
                yield Finding(file, line, f"{count} words", f"at most {MOST_WORDS} in a sentence", said)


def problems_of(path: Path, said: Listed) -> Iterator[Finding]:
    texts = list(words_of(path, said.engineers))
    yield from findings(name_of(path), [one for one in texts if said.any_rule.search(one.text)], said.rules)
    if path.suffix in COUNTED:
        yield from too_long(name_of(path), texts)


def is_allowed(finding: Finding, allowed: Sequence[Allowed]) -> bool:
    return any(one.file == finding.file and re.search(one.words, finding.around) for one in allowed)


def unused(allowed: Sequence[Allowed], found: Sequence[Finding]) -> list[Allowed]:
    """What is allowed and stands nowhere any more."""
    return [one for one in allowed if not any(is_allowed(finding, [one]) for finding in found)]


def files(left_out: tuple[str, ...]) -> list[Path]:
    """Whatever people read, in a fixed order."""
    found = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS)
    return [path for path in found if not name_of(path).startswith(left_out) and path.name != "README.md"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def main(names: Sequence[str]) -> int:
    said = listed()
    paths = [Path(name).resolve() for name in names] or files(said.left_out)
    found = [one for path in paths for one in problems_of(path, said)]
    problems = [str(one) for one in found if not is_allowed(one, said.allowed)]
    if not names:
        gone = unused(said.allowed, found)
        problems += [f"{LISTED.name}: “{one.words}” is allowed in {one.file} and not there" for one in gone]
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
