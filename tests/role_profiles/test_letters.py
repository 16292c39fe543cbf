"""Letters from the public: the writer confirms an address first; then the rep has it, and tells none of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications import mailer, outbox
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.privacy.export import everything_about
from portal.role_profiles.letters import rules
from portal.role_profiles.models import ProfileMessage, PublicProfile, UnconfirmedLetter
from portal.scheduler.run import do_chores
from tests.accounts.test_pages import count, latest_link
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

LETTER = {"name": "Lee", "email": "lee@new.test", "text": "HEALTHWORD my son is ill"}
LINK = "letter-to-confirm"


@pytest.fixture
def write(visit: Any, cast: Cast, app: Flask, rolled_back: Any) -> Callable[..., Any]:
    """write(…) sends the form of the public page of a rep, from a browser of its own. The cast's own letter is gone."""
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(UnconfirmedLetter)))

    def send(board: str = "northfirth", client: str = "", **changed: str) -> Any:
        visitor = visit("")
        if client:
            visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = client
        profile_id = getattr(cast, board).things["profile_id"]
        return visitor.post(f"/public/profiles/{profile_id}/write", {**LETTER, **changed})

    return send


def delivered(app: Flask) -> int:
    return count(app, ProfileMessage, ProfileMessage.name == "Lee", ProfileMessage.sent_at >= NOW) - 2  # the cast's


def test_a_letter_reaches_nobody_before_its_writer_confirms_it(app: Flask, visit: Any, cast: Cast, write: Any) -> None:
    path = f"/public/profiles/{cast.northfirth.things['profile_id']}/write"
    assert "Write to a carer rep" in text_of(visit("").get(path))
    button, sent = "Send my message", text_of(write())
    for page in (text_of(visit("").get(path)), sent):
        assert f"select “{button}”. Only then does the rep get it" in page
    assert "Check your email to send your message" in sent
    rep = visit("northfirth.rep")
    assert "Read 1 message from the public" not in text_of(rep.get("/role"))
    assert "HEALTHWORD" not in rep.get("/role/messages").text
    assert count(app, Email, Email.template == "message-for-rep") == 0
    with app.app_context():
        [link] = db.session.scalars(anywhere(select(Email).where(Email.template == LINK))).unique()
        assert link.to_address == "lee@new.test"
        words = words_of(link)
        assert "CANARYNORTH Rep" not in words.text + words.subject
        assert "HEALTHWORD" not in words.text + str(link.facts)
        kept = str(db.session.execute(text("SELECT * FROM unconfirmed_letters ORDER BY id")).all())
        trail = str(db.session.execute(text("SELECT facts FROM audit_lines WHERE event = 'LetterToConfirm'")).all())
    assert not [one for one in LETTER.values() if one in kept]
    assert str(cast.northfirth.people["rep"]) not in trail


def test_once_confirmed_it_reaches_the_rep_and_tells_no_address(app: Flask, visit: Any, cast: Cast, write: Any) -> None:
    write()
    stranger, path = visit(""), latest_link(app, LINK)
    assert "Select the button to send it" in text_of(stranger.get(path))
    assert delivered(app) == 0, "programs that look at emails open every link"
    done = stranger.post(path)
    assert "Your message has been sent" in text_of(done)
    assert "rep@northfirth.test" not in done.text
    rep = visit("northfirth.rep")
    assert "Read 1 message from the public (1 new)" in text_of(rep.get("/role"))
    assert "HEALTHWORD my son is ill" in text_of(rep.get("/role/messages"))
    with app.app_context():
        [told] = db.session.scalars(anywhere(select(Email).where(Email.template == "message-for-rep"))).unique()
        assert told.person_id == cast.northfirth.people["rep"]
        assert "HEALTHWORD" not in str(told.facts)
        mine = ProfileMessage.person_id == cast.northfirth.people["rep"]
        kept = db.session.scalars(select(ProfileMessage).where(mine)).one()
        assert (kept.name, "HEALTHWORD" in kept.sealed_text) == ("Lee", False)
    assert visit("northfirth.depute").client.get("/role/messages").text.count("HEALTHWORD") == 0
    rep.post(f"/role/messages/{kept.id}/remove")
    assert "You have no messages" in text_of(rep.get("/role/messages"))


def test_a_link_works_once(app: Flask, visit: Any, write: Any) -> None:
    write()
    path = latest_link(app, LINK)
    assert [visit("").post(path).status_code for _ in range(3)] == [200, 404, 404]
    assert delivered(app) == 1
    assert "This link no longer works" in text_of(visit("").get(path))


def test_of_two_at_once_one_delivers_it(app: Flask, visit: Any, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have found the letter; by the time the second acts, it is gone."""
    write()
    stranger, path = visit(""), latest_link(app, LINK)
    stranger.csrf_token()
    monkeypatch.setattr("portal.role_profiles.letters.actions.rows_changed", lambda _statement: 0)
    assert stranger.post(path).status_code == 409
    assert delivered(app) == 0


def test_one_that_is_not_confirmed_in_a_day_is_deleted(app: Flask, visit: Any, write: Any, at: Any) -> None:
    write()
    path = latest_link(app, LINK)
    at(NOW + timedelta(hours=23, minutes=59))
    assert visit("").get(path).status_code == 200
    at(NOW + timedelta(hours=24))
    assert visit("").get(path).status_code == 404
    with app.app_context():
        do_chores()
    assert count(app, UnconfirmedLetter) == 0


def test_a_rep_who_takes_no_letters_any_more_gets_none(app: Flask, visit: Any, cast: Cast, write: Any) -> None:
    write()
    path = latest_link(app, LINK)
    visit("northfirth.rep").post("/role/public", {"shows": ["groups"], "about": ""})
    assert visit("").post(path).status_code == 404
    assert delivered(app) == 0


@pytest.mark.parametrize("end", ["sent", "expired", "failed"])
def test_the_address_is_not_kept_once_its_email_has_gone(app: Flask, cast: Cast, write: Any, end: str) -> None:
    write()
    with app.app_context(), unit_of_work():
        email = db.session.scalars(anywhere(select(Email).where(Email.template == LINK))).unique().one()
        given = (email, "refused") if end == "failed" else (email,)
        getattr(outbox, f"mark_{end}")(*given)
    with app.app_context():
        kept = db.session.execute(text("SELECT status, to_address FROM emails WHERE template = 'letter-to-confirm'"))
        assert kept.all() == [(end, None)]


def test_the_rep_finds_nothing_of_it_among_their_own_data(app: Flask, visit: Any, cast: Cast, write: Any) -> None:
    write()
    with app.app_context():
        held = str(everything_about(cast.northfirth.people["rep"]))
    assert "lee@new.test" not in held
    assert LINK not in held
    page = visit("northfirth.officer").get("/boards/northfirth/emails").text
    assert "lee@new.test" not in page
    assert "Send your message to a carer rep" not in page


def test_it_is_sent_to_the_writer_and_nobody_else(app: Flask, write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    with app.app_context():
        email = db.session.scalars(anywhere(select(Email).where(Email.template == LINK))).unique().one()
        message = mailer.message_of(email)
        assert [str(one) for one in message.send_to] == ["lee@new.test"]
        assert "List-Unsubscribe" not in message.as_string()


def test_an_address_is_sent_few_links_whoever_asks(write: Any) -> None:
    answers = [write() for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "What you typed is still below. Try again in " in text_of(answers[-1])
    assert "HEALTHWORD" in answers[-1].text
    assert write("southmoor").status_code == 429
    assert write(email="kim@new.test").status_code == 200


def test_a_client_writes_few_letters_and_keeps_nobody_else_from_writing(
    app: Flask, write: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], proxies=1))
    one, other = "81.2.69.142", "81.2.69.143"
    answers = [write(client=one, email=f"lee{n}@new.test").status_code for n in range(rules.OF_CLIENT.most + 1)]
    assert answers == [200] * rules.OF_CLIENT.most + [429]
    assert write("southmoor", client=one, email="lee9@new.test").status_code == 429
    assert write(client=other, email="kim@new.test").status_code == 200


def test_a_client_that_waits_an_hour_each_time_writes_few_on_a_day(
    app: Flask, write: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To ever other addresses: each of them would get an email that they did not ask for."""
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], proxies=1))
    one, other = "81.2.69.142", "81.2.69.143"
    answers = []
    for number in range(14):
        at(NOW + timedelta(hours=number))
        answers.append(write(client=one, email=f"lee{number}@new.test").status_code)
    assert answers == [200] * rules.OF_CLIENT_A_DAY.most + [429] * (14 - rules.OF_CLIENT_A_DAY.most)
    assert write(client=other, email="kim@new.test").status_code == 200


def test_letters_to_one_board_leave_room_for_those_to_others(write: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "OF_BOARD", dataclasses.replace(rules.OF_BOARD, most=2))
    answers = [write(email=f"lee{n}@new.test").status_code for n in range(3)]
    assert answers == [200, 200, 429]
    assert write("southmoor").status_code == 200


def test_a_rep_is_given_a_few_on_a_day_and_the_others_wait(
    app: Flask, visit: Any, write: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "TO_REP", dataclasses.replace(rules.TO_REP, most=1))
    write()
    assert visit("").post(latest_link(app, LINK)).status_code == 200
    at(NOW + timedelta(minutes=1))
    write(email="kim@new.test")
    path = latest_link(app, LINK)
    refused = visit("").post(path)
    assert refused.status_code == 429
    assert delivered(app) == 1
    at(NOW + timedelta(minutes=1, seconds=int(refused.headers["Retry-After"])))
    assert visit("").post(path).status_code == 200


def test_what_waits_goes_with_the_account_of_the_rep(app: Flask, cast: Cast, write: Any) -> None:
    from portal.role_profiles.capability import ROLE_PROFILES

    write()
    assert ROLE_PROFILES.forget
    with app.app_context(), unit_of_work():
        ROLE_PROFILES.forget(cast.northfirth.people["rep"])
    assert count(app, UnconfirmedLetter) == 0
    assert count(app, PublicProfile, PublicProfile.person_id == cast.northfirth.people["rep"]) == 0
