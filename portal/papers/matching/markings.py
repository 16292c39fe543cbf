"""Words that mark a file as private, taken off its title: 'PRIVATE Item 10', '- CONFIDENTIAL', '(exempt)'."""

from __future__ import annotations

import re

from portal.papers.matching.vocabulary import EXEMPT, OFFICIAL_SENSITIVE

_ONE = rf"(?:strictly )?(?:{OFFICIAL_SENSITIVE}|{'|'.join(sorted(EXEMPT, key=len, reverse=True))})"
_MARK = rf"{_ONE}(?: ?(?:and|&|[/,+]) ?{_ONE}){{0,3}}"
_NAMED = rf"{_MARK}(?: (?:item|paper|report|session))?"
_NUMBER_NEXT = r"(?=\W{0,5}(?:(?:agenda )?(?:item|paper|report|enc|att)[a-z]{0,8}\W{0,5})?\d)"
_BEFORE = (
    re.compile(rf"\W{{0,5}}[(\[]{_NAMED}[)\]]\W*", re.I),
    re.compile(rf"\W{{0,5}}{_NAMED}(?: {{0,3}}[:–—]| {{1,3}}-)\W*", re.I),
    re.compile(rf"\W{{0,5}}{_MARK}\b{_NUMBER_NEXT}\W*", re.I),
)
_AFTER = (
    re.compile(rf"\W{{0,5}}[(\[]{_NAMED}[)\]]\W*$", re.I),
    re.compile(rf"\s{{0,3}}(?:[:–—]| -)\s{{0,3}}{_NAMED}\W*$", re.I),
)
_SHOUTED = re.compile(rf"\W{{0,5}}{_MARK.upper()}\b\W*")
_SHOUTED_AFTER = re.compile(rf"\W{{1,5}}{_MARK.upper()}\W*$")


def without_marking_before(text: str) -> str:
    """'Item 10 Contract' of 'PRIVATE Item 10 Contract'; 'Private care homes' is about them."""
    found = next((found for one in _BEFORE if (found := one.match(text))), None) or _shouted(text)
    return text[found.end() :] if found and text[found.end() :].strip() else text


def _shouted(text: str) -> re.Match[str] | None:
    """A mark in capitals before words that are not."""
    found = _SHOUTED.match(text)
    return found if found and re.search(r"[a-z]{2}", text[found.end() :]) else None


def without_marking_after(text: str) -> str:
    """'Contract' of 'Contract (private)'."""
    found = next((found for one in _AFTER if (found := one.search(text))), None)
    if found is None and re.search(r"[a-z]{2}", text):
        found = _SHOUTED_AFTER.search(text)
    return text[: found.start()] if found and text[: found.start()].strip() else text
