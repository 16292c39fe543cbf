"""What a page is called where the menu leads to it, and on the page itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.navigation import menu_of
from portal.sections import MENUS

CALLED_OTHERWISE = {  # pages whose heading does not begin as the menu calls them, and why
    "home.index": "it greets whoever opens it",
    "boards.show": "it is called by the board's own name",
}


def other_headings(role: str, headings: Mapping[str, str]) -> Iterator[str]:
    """Where whoever follows the menu of a role would not know that they are there. `headings` are by endpoint."""
    if role not in MENUS:
        return
    for entry in (entry for entries in menu_of(role).values() for entry in entries):
        heading = headings.get(entry.endpoint, entry.label)
        if entry.endpoint not in CALLED_OTHERWISE and not heading.startswith(entry.label):
            yield f"the menu calls {entry.endpoint} “{entry.label}”, and the page itself “{heading}”"
