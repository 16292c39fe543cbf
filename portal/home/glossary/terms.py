"""The terms, read from the files beside this one when the portal starts: a fault in them stops it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from portal.home.glossary.rules import Term, read_glossary

HERE = Path(__file__).parent


def read(folder: Path = HERE) -> tuple[Term, ...]:
    """Every term of the files in terms/, with its source from those in sources/."""
    sources: dict[str, Any] = {}
    for told in map(_parsed, sorted((folder / "sources").glob("*.toml"))):
        sources.update(told)
    files = map(_parsed, sorted((folder / "terms").glob("*.toml")))
    return read_glossary(sources, (term for told in files for term in told["term"]))


def _parsed(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


TERMS = read()
