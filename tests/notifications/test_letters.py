"""What mailboxes read beside the words of an email: that a machine wrote it, and how its reader gets fewer."""

from __future__ import annotations

import dataclasses
import email
import email.policy
from email.message import Message
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.accounts.rules import ONLY_NEEDED
from portal.capabilities import GATHERED
from portal.infra.database import db
from portal.notifications import bundling
from portal.notifications.letter import may_be_turned_off
from portal.notifications.mailer import message_of
from portal.notifications.models import Email
from tests.cast import NOW, Cast
from tests.notifications.test_words import FACTS, MEETING
from tests.visitor import text_of

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

NEWS, NEEDED = "meeting-soon", "meeting-moved"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def letter(cast: Cast, template: str, **facts: Any) -> Message:
    """An email of a kind to the rep, as it goes out."""
    rep = db.session.get_one(Person, cast.northfirth.people["rep"])
    known = {name: value for name, value in {**MEETING, **FACTS}.items() if name != "entry"}
    of = {"template": template, "person": rep, "person_id": rep.id, "asked_at": NOW, "message_id": "<x@localhost>"}
    one = Email(facts={**known, **facts}, **of)
    made = email.message_from_bytes(message_of(one).as_bytes(), policy=email.policy.default)
    db.session.rollback()
    return made


def path_in(message: Message) -> str:
    found = str(message["List-Unsubscribe"])
    assert found.startswith("<http")
    assert found.endswith(">")
    return found.strip("<>").split("localhost", 1)[-1].removeprefix(":5000")


def wanted(app: Flask, cast: Cast) -> tuple[str, int]:
    with app.app_context():
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        return rep.emails_wanted, rep.minutes_per_page


@pytest.mark.parametrize("template", sorted(GATHERED.sender_of))
def test_every_email_says_that_a_machine_wrote_it(cast: Cast, work: Any, template: str) -> None:
    message = letter(cast, template)
    assert message["Auto-Submitted"] == "auto-generated"
    always = [row.always for row in GATHERED.emails if row.email == template]
    may_stop = not any(always)
    assert (message["List-Unsubscribe"] is not None) is may_stop, "exactly where a person can choose not to get it"


def test_a_mailbox_shows_its_button_where_the_portal_is_encrypted(
    app: Flask, cast: Cast, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert letter(cast, NEWS)["List-Unsubscribe-Post"] is None
    encrypted = dataclasses.replace(app.config["PORTAL"], base_url="https://portal.test")
    monkeypatch.setitem(app.config, "PORTAL", encrypted)
    assert letter(cast, NEWS)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter(cast, NEEDED)["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(("template", "may_stop"), [(NEWS, True), (NEEDED, False)])
def test_an_email_of_a_day_is_judged_by_what_it_holds(cast: Cast, work: Any, template: str, may_stop: bool) -> None:
    with work():
        held = db.session.get_one(Email, cast.northfirth.things["email_id"])
        held.template, held.status = template, "held"
        bundling.bundle(cast.northfirth.people["rep"], [held, held])
    daily = Email(template="daily", facts={"emails": [str(cast.northfirth.things["email_id"])]})
    assert may_be_turned_off(daily) is may_stop


def test_the_button_of_a_mailbox_needs_no_sign_in_and_changes_only_this(
    app: Flask, cast: Cast, work: Any, visit: Any
) -> None:
    path, before = path_in(letter(cast, NEWS)), wanted(app, cast)
    answer = visit("").client.post(path, data=ONE_CLICK)
    assert answer.status_code == 200
    assert wanted(app, cast) == (ONLY_NEEDED, before[1])
    assert visit("").client.post(path, data=ONE_CLICK).status_code == 200, "pressed twice it is the same"


def test_opening_the_link_changes_nothing_and_its_page_does(app: Flask, cast: Cast, work: Any, visit: Any) -> None:
    path, before, stranger = path_in(letter(cast, NEWS)), wanted(app, cast), visit("")
    page = stranger.get(path)
    assert "CANARYNORTH" not in page.text, "whoever holds the link learns nothing of its owner"
    stranger.client.head(path)
    assert wanted(app, cast) == before
    assert stranger.client.post(path).status_code == 400, "a page asks for its token"
    assert wanted(app, cast) == before
    assert "You’ll get fewer emails" in text_of(stranger.post(path))
    assert wanted(app, cast) == (ONLY_NEEDED, before[1])


@pytest.mark.parametrize("change", [{"email": "moved@northfirth.test"}, {"disabled_at": NOW}])
def test_the_link_ends_with_the_address_or_the_account(
    app: Flask, cast: Cast, work: Any, visit: Any, change: dict[str, Any]
) -> None:
    path, before = path_in(letter(cast, NEWS)), wanted(app, cast)
    with work():
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        for name, value in change.items():
            setattr(rep, name, value)
    assert visit("").client.post(path, data=ONE_CLICK).status_code == 404
    assert wanted(app, cast) == before


def test_a_new_password_leaves_the_link_of_old_emails_alive(app: Flask, cast: Cast, work: Any, visit: Any) -> None:
    path = path_in(letter(cast, NEWS))
    with work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).password_hash = "another"
    assert visit("").client.post(path, data=ONE_CLICK).status_code == 200


def test_a_token_of_another_person_is_not_made_by_changing_an_id(cast: Cast, work: Any, visit: Any) -> None:
    path = path_in(letter(cast, NEWS))
    assert visit("").client.post(path[:-4] + "AAAA", data=ONE_CLICK).status_code == 404
    assert str(UUID(int=5)) not in path
