"""The operator's keys: the canary says which is missing, and what opens with none of them stops nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from config import SettingsRefused
from portal import starting
from portal.accounts import second_factor
from portal.accounts.models import Person
from portal.audit.actions import chain_lines
from portal.audit.verify import check_chain
from portal.core import clock
from portal.deployment import DOES_NOT_LOAD
from portal.infra import keys
from portal.infra.database import db
from portal.infra.keys import CANARY_ID, KeyCanary, give_up, refuse_without_key, rotate, try_keys, unopened
from portal.infra.sealed import NOT_OPENED, key_name
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Note, Paper
from portal.papers.reading.actions import keep_note
from portal.scheduler import run
from tests.cast import Cast, anywhere
from tests.infra.test_sealed import _forget_keys, key, use_keys  # noqa: F401 - a fixture
from tests.visitor import text_of

OLD, NEW = key("2026", b"a"), key("2027", b"b")
OF_THE_CAST = f"none:{base64.b64encode(hashlib.sha256(b'field key a secret for tests').digest()).decode()}"
Using = Callable[..., None]


@pytest.fixture
def using(app: Flask, rolled_back: Any, monkeypatch: pytest.MonkeyPatch) -> Using:
    """using(NEW, OLD): the portal has these keys from now on. It began with OLD alone."""

    def use(*found: str) -> None:
        use_keys(app, monkeypatch, ",".join(found))

    use(OLD, OF_THE_CAST)
    with app.app_context():
        try_keys()
    use(OLD)
    return use


def canary() -> str:
    return key_name(db.session.get_one(KeyCanary, CANARY_ID, populate_existing=True).sealed_word)


def test_the_first_process_makes_the_canary_and_the_next_opens_it(app: Flask, work: Any, using: Using) -> None:
    assert canary() == "2026"
    assert refuse_without_key(app)
    using(NEW, OLD)
    assert refuse_without_key(app)
    assert canary() == "2026", "until keys are rotated"


def test_no_portal_starts_without_the_key_of_the_canary_and_it_is_named(app: Flask, using: Using) -> None:
    for found, said in ((NEW, "Put the key “2026” back"), (key("2026", b"c"), "Put the right key “2026”")):
        using(found)
        with pytest.raises(SettingsRefused, match=said):
            refuse_without_key(app)


def test_a_database_of_before_there_were_canaries_is_tried_by_what_it_holds(
    app: Flask, work: Any, using: Using
) -> None:
    with unit_of_work():
        db.session.execute(delete(KeyCanary))
    using(NEW)
    with pytest.raises(SettingsRefused, match="Put the key “none” back"):
        try_keys()
    using(NEW, OF_THE_CAST)
    try_keys()
    assert canary() == "2027"


def test_a_key_that_was_lost_before_there_were_canaries_can_be_given_up_too(work: Any, using: Using) -> None:
    with unit_of_work():
        db.session.execute(delete(KeyCanary))
    using(NEW)
    assert not give_up("2026")
    assert give_up("none")
    try_keys()


def test_what_starts_a_portal_tries_its_keys(
    app: Flask, using: Using, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The web server and every command, by one door; the scheduler looks for itself once more."""
    using(NEW)
    monkeypatch.setattr(starting, "create_app", lambda: app)
    with pytest.raises(SystemExit) as ended:
        starting.start()
    assert ended.value.code == DOES_NOT_LOAD
    said = capsys.readouterr().err
    assert "“2026”" in said
    assert "Traceback" not in said
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SettingsRefused, match="2026"):
        run.run(app)


def test_a_database_without_tables_is_tried_later(app: Flask, monkeypatch: pytest.MonkeyPatch, using: Using) -> None:
    monkeypatch.setattr(KeyCanary, "__tablename__", "not_there")
    assert not refuse_without_key(app)


def test_nobody_is_answered_before_keys_could_be_tried(using: Using) -> None:
    later = Flask("later")
    later.add_url_rule("/", view_func=lambda: "answered")
    tried: list[bool] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "try_keys", lambda: tried.append(True))
        keys.try_keys_later(later)
        assert [later.test_client().get("/").text for _ in range(2)] == ["answered"] * 2
    assert tried == [True]


def test_the_canary_is_sealed_again_when_everything_else_is(work: Any, using: Using, note: Note) -> None:
    using(NEW, OLD)
    steps = rotate()
    while not next(steps):
        pass
    steps.close()
    using(NEW)
    with pytest.raises(SettingsRefused, match="2026"):
        try_keys()
    using(NEW, OLD)
    list(rotate())
    using(NEW)
    try_keys()
    assert canary() == "2027"


@pytest.fixture
def note(work: Any, using: Using, cast: Cast) -> Note:
    """A reader's note, sealed under OLD; everything that the cast had sealed before opens with none of the keys."""
    reader = type("Reader", (), {"id": cast.northfirth.people["officer"]})()
    with unit_of_work():
        keep_note(reader, db.session.get_one(Paper, cast.northfirth.things["paper_id"]), "my own words")
    return db.session.scalars(anywhere(select(Note).where(Note.person_id == reader.id))).one()


def test_rotating_passes_over_what_does_not_open_and_lists_it(app: Flask, using: Using, note: Note) -> None:
    using(NEW, OLD)
    before = {str(one) for one in unopened()}
    assert f"people {note.person_id}" not in str(before)
    said = app.test_cli_runner().invoke(args=["portal", "rotate-keys"])
    assert said.exit_code == 0, said.output
    again = db.session.get_one(Note, note.id, populate_existing=True)
    assert (key_name(again.sealed_text), again.text) == ("2027", "my own words")
    listed = {line.removeprefix("- ") for line in said.output.splitlines() if line.startswith("- ")}
    assert listed == before
    assert all(re.fullmatch(r"[a-z_]+ [0-9a-f-]{36} \([a-z_]+, sealed under “none”\)", one) for one in listed)
    assert f"{len(before)} values open with none of the keys. See docs/keys.md." in said.output


def test_a_value_that_was_spoilt_under_the_present_key_is_listed_too(app: Flask, using: Using, note: Note) -> None:
    with unit_of_work():
        spoilt = note.sealed_text[:-8] + "AAAAAAA="
        db.session.execute(update(Note).where(Note.id == note.id).values(sealed_text=spoilt))
    assert any(one.row_id == note.id and one.key == "2026" for one in unopened())


def test_a_note_that_does_not_open_says_so_and_can_be_written_anew(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast, using: Using
) -> None:
    rep, page = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    rep.post(f"{page}/note", {"text": "PRIVATEWORDS"})
    using(NEW)
    assert NOT_OPENED in text_of(rep.get(page))
    statement = select(Note).where(Note.person_id == cast.northfirth.people["rep"], Note.paper_id == things["paper_id"])
    with app.app_context():
        before = db.session.scalars(anywhere(statement)).one().sealed_text
    for typed, stays in ((NOT_OPENED, True), ("new words", False)):
        assert rep.post(f"{page}/note", {"text": typed}).status_code == 302
        with app.app_context():
            kept = db.session.scalars(anywhere(statement)).one()
            assert (kept.sealed_text == before) is stays
            assert kept.text == typed


def test_a_form_that_brings_back_what_could_not_be_opened_changes_nothing(using: Using, note: Note) -> None:
    using(NEW)
    before = note.sealed_text
    note.text = note.text
    assert note.sealed_text == before
    note.text = "new words"
    assert note.text == "new words"


def test_a_page_that_needs_what_does_not_open_is_a_page_that_says_so(
    visit: Any, using: Using, things: dict[str, Any]
) -> None:
    """A receipt of care is locked with a key of its own, and that key is sealed."""
    answer = visit("northfirth.officer").get(f"/care-receipts/{things['care_receipt_id']}/file")
    assert answer.status_code == 503
    assert "This cannot be opened" in text_of(answer)


def test_whose_factor_does_not_open_signs_in_with_a_recovery_code(
    app: Flask, visit: Any, cast: Cast, using: Using, required_of_staff: None
) -> None:
    from tests.accounts.test_second_factor import CLERK, set_up, type_password

    clerk = visit("")
    type_password(clerk)
    secret, codes = set_up(clerk)
    using(NEW)
    again = visit("")
    type_password(again)
    page = text_of(again.get("/sign-in/code"))
    assert "We cannot check codes from your authenticator app at the moment" in page
    wrong = again.post("/sign-in/code", {"code": pyotp.TOTP(secret).at(clock.now())})
    assert "That code is not right" in text_of(wrong)
    assert again.post("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert "Hello " in again.get("/").text
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == CLERK)).one()
        assert not second_factor.can_check_codes(person)
    _, new_codes = set_up(again, "/account/second-factor")
    assert len(new_codes) == 10


def test_lines_of_the_trail_that_do_not_open_hide_no_others(app: Flask, visit: Any, cast: Cast, using: Using) -> None:
    admin = visit("northfirth.admin")
    using(NEW)
    page = admin.get("/boards/northfirth/audit")
    assert page.status_code == 200
    assert NOT_OPENED in text_of(page)
    with app.app_context():
        with unit_of_work():
            chain_lines()
        found, is_whole = check_chain("northfirth", cast.northfirth.id)
    assert not is_whole
    assert "cannot be opened: it was changed, or its key is gone" in found


def test_a_lost_key_can_be_given_up_and_what_it_sealed_stays(app: Flask, using: Using, note: Note) -> None:
    assert not give_up("2026"), "it opens"
    using(NEW)
    assert not give_up("2025")
    assert give_up("2026")
    assert refuse_without_key(app)
    assert db.session.get_one(Note, note.id, populate_existing=True).text == NOT_OPENED
    using(NEW, OLD)
    assert db.session.get_one(Note, note.id, populate_existing=True).text == "my own words"
