"""What someone typed is theirs: kept when their session had ended, for them alone, for two hours, and nowhere else."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
import pyotp
import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from werkzeug.datastructures import MultiDict

from portal.accounts.actions import erase
from portal.accounts.models import Person, SignedInSession
from portal.accounts.queries import key_of
from portal.core.text import hour_words
from portal.infra import forms, interrupted_form
from portal.infra.database import db
from portal.infra.guard import guard_of
from portal.infra.interrupted_form import MOST_OF_ONE_PERSON, InterruptedForm, is_secret
from portal.infra.sealed import Sealed
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler.run import do_chores
from tests.accounts.test_pages import EMAIL, count, latest_link, sign_in
from tests.architecture.matrix import path_of
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import Visitor, text_of

WORDS = "CANARYTYPED she fell again and the ward is full"
SOUTH = "rep@southmoor.test"
NOTHING_LEFT = "There is nothing left to send"


@pytest.fixture
def note_path(things: dict[str, Any]) -> str:
    return f"/papers/{things['paper_id']}/note"


def end_sessions(app: Flask, **values: Any) -> None:
    """End every session now, or change them otherwise."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(SignedInSession).values(**values or {"ended_at": NOW}))


def send_too_late(visitor: Visitor, path: str, words: str = WORDS, **fields: Any) -> Any:
    """Send a form from a page that was opened while the session lived; the answer."""
    return visitor.client.post(path, data={"csrf_token": visitor.token, "text": words, **fields})


@pytest.fixture
def rep(app: Flask, visit: Any, note_path: str) -> Visitor:
    """A rep whose session ended while they wrote, and whose note was kept."""
    rep: Visitor = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    return rep


@dataclass(frozen=True)
class KeptForm:
    """A row as it is, opened."""

    id: UUID
    person_id: UUID
    cookie_id: UUID
    path: str
    typed: str


def kept(app: Flask) -> list[KeptForm]:
    with app.app_context():
        rows = db.session.scalars(select(InterruptedForm).order_by(InterruptedForm.created_at))
        return [KeptForm(row.id, row.person_id, row.cookie_id, row.path, row.typed) for row in rows]


def sent_by(page: Any) -> list[tuple[str, str]]:
    """The fields that the first button of a page sends, in their order."""
    form = lxml.html.fromstring(page.text).xpath("//main//form[.//button[contains(., 'Send it now')]]")[0]
    return [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@name != 'csrf_token']")]


def test_it_is_offered_to_its_person_and_gone_once_it_is_sent(app: Flask, rep: Visitor, note_path: str) -> None:
    sign_in(rep)
    assert "it was not sent. Look at what you typed" in text_of(rep.get("/"))
    for _ in range(2):
        page = rep.get("/carry-on")
        assert WORDS in page.text
        assert f"We keep it for 2 hours, until {hour_words(NOW + timedelta(hours=2))}" in text_of(page)
    assert rep.post(note_path, dict(sent_by(page))).status_code == 302
    assert kept(app) == []
    assert "it was not sent" not in text_of(rep.get("/"))
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))
    assert WORDS in rep.get(note_path.removesuffix("/note")).text


def test_the_next_person_at_the_browser_never_sees_it(app: Flask, rep: Visitor) -> None:
    """Across boards; and when its own person comes back afterwards, it is gone."""
    rep.token = ""
    sign_in(rep, email=SOUTH)
    assert "it was not sent" not in text_of(rep.get("/"))
    page = rep.get("/carry-on")
    assert WORDS not in page.text
    assert NOTHING_LEFT in text_of(page)
    assert kept(app) == []


def test_binding_it_to_the_browser_would_be_noticed(app: Flask, rep: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: whoever has the browser has the form."""
    monkeypatch.setattr(interrupted_form, "_is_of", lambda _: InterruptedForm.id.is_not(None))
    with pytest.raises(AssertionError):
        test_the_next_person_at_the_browser_never_sees_it(app, rep)


def test_a_copied_cookie_opens_it_for_nobody_else(app: Flask, visit: Any, rep: Visitor) -> None:
    """Even the cookie's own mark shows nothing to another person."""
    with rep.client.session_transaction() as session:
        mark = session[interrupted_form.MARK]
    other = visit("southmoor.rep")
    with other.client.session_transaction() as session:
        session[interrupted_form.MARK] = mark
    assert WORDS not in other.get("/carry-on").text
    other.post("/carry-on", {"form": str(kept(app)[0].id)})
    assert len(kept(app)) == 1


def test_nothing_typed_is_in_the_cookie_or_plain_in_the_database(app: Flask, rep: Visitor) -> None:
    with rep.client.session_transaction() as session:
        assert set(session) == {"_user_id", "csrf_token", interrupted_form.MARK}
        assert set(session[interrupted_form.MARK]) == {"id", "at"}
    with app.app_context():
        rows = str(db.session.execute(text("SELECT * FROM interrupted_forms")).all())
    rotated = {f"{one.model.__tablename__}.{one.column}" for one in Sealed.columns}
    assert {"interrupted_forms.sealed_path", "interrupted_forms.sealed_typed"} <= rotated
    assert "papers" not in rows
    assert "CANARYTYPED" not in rows
    assert kept(app)[0].typed


# How sessions end


def _elsewhere(app: Flask, visit: Any, cast: Cast, way: str) -> None:
    """Something that ends the rep's session, done in another browser."""
    if way == "sign-out-everywhere":
        visit("northfirth.rep").post("/sign-out-everywhere")
    elif way == "new password":
        visit("").post("/forgotten-password", {"email": EMAIL})
        visit("").post(latest_link(app, "reset-password"), {"password": "seven heron ladder quay"})
    elif way == "new email":
        visit("northfirth.rep").post("/account/email", {"email": "new@address.test"})
        visit("").post(latest_link(app, "confirm-new-email"))
    elif way == "another role":
        invited = {"name": "x", "email": EMAIL, "role": "approver"}
        visit("northfirth.admin").post("/boards/northfirth/people/new", invited)
    elif way == "factor cleared":
        assert "Cleared" in app.test_cli_runner().invoke(args=["portal", "clear-second-factor", EMAIL]).output


@pytest.mark.parametrize("way", ["sign-out-everywhere", "new password", "new email", "another role", "factor cleared"])
def test_whatever_ends_a_session_leaves_its_row_and_opens_nothing(
    app: Flask, visit: Any, cast: Cast, note_path: str, way: str
) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    _elsewhere(app, visit, cast, way)
    assert rep.client.get("/account").headers["Location"].startswith("/sign-in")
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert [one.person_id for one in kept(app)] == [cast.northfirth.people["rep"]]


@pytest.mark.parametrize("hours", [13, 7 * 24 + 1])
def test_it_is_kept_after_idle_and_longest_time(app: Flask, visit: Any, at: Any, note_path: str, hours: int) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    at(NOW + timedelta(hours=hours))
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert len(kept(app)) == 1


def test_whoever_has_yet_to_enter_a_code_is_known(app: Flask, visit: Any, cast: Cast, note_path: str) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app, needs_factor=True)
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert kept(app)[0].person_id == cast.northfirth.people["rep"]


def _disable(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).disabled_at = NOW


def _erase(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["rep"]))


def _lose_the_row(app: Flask, _cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(SignedInSession))


def _end_long_ago(app: Flask, _cast: Cast) -> None:
    end_sessions(app, ended_at=NOW - timedelta(hours=2))


@pytest.mark.parametrize("lose", [_disable, _erase, _lose_the_row, _end_long_ago])
def test_what_cannot_be_kept_is_shown_and_said_to_be_lost(
    app: Flask, visit: Any, cast: Cast, note_path: str, lose: Callable[[Flask, Cast], None]
) -> None:
    """Nobody is known to whom it could be given, so nothing is kept; but it is not lost without a word."""
    rep = visit("northfirth.rep")
    rep.csrf_token()
    lose(app, cast)
    answer = send_too_late(rep, note_path)
    assert answer.status_code == 400
    assert "This has not been saved" in text_of(answer)
    assert WORDS in answer.text
    assert kept(app) == []


def test_a_button_alone_is_not_kept_and_leads_back_to_its_page(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    page = f"/meetings/{things['meeting_id']}"
    sent = {"csrf_token": rep.token, "version": "2", "once": "8d2f2a2e-2f0a-4c0e-9d6f-3d1d1b5b2a11"}
    for headers, back in (({"Referer": f"http://localhost{page}"}, page), ({"Referer": "http://evil.test/help"}, "/")):
        answer = rep.client.post(f"/papers/{things['paper_id']}/read", data=sent, headers=headers)
        assert answer.headers["Location"] == f"/sign-in?next={back}"
    assert kept(app) == []


# How what is kept ends


def test_signing_out_removes_it_and_empties_the_browser(app: Flask, rep: Visitor) -> None:
    sign_in(rep)
    rep.token = ""
    answer = rep.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert kept(app) == []
    rep.token = ""
    sign_in(rep)
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))


def test_signing_out_everywhere_removes_it_in_every_browser(app: Flask, visit: Any, rep: Visitor) -> None:
    answer = visit("northfirth.rep").post("/sign-out-everywhere")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert kept(app) == []


def test_it_is_gone_after_two_hours(app: Flask, rep: Visitor, at: Any) -> None:
    """At once, whether the scheduler has run or not; then its row goes too, and the row of the ended session."""
    at(NOW + timedelta(hours=1, minutes=59))
    with app.app_context():
        do_chores()
    sign_in(rep)
    assert WORDS in rep.get("/carry-on").text
    assert "it was not sent" in text_of(rep.get("/"))
    at(NOW + timedelta(hours=2))
    assert "it was not sent" not in text_of(rep.get("/"))
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))
    assert len(kept(app)) == count(app, SignedInSession, SignedInSession.ended_at.is_not(None)) == 1
    with app.app_context():
        do_chores()
    assert len(kept(app)) == count(app, SignedInSession, SignedInSession.ended_at.is_not(None)) == 0
    assert count(app, SignedInSession) == 1


def test_its_person_can_delete_it(app: Flask, rep: Visitor) -> None:
    sign_in(rep)
    answer = rep.post("/carry-on", {"form": str(kept(app)[0].id)})
    assert answer.headers["Location"] == "/"
    page = text_of(rep.get("/"))
    assert "What you typed is deleted." in page
    assert "it was not sent" not in page
    assert kept(app) == []


@pytest.mark.parametrize("lose", [_erase, lambda app, cast: _close(app, cast)])
def test_it_goes_with_the_account(app: Flask, cast: Cast, rep: Visitor, lose: Callable[[Flask, Cast], None]) -> None:
    lose(app, cast)
    assert kept(app) == []


def test_an_emptied_account_leaves_no_session(app: Flask, visit: Any, cast: Cast, rep: Visitor) -> None:
    visit("southmoor.rep")
    _erase(app, cast)
    assert count(app, SignedInSession, SignedInSession.person_id == cast.northfirth.people["rep"]) == 0
    assert count(app, SignedInSession) == 1


def _close(app: Flask, cast: Cast) -> None:
    from portal.accounts.actions import disable

    with app.app_context(), unit_of_work():
        disable(db.session.get_one(Person, cast.northfirth.people["rep"]))


def test_it_stays_until_its_form_is_really_accepted(app: Flask, visit: Any, at: Any, things: dict[str, Any]) -> None:
    """A mistake in it, a change that somebody else saved, and a password to be entered first are no success."""
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/cancel"
    clerk.csrf_token()
    end_sessions(app)
    typed = {"reason": WORDS, "version": "1"}
    send_too_late(clerk, path, **typed)
    send_too_late(clerk, "/account/email", email="new@address.test")
    clerk.sign_in(clerk_id := kept(app)[0].person_id)
    assert "Error: " in clerk.post(path, {**typed, "reason": ""}).text
    assert "Somebody else saved a change" in clerk.post(path, {**typed, "version": "77"}).text
    at(NOW + timedelta(minutes=30))
    assert clerk.post("/account/email", {"email": "new@address.test"}).headers["Location"].startswith("/account/prove")
    assert [one.person_id for one in kept(app)] == [clerk_id, clerk_id]
    assert "Enter a reason" not in clerk.get("/carry-on").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', clerk.get(path).text)
    assert version
    assert clerk.post(path, {**typed, "version": version[1]}).status_code == 302
    assert len(kept(app)) == 1


# Ways to sign in


@pytest.mark.parametrize(
    ("ask", "template", "form"),
    [
        ("/sign-in/by-email", "sign-in-link", {}),
        ("/forgotten-password", "reset-password", {"password": "heron ladder quay seven"}),
    ],
)
@pytest.mark.parametrize(("email", "is_theirs"), [(EMAIL, True), (SOUTH, False)])
def test_a_mailed_link_counts_as_signing_in(
    app: Flask, rep: Visitor, ask: str, template: str, form: dict[str, str], email: str, is_theirs: bool
) -> None:
    rep.post(ask, {"email": email})
    assert rep.post(latest_link(app, template), form).status_code == 302
    assert (WORDS in rep.get("/carry-on").text) is is_theirs
    assert bool(kept(app)) is is_theirs


def test_accepting_an_invitation_counts_as_signing_in(app: Flask, visit: Any, rep: Visitor) -> None:
    invited = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", invited)
    rep.post(latest_link(app, "invitation"), {"password": "heron ladder quay seven"})
    assert WORDS not in rep.get("/carry-on").text
    assert kept(app) == []


@pytest.fixture
def secret_of_codes(app: Flask, cast: Cast, visit: Any) -> Iterator[str]:
    """The rep needs a code; its secret."""
    before, secret = app.config["PORTAL"], "JBSWY3DPEHPK3PXP" * 2
    app.config["PORTAL"] = dataclasses.replace(before, second_factor_of=EMAIL)
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).totp = secret
    yield secret
    app.config["PORTAL"] = before


def test_it_is_offered_after_the_second_step_and_not_before(rep: Visitor, secret_of_codes: str) -> None:
    sign_in(rep)
    assert rep.get("/carry-on").headers["Location"] == "/sign-in?next=/carry-on"
    assert rep.get("/sign-in?next=/carry-on").headers["Location"] == "/sign-in/code?next=/carry-on"
    code = {"code": pyotp.TOTP(secret_of_codes).at(NOW)}
    assert rep.post("/sign-in/code?next=/carry-on", code).headers["Location"] == "/carry-on"
    assert WORDS in rep.get("/carry-on").text


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
        ended = set(db.session.scalars(select(SignedInSession.ended_at)))
    assert ended == {NOW, NOW + timedelta(hours=1)}


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
