"""The icons of the portal: drawings on a grid of 24, one file each in static/icons, put into the page itself."""

from __future__ import annotations

import re
from functools import cache

from markupsafe import Markup

from config import ROOT

FOLDER = ROOT / "static" / "icons"
WHOLE = re.compile(r"<svg[^>]*>(.*)</svg>\s*", re.DOTALL)


@cache
def icon(name: str) -> Markup:
    """One icon, as large as the letters beside it, for the eye alone. Raises FileNotFoundError for an unknown name."""
    drawing = WHOLE.fullmatch((FOLDER / f"{name}.svg").read_text())
    if drawing is None:
        raise ValueError(f"{name}.svg is not one drawing")
    opening = '<svg class="portal-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    return Markup(f"{opening}{drawing[1]}</svg>")  # noqa: S704 - our own files
