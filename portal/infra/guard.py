"""The door: every route names its permission, is opened by a signed link, or is public on a short list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, TypeVar, overload
from urllib.parse import quote
from uuid import UUID

from flask import Flask, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.decide import boards_listing, can
from portal.access.roles import Viewer
from portal.infra.sight import AnyLoader, Loader
from portal.infra.unit_of_work import acting
from portal.infra.web import interrupted_form
from portal.infra.web.links import read_token

Thing = TypeVar("Thing")
Marked = TypeVar("Marked", bound=Callable[..., Any])  # any view
View = Callable[..., ResponseReturnValue]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
INSTEAD = "said instead of not found"  # the explanations that capabilities have


class UnguardedRoute(RuntimeError):
    """A route has no permission and is neither public nor opened by a link."""


@overload
def allows(permission: str, *, audited: bool = False, body_limit: str = "") -> Callable[[View], View]: ...


@overload
def allows(
    permission: str, one: Loader[..., Thing], *, see: str = "", audited: bool = False, body_limit: str = ""
) -> Callable[[Callable[[Thing], ResponseReturnValue]], View]: ...


def allows(
    permission: str,
    one: AnyLoader | None = None,
    *,
    see: str = "",
    audited: bool = False,
    body_limit: str = "",
) -> Callable[[View], View]:
    """Only for people with the permission. `one` loads the thing from the URL within the person's sight.

    404 when out of sight, 403 when in sight but not theirs to do. Who sees it is said at the loader; `see` names
    another permission for this door. `audited` says that a GET writes an audit line, or what it takes back;
    `body_limit` names the setting that says how many bytes may be sent, where files are.
    """
    load = one.with_sight(see) if one and see else one

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**in_url: Any) -> ResponseReturnValue:  # converted by the route
            if not current_user.is_authenticated:
                return to_sign_in()
            acting.set(current_user.person.id)
            if load is None:
                return view(**in_url) if can(viewer(), permission) else abort(403)
            thing = load(viewer(), **in_url)
            if thing is None:
                return said_instead(in_url) or abort(404)
            g.board_of_thing = getattr(thing, "board_id", None)  # for the menu, which is of one board
            return view(thing) if can(viewer(), permission, thing) else abort(403)

        return _marked(guarded, permission, load, audited, body_limit)

    return decorate


def said_instead(in_url: Mapping[str, object]) -> ResponseReturnValue | None:
    """A page for whoever gave up what is at this address; None for all others, to whom it was never there.

    Nothing that is sent there is done: the page shows what it was.
    """
    for explain in current_app.extensions[INSTEAD]:
        if page := explain(viewer(), in_url):
            interrupted_form.not_taken()
            return page, 404
    return None


def by_link(
    purpose: str, one: Callable[[UUID, str], Thing | None], dead: str | Callable[[], str] = ""
) -> Callable[[Callable[Concatenate[Thing, ...], ResponseReturnValue]], View]:
    """For whoever holds a signed link: `one(row_id, generation)` loads the thing or says None for a dead link.

    `dead` is the template of a page, or makes a page, that says what to do then, in the place of "Page not found".
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(token: str, **in_url: Any) -> ResponseReturnValue:  # converted by the route
            read = read_token(purpose, token)
            thing = one(*read) if read else None
            if thing is None:
                return (_page_of(dead), 404) if dead else abort(404)
            return view(thing, **in_url)

        return _marked(guarded, f"link {purpose}")

    return decorate


def _page_of(dead: str | Callable[[], str]) -> str:
    return render_template(dead) if isinstance(dead, str) else dead()


def awaiting_second_factor(view: View) -> View:
    """Only for whoever typed the right password and has yet to pass, or set up, the second factor."""

    @wraps(view)
    def guarded(**in_url: Any) -> ResponseReturnValue:  # converted by the route
        if current_user.is_authenticated:  # another tab was quicker
            return redirect(own_path(request.args.get("next")))
        if not getattr(current_user, "is_awaiting_second_factor", False):
            return to_sign_in()
        acting.set(current_user.person.id)
        return view(**in_url)

    return _marked(guarded, "awaiting second factor")


def public(view: Marked) -> Marked:
    """For everyone, signed in or not."""
    return _marked(view, "public")


def _marked(
    view: Marked,
    guard: str,
    load: AnyLoader | None = None,
    audited: bool = False,
    body_limit: str = "",
) -> Marked:
    view.guard = guard  # type: ignore[attr-defined]  # a mark that the route snapshot and begin_transaction read
    view.load = load  # type: ignore[attr-defined]  # what says who sees the thing in the address; tests read it
    view.audited = audited  # type: ignore[attr-defined]  # likewise
    view.body_limit = body_limit  # type: ignore[attr-defined]  # what prepare in app.py reads
    return view


def viewer() -> Viewer:
    """The signed-in person as the rules see them; 401 when there is none."""
    return whoever_looks() or abort(401)


def whoever_looks() -> Viewer | None:
    """The signed-in person as the rules see them, or None."""
    user = current_user._get_current_object()  # a page asks often, and each look through the proxy takes its time
    return user.as_viewer() if user.is_authenticated else None


def may(permission: str, thing: object = None) -> bool:
    """For templates: may whoever is looking do this?"""
    return can(whoever_looks(), permission, thing)


def may_list(permission: str, board: object) -> bool:
    """For templates: does a role of whoever is looking show them a list of such things of a board?"""
    person = whoever_looks()
    return person is not None and getattr(board, "id", None) in boards_listing(person, permission)


def to_sign_in() -> ResponseReturnValue:
    """Send a visitor to sign in, and bring them back to this page, or to what they typed, afterwards.

    What was typed and cannot be kept is shown instead, so that it is not lost without a word.
    """
    if request.method in SAFE_METHODS:
        return _sign_in_for(request.full_path.rstrip("?"))
    if interrupted_form.keep():
        return _sign_in_for(url_for("accounts.carry_on"))
    if interrupted_form.is_lost():
        return interrupted_form.show_not_saved()
    return _sign_in_for(interrupted_form.page_to_return_to())


def _sign_in_for(path: str) -> ResponseReturnValue:
    return redirect(url_for("accounts.sign_in") + "?next=" + quote(path, safe="/"))


def own_path(path: str | None) -> str:
    """A path on this site to go to next, or the home page for anything else."""
    if path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return "/"


def guard_of(app: Flask, endpoint: str) -> str:
    return getattr(app.view_functions[endpoint], "guard", "")


def loader_of(app: Flask, endpoint: str) -> AnyLoader | None:
    """What finds the thing in the address of a route, and says who sees it."""
    return getattr(app.view_functions[endpoint], "load", None)


def refuse_unguarded(app: Flask) -> None:
    """Raises UnguardedRoute for the first route without a guard, so that the app does not start."""
    for rule in app.url_map.iter_rules():
        if not guard_of(app, rule.endpoint):
            raise UnguardedRoute(
                f"{rule.rule}: give {rule.endpoint} @allows(...), @by_link(...), @awaiting_second_factor or @public"
            )
