"""What every template can use: days, counts and sizes in words, and the components of templates/components."""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from flask import Flask, url_for
from jinja2 import Environment
from jinja2.runtime import Context, Macro

from config import ROOT
from portal.core import clock, money, text
from portal.core.initials import initials, tint_of
from portal.core.nothing import cell, what_words_mean, why_nothing
from portal.core.phones import dialled
from portal.infra.documents.markdown import safe_html
from portal.infra.web.icons import icon
from portal.infra.web.tables import labelled_rows

BUILD = ROOT / "static" / "build"
COMPONENTS = "components"


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
        day_and_hour=text.day_and_hour_words,
        days_away=text.days_away_words,
        no_sooner=text.no_sooner,
        size=text.size_words,
        deadline=text.deadline_words,
        minutes=text.minutes_words,
        together=text.together,
        london_day=clock.london_day,
        markdown=safe_html,
        labelled_rows=labelled_rows,
        pounds=money.pounds,
        initials=initials,
        tint=tint_of,
        dialled=dialled,
    )
    app.jinja_env.globals.update(built=built, count=text.count_words, cell=cell, why_nothing=why_nothing)
    app.jinja_env.globals.update(what_words_mean=what_words_mean, icon=icon)


class QuickContext(Context):
    """Calls a macro at once. Jinja asks of whatever is called how it wants to be, and a page calls hundreds of them."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # as Jinja has it
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        for name in ("_block_vars", "_loop_vars"):  # for what takes the context, which macros do not
            kwargs.pop(name, None)
        return called(self.eval_ctx, *args, **kwargs)


def add_components(app: Flask) -> None:
    """Make every macro of templates/components a global, so that no template imports it."""
    _share_globals(app.jinja_env)
    app.jinja_env.context_class = QuickContext
    for path in sorted((ROOT / "templates" / COMPONENTS).glob("*.html")):
        module = app.jinja_env.get_template(f"{COMPONENTS}/{path.name}").module
        app.jinja_env.globals.update({name: one for name, one in vars(module).items() if isinstance(one, Macro)})


def _share_globals(env: Environment) -> None:
    """Give templates the globals themselves: Jinja compares all names at each import, and those of its maps slowly."""

    def make_globals(d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:  # as Jinja has it
        return {**env.globals, **d} if d else env.globals

    env.make_globals = make_globals  # type: ignore[method-assign]
