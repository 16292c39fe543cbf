"""Every route has a guard, and the list of routes and permissions is reviewed by eye when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint, Flask

from portal.access.permissions import IN_WORDS, TABLE
from portal.infra.guard import UnguardedRoute, guard_of, refuse_unguarded

HERE = Path(__file__).parent


def routes_as_text(app: Flask) -> str:
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule:60} {methods:9} {guard_of(app, rule.endpoint)}")
    return "\n".join(sorted(lines)) + "\n"


def permissions_as_text() -> str:
    roles = next(iter(TABLE.values())).keys()
    lines = [f"{name:20} {role:12} {row[role]}" for name, row in TABLE.items() for role in roles if row[role] != "-"]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", ["routes.txt", "permissions.txt"])
def test_the_reviewed_list_is_up_to_date(app: Flask, name: str) -> None:
    now = routes_as_text(app) if name == "routes.txt" else permissions_as_text()
    kept = (HERE / name).read_text() if (HERE / name).exists() else ""
    if now != kept:
        (HERE / f"{name}.new").write_text(now)
    assert now == kept, f"Read tests/architecture/{name}.new, and if it is right, put it in the place of {name}"


def test_a_route_without_a_guard_stops_the_app_from_starting() -> None:
    app = Flask("unsafe")
    app.view_functions.pop("static")
    app.url_map = type(app.url_map)()
    bp = Blueprint("bad", __name__)
    bp.add_url_rule("/open", view_func=lambda: "open", endpoint="open")
    app.register_blueprint(bp)
    with pytest.raises(UnguardedRoute, match="/open"):
        refuse_unguarded(app)


def test_every_permission_has_words_and_a_route_or_a_rule(app: Flask) -> None:
    assert IN_WORDS.keys() == TABLE.keys()
    source = "".join(path.read_text() for path in (HERE.parents[1] / "portal").rglob("*.py"))
    for name in TABLE:
        constant = name.replace(":", "_").upper()
        assert source.count(constant) > 2, f"{name} is used nowhere: take its row out of the table"


def test_public_routes_are_few_enough_to_list(app: Flask) -> None:
    public = {rule.rule for rule in app.url_map.iter_rules() if guard_of(app, rule.endpoint) == "public"}
    assert public == {
        "/",
        "/accessibility",
        "/check-in/send-again",
        "/forgotten-password",
        "/health/live",
        "/health/ready",
        "/help",
        "/privacy",
        "/public/boards/<board>",
        "/public/expenses",
        "/public/boards/<board>/roles/<uuid:group_id>",
        "/public/profiles/<uuid:profile_id>/photo.jpg",
        "/public/profiles/<uuid:profile_id>/write",
        "/sign-in",
        "/sign-in/by-email",
        "/sign-out",
        "/static/<path:filename>",
        "/who-can-do-what",
    }
