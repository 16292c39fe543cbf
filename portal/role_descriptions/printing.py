"""A role description on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra import printing
from portal.role_descriptions.rules import sections, words_of


def printed(group: Any, description: Any) -> bytes:
    """The PDF of one version; its group comes with its board."""
    since = day_words(london_day(description.published_at))
    subtitle = f"{group.board.name}. Version {description.number}, from {since}"
    return printing.document(f"The role of a carer rep: {group.name}", subtitle, _story(description))


def _story(description: Any) -> Iterator[Any]:
    for one in sections(words_of(description)):
        yield printing.heading(one.title)
        yield from printing.markdown(one.words)
