"""What somebody typed before their session ended: kept in the browser's own cookie, offered back after sign-in.

It is sealed there: a note may tell of somebody's health, and a cookie lies on a disk that may be anybody's.
"""

from __future__ import annotations

import json
from typing import Any

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.infra.sealed import CannotOpen, seal, unseal

PLACE = "cookie.kept_typing"
MOST_BYTES = 2200  # a cookie holds 4,096 with everything else in it


def keep_typing() -> bool:
    """Keep the fields of this request if they came from our own page and fit; whether there is something to offer."""
    typed = _typed()
    if typed and sum(len(name) + len(value) for name, value in typed) <= MOST_BYTES:
        session["kept_typing"] = seal(PLACE, json.dumps({"path": request.path, "typed": typed}))
        return True
    return False


def _typed() -> list[tuple[str, str]]:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if not _is_secret(name)]


def keep_what_was_typed() -> ResponseReturnValue:
    """Answer a POST that came without a live token: show what was typed, and say how to send it again."""
    keep_typing()
    return render_template("errors/session_ended.html", typed=_typed()), 400


def _is_secret(name: str) -> bool:
    return name in ("csrf_token", "code", "offered") or "password" in name


def offer_again() -> ResponseReturnValue:
    """Show what was typed, with one button that sends it again and one that lets go of it."""
    kept = _kept()
    if kept is None:
        return redirect("/")
    return render_template("accounts/carry_on.html", kept=kept, typed=MultiDict(kept["typed"]))


def _kept() -> dict[str, Any] | None:
    """The path and the typed fields, or None: nothing is kept, or its key is gone."""
    try:
        kept: dict[str, Any] = json.loads(unseal(PLACE, session["kept_typing"]))
    except (KeyError, CannotOpen):
        return None
    return kept


def waiting() -> bool:
    return "kept_typing" in session


def let_go() -> None:
    session.pop("kept_typing", None)


def let_go_when_sent() -> None:
    """Once it has been sent again, it need not be kept."""
    if request.method == "POST" and waiting():
        kept = _kept()
        if kept is None or request.path == kept["path"]:
            let_go()
