"""What somebody typed before their session ended: kept in the browser's signed cookie, offered back after sign-in."""

from __future__ import annotations

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

MOST_BYTES = 2500  # a cookie holds 4,096 with everything else in it


def keep_typing() -> bool:
    """Keep the fields of this request if they came from our own page and fit; whether there is something to offer."""
    typed = _typed()
    if typed and sum(len(name) + len(value) for name, value in typed) <= MOST_BYTES:
        session["kept_typing"] = {"path": request.path, "typed": typed}
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
    return name == "csrf_token" or "password" in name


def offer_again() -> ResponseReturnValue:
    """Show what was typed, with one button that sends it again and one that lets go of it."""
    kept = session.get("kept_typing")
    if not kept:
        return redirect("/")
    return render_template("accounts/carry_on.html", kept=kept, typed=MultiDict(kept["typed"]))


def waiting() -> bool:
    return "kept_typing" in session


def let_go() -> None:
    session.pop("kept_typing", None)


def let_go_when_sent() -> None:
    """Once it has been sent again, it need not be kept."""
    kept = session.get("kept_typing")
    if kept and request.method == "POST" and request.path == kept["path"]:
        let_go()
