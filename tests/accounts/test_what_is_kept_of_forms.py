"""What is kept of a form whose session had ended: from which pages, how much of it, and what its person is told."""

from __future__ import annotations

import io
import json
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from werkzeug.datastructures import MultiDict

from portal.accounts.models import SignedInSession
from portal.accounts.queries import key_of
from portal.infra import forms
from portal.infra.database import db
from portal.infra.guard import guard_of
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import interrupted_form
from portal.infra.web.interrupted_form import MOST_OF_ONE_PERSON, InterruptedForm, is_secret
from tests.accounts.interrupted import NOTHING_LEFT, SOUTH, WORDS, end_sessions, kept, send_too_late, sent_by
from tests.accounts.test_pages import sign_in
from tests.architecture.matrix import path_of
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import Visitor, text_of

# Other tabs


def test_other_tabs_of_the_same_person_keep_working(app: Flask, visit: Any, note_path: str) -> None:
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    end_sessions(app)
    sign_in(rep)
    assert rep.client.post(note_path, data={"csrf_token": token, "text": WORDS}).status_code == 302
    assert WORDS in rep.get(note_path.removesuffix("/note")).text


def test_a_tab_of_another_person_keeps_nothing_and_shows_what_was_typed(app: Flask, visit: Any, note_path: str) -> None:
    """Whether the other is signed in, or their session has ended as well."""
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    sign_in(rep, email=SOUTH)
    for _ in range(2):
        answer = rep.client.post(note_path, data={"csrf_token": token, "text": WORDS})
        assert answer.status_code == 400
        assert "This has not been saved" in text_of(answer)
        assert "Copy what you typed" in text_of(answer)
        assert WORDS in answer.text
        end_sessions(app)
    assert kept(app) == []


def test_after_signing_out_a_tab_of_before_is_as_one_of_another_person(app: Flask, visit: Any, note_path: str) -> None:
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    rep.post("/sign-out")
    sent = {"csrf_token": token, "text": WORDS}
    assert rep.client.post(note_path, data=sent).status_code == 400
    rep.token = ""
    sign_in(rep)
    assert rep.client.post(note_path, data=sent).status_code == 400
    assert kept(app) == []


def test_forms_of_two_tabs_are_both_offered(app: Flask, rep: Visitor, note_path: str, things: dict[str, Any]) -> None:
    other = f"/meetings/{things['meeting_id']}/points"
    send_too_late(rep, other, "CANARYPOINT ask about respite")
    send_too_late(rep, note_path, f"{WORDS} and again")
    assert len(kept(app)) == 2, "the same form sent twice is there once"
    sign_in(rep)
    page = rep.get("/carry-on")
    assert "What you typed (1 of 2)" in text_of(page)
    assert f"{WORDS} and again" in page.text
    rep.post(note_path, dict(sent_by(page)))
    assert "it was not sent" in text_of(rep.get("/"))
    page = rep.get("/carry-on").text
    assert "CANARYPOINT" in page
    assert WORDS not in page


def test_nobody_fills_the_database_with_forms(app: Flask, rep: Visitor) -> None:
    for number in range(MOST_OF_ONE_PERSON + 3):
        send_too_late(rep, f"/boards/no-{number}/people/new")
    assert len(kept(app)) == MOST_OF_ONE_PERSON


# Where the form came from


def test_without_a_live_token_nothing_is_kept(app: Flask, visit: Any, note_path: str) -> None:
    rep = visit("northfirth.rep")
    end_sessions(app)
    answer = rep.client.post(note_path, data={"text": WORDS, "password": "CANARYSECRET"})
    assert answer.status_code == 400
    assert WORDS in answer.text
    assert "CANARYSECRET" not in answer.text
    assert kept(app) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
    ],
)
def test_from_another_site_nothing_is_kept_or_shown(
    app: Flask, visit: Any, note_path: str, headers: dict[str, str]
) -> None:
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    end_sessions(app)
    for data in ({"text": WORDS}, {"text": WORDS, "csrf_token": token}):
        answer = rep.client.post(note_path, data=data, headers=headers)
        assert WORDS not in answer.text
    assert kept(app) == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_from_our_own_page_it_is_kept(app: Flask, visit: Any, note_path: str, headers: dict[str, str]) -> None:
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    end_sessions(app)
    rep.client.post(note_path, data={"text": WORDS, "csrf_token": token}, headers=headers)
    assert len(kept(app)) == 1


# Whatever is typed


def test_all_of_it_comes_back_in_its_order(app: Flask, visit: Any, note_path: str) -> None:
    """Any length, names that repeat, what was left empty, every script and sign."""
    typed = [
        ("text", "é🙂👩🏽‍🦽 Gàidhlig ١٢ \u202e <b>&amp;\"' \n\n second line"),
        ("ways", "phone"),
        ("ways", "online"),
        ("ways", "phone"),
        ("title", ""),
        ("longest", "🙂" * 5000),
        ("more than any box", "x" * 400_000),
        *((f"note-{number}", f"{number} " + "word " * 1000) for number in range(60)),
    ]
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    end_sessions(app)
    sent = MultiDict([("csrf_token", token), *typed])
    assert rep.client.post(note_path, data=sent).headers["Location"] == "/sign-in?next=/carry-on"
    sign_in(rep)
    assert sent_by(rep.client.get("/carry-on")) == typed


def test_secrets_are_never_kept(app: Flask, visit: Any, note_path: str) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    words = {"password": "CANARYSECRET", "new_password": "CANARYSECRET", "code": "123456", "offered": "none:x"}
    send_too_late(rep, note_path, **words)
    assert json.loads(kept(app)[0].typed)["fields"] == [["text", WORDS]]


def test_every_field_for_a_secret_counts_as_one(app: Flask) -> None:
    secret = set()
    for kind in _all_forms():
        for name in dir(kind):
            field = getattr(getattr(kind, name), "field_class", None)
            kwargs = getattr(getattr(kind, name), "kwargs", {}).get("render_kw") or {}
            if field and ("Password" in field.__name__ or kwargs.get("autocomplete") == "one-time-code"):
                secret.add(name)
    assert {"password", "code"} <= secret
    assert [name for name in secret if not is_secret(name)] == []


def _all_forms(kind: type = forms.Form) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _all_forms(one)


def test_files_are_not_kept_and_are_asked_for_again(app: Flask, visit: Any) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    files = {"evidence": (io.BytesIO(b"%PDF-1.7 CANARYFILE"), "CANARYNAME.pdf"), "other": (io.BytesIO(b""), "")}
    send_too_late(rep, "/training/records/new", title="Moving and handling", **files)
    assert "CANARYNAME" not in kept(app)[0].typed
    sign_in(rep)
    page = rep.get("/carry-on")
    assert "Files are not kept, so select it again" in text_of(page)
    form = lxml.html.fromstring(page.text).xpath("//form[@enctype='multipart/form-data']")[0]
    assert form.xpath(".//input[@type='file']/@name") == ["evidence"]


@pytest.mark.same_anywhere
def test_every_form_behind_the_door_is_kept_for_its_person(app: Flask, visit: Any, cast: Cast) -> None:
    """Whatever address takes a form, from whoever was signed in: the door is the same for all."""
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    tried = 0
    for rule in app.url_map.iter_rules():
        guard = guard_of(app, rule.endpoint)
        if "POST" not in (rule.methods or ()) or guard == "public" or guard.startswith("link "):
            continue
        path = path_of(rule.rule, cast.northfirth)
        answer = send_too_late(rep, path)
        assert answer.headers.get("Location") == "/sign-in?next=/carry-on", path
        assert kept(app)[-1].path == path
        tried += 1
        with app.app_context(), unit_of_work():
            db.session.execute(delete(InterruptedForm))
    assert tried > 90


@pytest.mark.slow
def test_fields_that_people_do_not_see_are_not_shown_as_theirs(app: Flask, visit: Any, cast: Cast) -> None:
    from tests.security.found_forms import Senders
    from tests.security.found_forms import forms as found_forms

    senders, hidden = Senders(app, cast, visit), set()
    for form in found_forms(app, cast):
        page = senders.of(form).client.get(senders.path(form))
        if page.status_code == 200 and page.mimetype == "text/html":
            for one in lxml.html.fromstring(page.text).xpath("//main//form[count(.//*[@name]) > 2]//*[@type='hidden']"):
                hidden.add((one.get("name"), one.get("value") or ""))
    assert {"once", "version", "board"} <= {name for name, _ in hidden}
    seen = [(name, value) for name, value in hidden if interrupted_form.Typed([(name, value)]).words]
    assert {name for name, _ in seen if not is_secret(name)} == set()


# What its person is told elsewhere


def test_it_is_in_what_its_person_can_take_away(app: Flask, rep: Visitor, visit: Any) -> None:
    cookie_id = str(kept(app)[0].cookie_id)
    own = visit("northfirth.rep").client.get("/account/data.json").text
    assert "CANARYTYPED" in own
    assert cookie_id not in own
    assert "CANARYTYPED" not in visit("southmoor.rep").client.get("/account/data.json").text


def test_a_form_under_a_key_that_is_gone_is_no_fault(app: Flask, rep: Visitor) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(update(InterruptedForm).values(sealed_typed="gone:AAAA"))
    sign_in(rep)
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))


def test_a_session_that_was_ended_is_not_ended_again(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Its two hours are counted from the first time."""
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    at(NOW + timedelta(hours=1))
    visit("northfirth.rep").post("/sign-out-everywhere")
    with app.app_context():
        ended = db.session.scalars(select(SignedInSession.ended_at).order_by(SignedInSession.ended_at)).all()
    assert ended == [NOW, NOW + timedelta(hours=1)]


def test_a_cookie_of_an_ended_session_opens_nothing(app: Flask, visit: Any, cast: Cast) -> None:
    """However fresh its other moments are."""
    secret = secrets.token_hex(8)
    with app.app_context(), unit_of_work():
        moments = {"began_at": NOW, "seen_at": NOW, "proved_at": NOW, "ended_at": NOW}
        db.session.add(SignedInSession(key=key_of(secret), person_id=cast.northfirth.people["rep"], **moments))
    thief = visit("")
    with thief.client.session_transaction() as session:
        session["_user_id"] = secret
    for path in ("/account", "/", "/carry-on", "/sign-in/code"):
        answer = thief.client.get(path, follow_redirects=True)
        assert "Sign out" not in answer.text


def test_the_password_page_of_someone_who_signs_in_again_is_theirs(rep: Visitor, note_path: str) -> None:
    """A wrong password removes nothing; the right one then finds it."""
    sign_in(rep, "wrong")
    assert sign_in(rep, PASSWORD).status_code == 302
    assert WORDS in rep.get("/carry-on").text
