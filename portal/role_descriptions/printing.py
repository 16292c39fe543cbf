"""A role description on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra.documents import printing
from portal.infra.documents.printing import Story
from portal.role_descriptions.rules import sections, words_of

if TYPE_CHECKING:
    from portal.boards.models import Group
    from portal.role_descriptions.models import RoleDescription


def printed(group: Group, description: RoleDescription) -> bytes:
    """The PDF of one version; its group comes with its board."""
    since = day_words(london_day(description.published_at)) if description.published_at else "a draft"
    subtitle = f"{group.board.name}. Version {description.number}, from {since}"
    return printing.document(f"The role of a carer rep: {group.name}", subtitle, _story(description))


def _story(description: RoleDescription) -> Story:
    for one in sections(words_of(description)):
        yield printing.heading(one.title)
        yield from printing.markdown(one.words)
