"""Going through the portal as one of the demonstration's people: by the links of its pages, each kind of page once."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
from flask import Flask
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from portal.demonstration import accounts
from portal.infra.guard import guard_of
from tests.demonstration.sums import value
from tests.visitor import Visitor, text_of

LEFT_OUT = ("demonstration.", "static", "accounts.", "privacy.own_data")  # about signing in, or everything at once
FILES = ("_csv", ".pack", "_pdf", "_json", "file", "download", ".pdf", ".receipt", ".photo")
NEVER = re.compile(r"\bNaN\b|\bundefined\b|\{\{|\bUndefined\b|None,|, None\b")
NEGATIVE = re.compile(
    r"(?<![\w–])[-−]£?\d[\d.,]*(?= ?(?:%|days?|hours?|minutes?|pages?|papers?|claims?|reps?)\b)|£[-−]\d"
)
SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
NO_SUM = re.compile(r"median|share|target|promised|%|days|notice", re.IGNORECASE)


def signed_in(app: Flask, address: str) -> Visitor:
    visitor = Visitor(app)
    answer = visitor.post("/sign-in", {"email": address, "password": accounts.PASSWORD})
    assert answer.status_code == 302, address
    return visitor


def pages(visitor: Visitor, seen: set[str], board: str = "") -> Iterator[tuple[str, HtmlElement, str]]:
    """The address, the tree and the text of each page, of one kind one. What is the same for everybody is seen once.

    `seen` has the kinds that others have seen. With a board, nothing is opened that is of another.
    """
    waiting, known, own = deque(["/"]), {"/"}, set[str]()
    while waiting:
        path = waiting.popleft()
        kind = _kind(visitor.app, path, board)
        if kind is None or kind in own or (kind in seen and path != "/"):
            continue
        (seen if guard_of(visitor.app, kind.split()[0]) == "public" else own).add(kind)
        answer = visitor.get(path, follow_redirects=True)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        if answer.mimetype != "text/html":
            continue
        tree = lxml.html.fromstring(answer.text)
        yield path, tree, text_of(answer)
        found = [urlsplit(one) for one in tree.xpath("//a[not(@download)]/@href")]
        links = [one.path + (f"?{one.query}" if one.query else "") for one in found if not one.netloc and one.path]
        waiting += [one for one in dict.fromkeys(links) if one not in known]
        known.update(links)


def _kind(app: Flask, path: str, board: str) -> str | None:
    """What a page is called, with the board that it names; None for what is no page to look at."""
    try:
        endpoint, values = app.url_map.bind("localhost").match(urlsplit(path).path, method="GET")
    except HTTPException:
        return None
    of = values.get("board", "")
    is_left_out = endpoint.startswith(LEFT_OUT) or endpoint.endswith(FILES) or (board and of not in ("", board))
    return None if is_left_out else f"{endpoint} {of}"


def problems(tree: HtmlElement, text: str) -> Iterator[str]:
    """What no page can say, whoever looks."""
    for found in (*NEVER.findall(text), *NEGATIVE.findall(text)):
        yield f"it says {found}"
    for share in SHARE.findall(text):
        if float(share) > 100:
            yield f"{share}% of something"
    for table in tree.xpath("//table"):
        yield from _wrong_totals(table)


def _wrong_totals(table: HtmlElement) -> Iterator[str]:
    """A row called total has the sums of the rows above it, of whole numbers and of money."""
    heads = [text_in(head) for head in table.xpath(".//thead//th")]
    rows = [[text_in(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tbody/tr")]
    totals = [row for row in rows if row and row[0].lower().startswith(("total", "all boards", "in all"))]
    for total in totals:
        above = [row for row in rows if row not in totals]
        for number in range(1, min(len(heads), len(total))):
            found = value(total[number])
            parts = [value(row[number]) for row in above if len(row) > number]
            if found is None or not parts or NO_SUM.search(heads[number]) or None in parts:
                continue
            if abs(sum(part for part in parts if part is not None) - found) > 0.001:
                yield f"{heads[number]}: {total[number]} is not the sum of its rows"


def text_in(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
