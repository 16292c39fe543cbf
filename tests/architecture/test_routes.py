"""Every route has a guard, and the list of routes and permissions is reviewed by eye when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Blueprint, Flask

from portal import show
from portal.access.in_words import IN_WORDS
from portal.access.permissions import TABLE
from portal.infra.guard import UnguardedRoute, guard_of, refuse_unguarded
from tests.snapshots import assert_reviewed

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(show.TABLES))
def test_the_reviewed_list_is_up_to_date(app: Flask, name: str) -> None:
    with app.app_context():
        assert_reviewed(show.as_text(name, app), HERE / f"{name}.txt")


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
        "/complain",
        "/forgotten-password",
        "/health/live",
        "/health/ready",
        "/help",
        "/help/board-administrator",
        "/help/carer-rep",
        "/help/clerk",
        "/help/depute",
        "/help/engagement-officer",
        "/help/expense-approver",
        "/help/glossary",
        "/help/mentor",
        "/help/national-coordinator",
        "/invitation/again",
        "/mentoring/what-a-mentor-does",
        "/privacy",
        "/privacy/how-long",
        "/public/boards/<board>",
        "/public/expenses",
        "/public/boards/<board>/roles/<uuid:group_id>",
        "/public/profiles/<uuid:profile_id>/photo.jpg",
        "/public/profiles/<uuid:profile_id>/write",
        "/sign-in",
        "/sign-in/by-email",
        "/sign-in/by-email/code",
        "/sign-in/passkey",
        "/sign-out",
        "/static/<path:filename>",
        "/who-can-do-what",
    }
