"""Puts the portal together: settings, machinery, the list of capabilities, and what is done with events."""

from __future__ import annotations

import inspect
from pathlib import Path
from urllib.parse import urlparse

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_mail import Mail
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from whitenoise import WhiteNoise

import config as settings
from portal import cli, deployment
from portal.audit.actions import write_line
from portal.capabilities import CAPABILITIES, GATHERED
from portal.capability import icon_of, install
from portal.core import clock
from portal.demonstration.capability import DEMONSTRATION
from portal.identity import identify_viewers
from portal.infra import database, unit_of_work
from portal.infra.fields.error_list import error_list
from portal.infra.guard import INSTEAD, SAFE_METHODS, may, may_list, public, refuse_unguarded, viewer
from portal.infra.logs import log_requests
from portal.infra.web import interrupted_form
from portal.infra.web.errors import show_friendly_pages
from portal.infra.web.formatting import add_components, add_formats
from portal.infra.web.health_by_ip import HealthByIp
from portal.infra.web.in_address import limit_addresses
from portal.infra.web.large_uploads import ORDINARY_REQUEST_BYTES, refused_unread
from portal.infra.web.links import signers
from portal.infra.web.other_sites import refuse_other_sites
from portal.infra.web.pages import PageFacts
from portal.infra.web.security_headers import add_headers, static_headers
from portal.infra.web.this_machine import ThisMachineOnly
from portal.infra.web.unreadable import refuse_unreadable
from portal.navigation import Menu
from portal.notifications.fewer import fewer
from portal.notifications.outbox import would_be_emailed, write_emails
from portal.reactions import react


def create_app(config: settings.Config | None = None) -> Flask:
    """The portal, ready to serve. Raises UnguardedRoute or SettingsRefused rather than start unsafe."""
    config = config or deployment.settings()
    deployment.refuse_unsafe(config)
    app = Flask("portal", root_path=str(settings.ROOT), template_folder="templates", static_folder="static")
    _configure(app, config)
    limit_addresses(app)
    _work_per_request(app)  # first, so that a large upload is allowed before its token is read
    _connect_machinery(app)
    _draw_pages(app)
    _add_capabilities(app)
    public(app.view_functions["static"])  # the built files; whitenoise answers before Flask does
    refuse_unguarded(app)
    app.cli.add_command(cli.portal)
    return app


def _add_capabilities(app: Flask) -> None:
    install(app, GATHERED)
    app.extensions[INSTEAD] = [one.missing for one in CAPABILITIES if one.missing]
    extra = (DEMONSTRATION,) if app.config["PORTAL"].is_demonstration else ()
    for capability in (*CAPABILITIES, *extra):
        if capability.blueprint:
            app.register_blueprint(capability.blueprint)


def _configure(app: Flask, config: settings.Config) -> None:
    secure = config.is_production
    app.config.update(
        PORTAL=config,
        TESTING=config.environment == settings.TEST,
        SECRET_KEY=config.secret_key,
        SECRET_KEY_FALLBACKS=list(config.secret_keys[1:]),
        WTF_CSRF_SECRET_KEY=signers(config),
        SQLALCHEMY_ENGINES={"default": _engine(config)},
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=config.session_absolute_days * 24 * 3600,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
        MAX_CONTENT_LENGTH=ORDINARY_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAIL_SUPPRESS_SEND=False,
        SEND_FILE_MAX_AGE_DEFAULT=365 * 24 * 3600,
        TRUSTED_HOSTS=[config.host] if secure else ["127.0.0.1", "localhost", config.host],
    )
    if config.clock_file and not config.is_production:
        clock.use(clock.moved_by_file(Path(config.clock_file)))


def _engine(config: settings.Config) -> dict[str, object]:
    url = config.database_url
    if url.startswith("sqlite:///"):
        _make_folder(Path(urlparse(url).path).parent)
        return {"url": url}
    return {"url": url, "pool_pre_ping": True}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise settings.SettingsRefused(["Set DATABASE_URL to a file in a folder that can be made."]) from error


def _connect_machinery(app: Flask) -> None:
    database.db.init_app(app)
    _without_event_loops(app)
    database.db.metadata = database.Model.metadata  # type: ignore[attr-defined]  # where Flask-Migrate looks
    Migrate(app, database.db, render_as_batch=True, compare_type=True)
    Mail(app)
    app.before_request(refuse_other_sites)
    CSRFProtect(app).exempt(fewer)  # mailboxes send it for their owners; the page of it asks for the token itself
    refuse_unreadable(app)
    login = LoginManager(app)
    login.session_protection = None  # sessions live in our table, not in a mark on the cookie
    identify_viewers(app, login)
    unit_of_work.handled_by(write_line, react, write_emails)
    unit_of_work.foreseen_by(would_be_emailed)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the way to add middleware to Flask
        app.wsgi_app,
        root=str(settings.ROOT / "static"),
        prefix="/static/",
        allow_all_origins=False,
        max_age=365 * 24 * 3600,
        mimetypes={".webmanifest": "application/manifest+json"},
        add_headers_function=static_headers(app.config["SESSION_COOKIE_SECURE"]),
    )
    app.wsgi_app = HealthByIp(app.wsgi_app, app.config["PORTAL"].host)  # type: ignore[method-assign]  # likewise
    if app.config["PORTAL"].is_demonstration:
        app.wsgi_app = ThisMachineOnly(app.wsgi_app)  # type: ignore[method-assign]  # outermost, before static files


def _without_event_loops(app: Flask) -> None:
    """Drop what closes asynchronous sessions: there are none, and Flask would start an event loop for it each request.

    Flask-SQLAlchemy-Lite adds it whether there are such engines or not, and has no setting to leave it out.
    """
    keep = [close for close in app.teardown_appcontext_funcs if not inspect.iscoroutinefunction(close)]
    app.teardown_appcontext_funcs[:] = keep


def _work_per_request(app: Flask) -> None:
    log_requests(app)
    add_headers(app)
    show_friendly_pages(app)

    @app.before_request
    def prepare() -> ResponseReturnValue | None:
        view = app.view_functions.get(request.endpoint or "")
        writes = request.method not in SAFE_METHODS or getattr(view, "audited", False)
        g.write_token = database.will_write.set(writes)
        g.acting_token = unit_of_work.acting.set(None)
        if limit := getattr(view, "body_limit", ""):
            request.max_content_length = getattr(app.config["PORTAL"], limit)
            return refused_unread()
        return None

    @app.after_request
    def finish(response: Response) -> Response:
        if response.status_code >= 400 or request.method == "HEAD":  # which gets nothing, so nothing has happened
            unit_of_work.abandon()
            return response
        try:
            nothing_waits = interrupted_form.remove_sent(response)
            unit_of_work.finish()
        except Exception as error:  # nothing is promised before it is committed: the answer becomes a page of the error
            unit_of_work.abandon()
            return app.make_response(app.handle_user_exception(error))
        if nothing_waits:
            interrupted_form.forget_mark()
        return response

    @app.teardown_request
    def forget(_error: BaseException | None) -> None:
        for name, variable in (("write_token", database.will_write), ("acting_token", unit_of_work.acting)):
            if token := g.pop(name, None):
                variable.reset(token)


def _draw_pages(app: Flask) -> None:
    app.jinja_env.cache = {}  # without an end: there are more templates than Jinja keeps ready by itself
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(settings.ROOT / "templates"),
            PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}),
        ]
    )
    add_formats(app)
    config = app.config["PORTAL"]
    app.jinja_env.globals.update(
        may=may,
        may_list=may_list,
        error_list=error_list,
        icon_of=icon_of,
        is_demonstration=config.is_demonstration,
        today=clock.today,
        printed_on=clock.today,  # views hand over a day by the name of today
    )
    for capability in CAPABILITIES:
        app.jinja_env.globals.update(capability.on_pages)
    add_components(app)  # last, as components use the other globals

    @app.context_processor
    def who_is_looking() -> PageFacts:
        signed_in = current_user.is_authenticated
        return {
            "menu": Menu(viewer()) if signed_in else None,
            "viewer": viewer() if signed_in else None,
            "interrupted_form_waits": signed_in and interrupted_form.is_waiting(),
        }
