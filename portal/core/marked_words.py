"""Words with the marks of Markdown: what they read like without them, and which links they may hold."""

from __future__ import annotations

import re

SCHEMES = ("https", "mailto")  # what a link may lead to


def is_a_link(address: str) -> bool:
    """Whether words may lead there; where they may not, what was typed is shown as it is."""
    return address.lower().startswith(tuple(f"{scheme}:" for scheme in SCHEMES))


def refused_links(text: str) -> list[str]:
    """The addresses in [words](address) that become no link."""
    return [address for address in re.findall(r"\]\(\s*<?([^)\s>]+)", text) if not is_a_link(address)]


def plain(text: str) -> str:
    """The words as they are read, without the marks: points of a list begin with a bullet."""
    points = re.sub(r"(?m)^([^\S\n]*)[-*+][ \t]+", r"\1• ", text)
    bare = re.sub(r"(\*\*|__|(?<!\w)[*_])(?=\S)(.{1,500}?)(?<=\S)\1", r"\2", points)
    return re.sub(r"\[([^\[\]]+)\]\(([^)\s]{1,500})\)", r"\1 (\2)", bare)
