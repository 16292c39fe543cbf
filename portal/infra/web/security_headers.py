"""Headers on every response: nothing runs, loads or frames but what the portal itself sends."""

from __future__ import annotations

import secrets
from collections.abc import Callable, MutableMapping

from flask import Flask, Response, current_app, g, request

from portal.infra.web.signed_in import is_known_to_be_signed_in

STATIC_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
MADE_FOR_PAGE = "csrf_token"  # under which Flask-WTF keeps a token for the length of a request
SECURE_HEADERS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}


def nonce() -> str:
    """The one-time word that lets this page's own script and style run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def content_policy() -> str:
    own = "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {own} 'nonce-{nonce()}'",
            f"style-src {own} 'nonce-{nonce()}'",
            f"img-src {own}",
            f"connect-src {own}",
            f"manifest-src {own}",
            f"form-action {own}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def add_headers(app: Flask) -> None:
    secure = app.config["PORTAL"].is_production

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers.update(STATIC_HEADERS)
        response.headers.setdefault("Content-Security-Policy", content_policy())
        if secure:
            response.headers.update(SECURE_HEADERS)
        if not _may_be_kept(response):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.jinja_env.globals["csp_nonce"] = nonce


def _may_be_kept(response: Response) -> bool:
    """What everybody gets alike: built files, public pages, photos. No page with a token, and none of a fault."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_public = request.method == "GET" and response.status_code == 200 and getattr(view, "guard", "") == "public"
    is_somebodys = is_known_to_be_signed_in() or MADE_FOR_PAGE in g
    return is_public and not is_somebodys and response.mimetype != "application/json"


def static_headers(secure: bool) -> Callable[[MutableMapping[str, str], str, str], None]:
    """The same for files that whitenoise serves past the app."""
    all_headers = {**STATIC_HEADERS, **(SECURE_HEADERS if secure else {})}
    all_headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"

    def add(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
        for name, value in all_headers.items():
            headers[name] = value

    return add
