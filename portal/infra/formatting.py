"""How templates write days, moments, counts and sizes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Flask, url_for

from portal.core import clock, money, text
from portal.infra.markdown import safe_html

BUILD = Path(__file__).parents[2] / "static" / "build"


@cache
def built_files() -> dict[str, str]:
    """The fingerprinted name of each built file, by its plain name."""
    manifest = BUILD / "manifest.json"
    if not manifest.exists():
        raise FileNotFoundError("The styles are not built. Run: make setup")
    return dict(json.loads(manifest.read_text()))


def built(name: str) -> str:
    """The address of a built file: built('portal.css')."""
    return url_for("static", filename=f"build/{built_files()[name]}")


def add_formats(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=text.day_words,
        short_day=text.short_day_words,
        hour=text.hour_words,
        moment=text.moment_words,
        size=text.size_words,
        deadline=text.deadline_words,
        minutes=text.minutes_words,
        london_day=clock.london_day,
        markdown=safe_html,
        pounds=money.pounds,
    )
    app.jinja_env.globals.update(built=built, count=text.count_words)
