"""The terms, read from the files beside this one when the portal starts: a fault in them stops it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from portal.home.glossary.rules import Table, Term, read_glossary

HERE = Path(__file__).parent


def read(folder: Path = HERE) -> tuple[Term, ...]:
    """Every term of the files in terms/, with its source from those in sources/."""
    sources: dict[str, Table] = {}
    for path in sorted((folder / "sources").glob("*.toml")):
        sources.update(tomllib.loads(path.read_text()))
    files = sorted((folder / "terms").glob("*.toml"))
    return read_glossary(sources, (term for path in files for term in tomllib.loads(path.read_text())["term"]))


TERMS = read()
