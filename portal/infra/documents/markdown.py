"""Markdown that people write: paragraphs, lists, bold, italics and links; nothing else gets through."""

from __future__ import annotations

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from portal.core.marked_words import SCHEMES, is_a_link

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
LOOK = {
    "p": {"class": "govuk-body"},
    "ul": {"class": "govuk-list govuk-list--bullet"},
    "ol": {"class": "govuk-list govuk-list--number"},
    "a": {"class": "govuk-link"},
}


class _SafeLinks(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - as the parser calls it
        return is_a_link(url)


@cache
def _parser() -> MarkdownIt:
    return _SafeLinks("zero", {"breaks": True}).enable(["list", "emphasis", "link", "newline"])


def safe_html(text: str) -> Markup:
    """HTML for a page. Whatever was typed, only the tags above come out, and links lead to web or mail addresses."""
    html = _parser().render(text)
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "class"}, "p": {"class"}, "ul": {"class"}, "ol": {"class"}},
        set_tag_attribute_values=LOOK,
        attribute_filter=_kept,
        url_schemes=set(SCHEMES),
        link_rel="noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - cleaned in the line above


def _kept(_tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; of a link that leads nowhere, as in `[words]()`, none: it would lead to this page."""
    return None if name == "href" and not value else value


def parsed(text: str) -> list[Token]:
    """The same as a list of tokens, for printing."""
    return _parser().parse(text)
