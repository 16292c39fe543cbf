"""Looking after accounts: inviting again, clearing away what has ended, and forms that browsers understand."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask import Flask

from portal.accounts.models import SignedInSession
from tests.accounts.test_pages import count, latest_link, sign_in
from tests.cast import NOW


def test_an_invitation_that_ran_out_is_sent_again(app: Flask, visit: Any, at: Any) -> None:
    admin = visit("northfirth.admin")
    admin.post("/boards/northfirth/people/new", {"name": "Una New", "email": "una@new.test", "role": "officer"})
    first = latest_link(app, "invitation")
    at(NOW + timedelta(days=14))
    assert visit("").get(first).status_code == 404
    admin = visit("northfirth.admin")
    page = admin.get("/boards/northfirth/people").text
    again = re.search(r'action="(/boards/northfirth/roles/[^"]+/invite-again)"', page)
    assert again
    assert admin.post(again[1]).status_code == 302
    assert visit("").get(latest_link(app, "invitation")).status_code == 200


def test_ended_sessions_and_old_tries_are_cleared_away(app: Flask, visit: Any, at: Any) -> None:
    from portal.infra.web.limits import Hit
    from portal.scheduler.run import do_what_is_due

    sign_in(visit(""), "wrong")
    visit("northfirth.rep")
    assert count(app, SignedInSession)
    assert count(app, Hit)
    at(NOW + timedelta(days=8))
    with app.app_context():
        do_what_is_due()
    assert count(app, SignedInSession) == 0
    assert count(app, Hit) == 0


def test_browsers_can_fill_in_what_people_type_about_themselves(visit: Any) -> None:
    page = visit("").get("/sign-in").text
    assert 'autocomplete="email"' in page
    assert 'autocomplete="current-password"' in page
    invited = visit("northfirth.admin").get("/boards/northfirth/people/new").text
    assert set(re.findall(r'autocomplete="([^"]+)"', invited)) == {"off"}, "what is somebody else's is never filled in"
