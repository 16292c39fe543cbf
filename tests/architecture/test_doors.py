"""What leads to a page asks what its door asks: the menu, and a page for the file that holds the same."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask

from config import ROOT
from portal.access import permissions
from portal.capabilities import GATHERED
from portal.infra.guard import guard_of

FILES = re.compile(r"\.(csv|xlsx)$")
SHOWN_TO_STRANGERS_TOO = {"home.index"}  # signed in, one's next steps; else what the portal is
OFFERED_TO_FEWER = {"meetings.index"}  # whoever sees none may open it, from a link they were sent, and is told so
FEWER_THAN_THE_DOOR = {"papers.notice_by_paper_csv": "the titles of papers, so of those alone that one may read"}


def test_the_menu_asks_what_the_door_asks(app: Flask) -> None:
    differ = [
        f"{one.label}: the menu asks {one.permission}, its door {guard_of(app, one.endpoint)}"
        for one in GATHERED.menu
        if one.permission
        and guard_of(app, one.endpoint) != one.permission
        and one.endpoint not in SHOWN_TO_STRANGERS_TOO | OFFERED_TO_FEWER
    ]
    assert not differ, "\n".join(differ)


def files(app: Flask) -> list[str]:
    """The endpoints that answer with a file of figures or lines."""
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if FILES.search(rule.rule)})


def pages_of(app: Flask, file: str) -> Iterator[str]:
    """The endpoints whose page links to a file."""
    linking = {
        str(path.relative_to(ROOT / "templates"))
        for path in (ROOT / "templates").rglob("*.html")
        if f'url_for("{file}"' in path.read_text()
    }
    for endpoint, view in app.view_functions.items():
        if set(re.findall(r'"([\w/]+\.html)"', source_of(inspect.unwrap(view)))) & linking:
            yield endpoint


def source_of(view: Callable[..., Any]) -> str:
    """A view with the functions of its own module that it calls."""
    source = inspect.getsource(view)
    called = (getattr(inspect.getmodule(view), name, None) for name in re.findall(r"(_\w+)\(", source))
    return source + "".join(inspect.getsource(one) for one in called if inspect.isfunction(one))


def test_a_file_asks_what_its_page_asks(app: Flask) -> None:
    for file in files(app):
        pages = list(pages_of(app, file))
        assert pages, f"no page links to {file}"
        doors = {page: guard_of(app, page) for page in pages}
        assert set(doors.values()) == {guard_of(app, file)}, f"{file} asks {guard_of(app, file)}, its page {doors}"


def test_what_a_file_holds_is_limited_by_what_its_door_asks(app: Flask) -> None:
    by_name = {name: value for name, value in vars(permissions).items() if name.isupper() and isinstance(value, str)}
    for file in files(app):
        view = inspect.unwrap(app.view_functions[file])
        named = {node.id for node in ast.walk(ast.parse(inspect.getsource(view))) if isinstance(node, ast.Name)}
        asked = {by_name[name] for name in named & by_name.keys()} - {guard_of(app, file)}
        if file not in FEWER_THAN_THE_DOOR:
            assert not asked, f"{file} opens with {guard_of(app, file)}, and asks {asked}"
