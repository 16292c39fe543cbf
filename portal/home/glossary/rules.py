"""What is so of the glossary: what a term must say, how terms are ordered, and which of them a search finds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from portal.core.names import name_key

LONGEST_SEARCH = 100
NEEDED, OPTIONAL, OF_SOURCE = {"name", "means", "source"}, {"also", "where"}, {"name", "url"}
NOT_IN_AN_ANCHOR = re.compile(r"[^a-z0-9&]+")


Table = Mapping[str, object]  # of a TOML file


class GlossaryFault(ValueError):
    """A file of the glossary says something that no page can show."""


@dataclass(frozen=True)
class Source:
    """A law, a guidance or a page of a public body. '' for an address that is not known or does not stay."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Term:
    name: str
    also: tuple[str, ...]
    means: str
    source: Source
    where: str  # the part of the source: 'section 95'; '' for all of it

    @property
    def anchor(self) -> str:
        """'carers-scotland-act-2016'."""
        return NOT_IN_AN_ANCHOR.sub("-", name_key(self.name).replace("&", "and").replace("’", "")).strip("-")

    @property
    def letter(self) -> str:
        return self.anchor[0].upper()


def read_source(key: str, told: Table) -> Source:
    if not told.get("name") or told.keys() - OF_SOURCE:
        raise GlossaryFault(f"the source {key} needs a name, may have a url, and nothing else")
    if not str(told.get("url", "https://")).startswith("https://"):
        raise GlossaryFault(f"the address of the source {key} must begin with https://")
    return Source(str(told["name"]), str(told.get("url", "")))


def read_term(told: Table, sources: Mapping[str, Source]) -> Term:
    """A term as it stands in a file; each sentence of its meaning may have a line of its own."""
    name, also = str(told.get("name", "")), told.get("also", [])
    if not told.keys() >= NEEDED or told.keys() - NEEDED - OPTIONAL or not isinstance(also, list):
        raise GlossaryFault(f"the term {name!r} needs a name, a meaning and a source; it may have also and where")
    means, source = " ".join(str(told["means"]).split()), sources.get(str(told["source"]))
    if not (name and means.endswith(".")):
        raise GlossaryFault(f"the meaning of {name!r} must be one or two sentences")
    if source is None:
        raise GlossaryFault(f"the term {name!r} names no source of the list: {told['source']}")
    return Term(name, tuple(also), means, source, str(told.get("where", "")))


def read_glossary(sources: Mapping[str, Table], terms: Iterable[Table]) -> tuple[Term, ...]:
    """Every term, by the alphabet. GlossaryFault for what is wrong, with the term it is about."""
    known = {key: read_source(key, told) for key, told in sources.items()}
    found = sorted((read_term(told, known) for told in terms), key=lambda term: term.anchor)
    for one, next_one in pairwise(found):
        if one.anchor == next_one.anchor:
            raise GlossaryFault(f"the term {one.name!r} is there twice")
    return tuple(found)


def by_letter(terms: Iterable[Term]) -> list[tuple[str, list[Term]]]:
    """Terms in order, under the letters that there are."""
    return [(letter, list(group)) for letter, group in groupby(terms, key=lambda term: term.letter)]


def plain(words: str) -> str:
    """Lower-case words and figures alone: whoever searches types neither accents nor the right apostrophe."""
    return re.sub(r"[^a-z0-9& ]+", "", re.sub(r"[\s/–-]+", " ", name_key(words).lower())).strip()


def found_by(said: str, terms: Sequence[Term]) -> list[Term]:
    """Terms with every word that was typed; those that are called so come before those that only mention it."""
    words = plain(said).split()
    if not words:
        return []
    called = {term: plain(" ".join((term.name, *term.also))) for term in terms}
    named = [term for term in terms if all(word in called[term] for word in words)]
    told = [term for term in terms if all(word in f"{called[term]} {plain(term.means)}" for word in words)]
    exact = [term for term in named if plain(said) in (plain(name) for name in (term.name, *term.also))]
    return list(dict.fromkeys((*exact, *named, *told)))
