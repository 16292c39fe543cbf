"""What holds for each page of the portal, read from its HTML: what it is called, where it leads, where things stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

BACK = "govuk-back-link"
LANDMARKS = ("header", "nav", "main", "footer", "aside")
SILENT = ("script", "style", "template")
TAG = re.compile(r"""<[a-z][a-z0-9-]*((?:\s+[^\s"'<>/=]+(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?)*)\s*/?>""")
ATTRIBUTE = re.compile(r"""\s([^\s"'<>/=]+)(?:=(?:"[^"]*"|'[^']*'|[^\s"'<>]*))?""")


def problems_of(page: HtmlElement) -> Iterator[str]:
    """What is wrong with a page, in words."""
    yield from links_alike(page)
    yield from buttons_alike(page)
    yield from outside_landmarks(page)
    yield from back_links_out_of_place(page)
    yield from cells_without_their_column(page)


def attributes_twice(html: str) -> Iterator[str]:
    """An attribute that stands twice in one tag: a browser takes the first alone. Only the text of a page says it."""
    for tag in TAG.finditer(html):
        names = [one.lower() for one in ATTRIBUTE.findall(tag[1])]
        if len(names) != len(set(names)):
            yield f"an attribute twice: {' '.join(tag[0].split())[:200]}"


def links_alike(page: HtmlElement) -> Iterator[str]:
    """Links that are called the same and lead to different pages: heard one after the other, nobody can choose."""
    leads_to: dict[str, set[str]] = defaultdict(set)
    for link in page.xpath("//a[@href]"):
        leads_to[name_of(link)].add(link.get("href"))
    yield from (f"links “{name}” to {sorted(paths)}" for name, paths in leads_to.items() if len(paths) > 1)


def buttons_alike(page: HtmlElement) -> Iterator[str]:
    """Buttons that are called the same and do different things: likewise."""
    does: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for pressed in page.xpath("//form[@method='post']//button | //button[@form = //form[@method='post']/@id]"):
        [form, *_] = page.xpath("//form[@id=$id]", id=pressed.get("form")) or pressed.xpath("ancestor::form")
        address = pressed.get("formaction") or form.get("action") or ""
        said = form.xpath(".//input[@type='hidden'][@name!='csrf_token']")
        also = [f"{one.get('name')}={one.get('value')}" for one in (*said, pressed) if one.get("name")]
        does[name_of(pressed)].add((address, *also))
    yield from (f"buttons “{name}” for {sorted(ways)}" for name, ways in does.items() if len(ways) > 1)


def name_of(element: HtmlElement) -> str:
    """What a screen reader calls it: its words, and those of pictures in it."""
    silent = "ancestor-or-self::*[@aria-hidden='true']"
    words = element.xpath(f".//text()[not({silent})] | .//img/@alt")
    return element.get("aria-label") or " ".join("".join(words).split())


def outside_landmarks(page: HtmlElement) -> Iterator[str]:
    """Words that nobody finds who goes from landmark to landmark; the link that skips the menu stands first."""
    body = page.find("body")
    inside = " or ".join(f"ancestor::{one}" for one in (*LANDMARKS, *SILENT))
    for text in body.xpath(f".//text()[normalize-space()][not({inside})]"):
        if "govuk-skip-link" not in (text.getparent().get("class") or ""):
            yield f"outside of all landmarks: {text.strip()[:60]}"


def back_links_out_of_place(page: HtmlElement) -> Iterator[str]:
    if len(page.xpath(f"//a[@class='{BACK}']")) > 1:
        yield "more than one link back"
    if page.xpath(f"//a[@class='{BACK}'][not(ancestor::main) or preceding::h1]"):
        yield "the link back is not above the heading"


def leads_back_to(page: HtmlElement) -> str:
    """The address of the page above this one; empty, if it has no link back."""
    found = page.xpath(f"//a[@class='{BACK}']/@href")
    return str(found[0]) if found else ""


def cells_without_their_column(page: HtmlElement) -> Iterator[str]:
    """On a narrow screen a table is a list, so its cells say their column, and it says itself that it is a table."""
    if page.xpath("//main//table[not(@role='table')] | //main//tbody//tr[not(@role='row')]"):
        yield "a table that does not say that it is one"
    if page.xpath("//main//tbody//td[not(@data-label)]"):
        yield "a cell that does not say its column"
