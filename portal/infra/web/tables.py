"""The rows of a table, so that on a narrow screen each can be shown as a list: every cell says its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

TAG = re.compile(r"<(tr|th|td)\b([^<>]*)>")
ROLES = {"tr": "row", "th": "rowheader", "td": "cell"}


def labelled_rows(rows: str, columns: Sequence[str]) -> Markup:
    """The same rows; each cell names its column, and says what it is, as style makes a browser forget that."""
    column = 0

    def named(tag: re.Match[str]) -> str:
        nonlocal column
        name, attributes = tag.groups()
        here, column = column, 0 if name == "tr" else column + _spans(attributes)
        label = f' data-label="{escape(columns[here])}"' if name == "td" and here < len(columns) else ""
        return f'<{name} role="{ROLES[name]}"{label}{attributes}>'

    return Markup(TAG.sub(named, str(rows)))  # noqa: S704 - the rows are escaped already, and so is each label


def _spans(attributes: str) -> int:
    """Over how many columns a cell goes."""
    found = re.search(r'colspan="(\d+)"', attributes)
    return int(found[1]) if found else 1
