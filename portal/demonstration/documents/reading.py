"""Texts: a head in TOML, and a body in Markdown, both written with Jinja for one board and one meeting."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment, Template

    from portal.demonstration.documents.contexts import Context

FOLDER = Path(__file__).parent / "texts"
FENCE = "+++"
SIMPLER = str.maketrans({"₂": "2", "\u2011": "-", "→": "to"})  # what the letters of the documents lack
REVISED = "-revised"
LOOKS = ("report", "plan", "minutes", "form", "slides", "scan")


@dataclass(frozen=True)
class Head:
    """What a document says of itself."""

    title: str
    post: str = ""
    purpose: str = "noting"
    groups: Sequence[str] = ("board",)
    carers: str = ""
    equality: str = ""
    look: str = "report"
    tagged: bool = False
    pictures_only: bool = False
    recommendations: Sequence[str] = ()
    appendices: Sequence[str] = ()
    subtitle: str = ""


@cache
def keys() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


@cache
def names(key: str, word: str) -> bool:
    """Whether a text writes a word of its context."""
    return f"{{{{ {word} }}}}" in (FOLDER / f"{key.removesuffix(REVISED)}.md").read_text()


def read(key: str, context: Context) -> tuple[Head, str]:
    """The head and the body of a text."""
    return _apart(key, _written(*_named(key, context), context))


def head_of(key: str, context: Context) -> Head:
    """The head alone, without the work of writing the body."""
    name, words = _named(key, context)
    written = _top(name).render(words).translate(SIMPLER)
    return _apart(key, context.world.with_capitals(written))[0]


def _named(key: str, context: Context) -> tuple[str, dict[str, object]]:
    if key.endswith(REVISED) and not (FOLDER / f"{key}.md").exists():
        return key.removesuffix(REVISED), {**context.words, "revised": True}
    return key, context.words


def _written(name: str, words: dict[str, object], context: Context) -> str:
    return context.world.with_capitals(_environment(FOLDER).get_template(f"{name}.md").render(words).translate(SIMPLER))


@cache
def _top(name: str) -> Template:
    before, head, _ = (FOLDER / f"{name}.md").read_text().split(FENCE, 2)
    return _environment(FOLDER).from_string(FENCE.join((before, head, "\n")))


def _apart(key: str, written: str) -> tuple[Head, str]:
    before, head, body = written.split(FENCE, 2)
    if before.strip():
        raise ValueError(f"{key}: words before its head")
    given = tomllib.loads(head)
    if unknown := given.keys() - Head.__dataclass_fields__.keys():
        raise ValueError(f"{key}: its head has {', '.join(sorted(unknown))}, which no head has")
    found = Head(**given)
    if found.look not in LOOKS:
        raise ValueError(f"{key}: no look is called {found.look}")
    return found, body


@cache
def _environment(folder: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(  # noqa: S701 - what it writes is Markdown of our own texts, never a page
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
