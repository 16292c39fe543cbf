"""What is sent: nothing that nobody can have typed, no address where a name belongs, nothing that a clock spoils."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule
from wtforms import StringField
from wtforms.validators import Length

from portal.app import create_app
from portal.core.addresses import email_address
from portal.core.names import OF_ADDRESSES, problem_with_name
from portal.infra.database import db
from portal.infra.fields.checks import AtMost
from portal.infra.fields.date_fields import DayField
from portal.infra.fields.read_field import TOO_LONG, ReadField
from portal.infra.web import in_address, unreadable
from portal.starting import start
from tests import databases
from tests.cast import PASSWORD, Cast
from tests.infra.every_field import called, every_field, filled, has_check, of_kind
from tests.security import found_forms

# What nobody can have typed


@pytest.mark.parametrize("where", ["path", "query", "name of a field", "field", "name of a file"])
def test_a_zero_byte_is_400_wherever_it_stands(visit: Any, where: str) -> None:
    import io

    someone = visit("northfirth.rep")
    sent: dict[str, Any] = {
        "path": lambda: someone.get("/boards/north%00firth"),
        "query": lambda: someone.get("/meetings?show=a%00b"),
        "name of a field": lambda: someone.post("/role/hours", {"a\x00": "b"}),
        "field": lambda: someone.post("/role/hours", {"minutes": "1\x00"}),
        "name of a file": lambda: someone.post(
            "/role/hours", {"file": (io.BytesIO(b"x"), "a\x00b.pdf")}, content_type="multipart/form-data"
        ),
    }
    assert sent[where]().status_code == 400


def test_without_its_door_a_zero_byte_would_reach_the_views(
    app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unreadable, "_said", lambda: iter(()))
    with pytest.raises(AssertionError):
        test_a_zero_byte_is_400_wherever_it_stands(visit, "query")


def test_lists_in_lists_in_lists_are_400(visit: Any) -> None:
    admin = visit("northfirth.admin")
    answer = admin.post("/boards/northfirth/people/import/confirm", {"rows": "[" * 100_000})
    assert answer.status_code == 400
    assert admin.post("/boards/northfirth/people/import/confirm", {"rows": '{"a":' * 100_000}).status_code == 400


# The longest addresses

LONGEST = "a" * 64 + "@" + ".".join(("b" * 60, "b" * 60, "b" * 59, "example"))
TYPED = {
    "/sign-in": ("", {"password": "x"}),
    "/forgotten-password": ("", {}),
    "/sign-in/by-email": ("", {}),
    "/check-in/send-again": ("", {}),
    "/boards/northfirth/people/new": ("northfirth.admin", {"name": "Ann", "role": "clerk"}),
    "/account/email": ("northfirth.rep", {"password": PASSWORD}),
}


@pytest.mark.parametrize("path", TYPED)
@pytest.mark.parametrize("address", [LONGEST, f"z{LONGEST}"], ids=["254 letters", "255 letters"])
def test_an_address_of_254_letters_is_taken_everywhere_and_a_longer_one_refused(
    visit: Any, path: str, address: str
) -> None:
    assert len(LONGEST) == 254
    assert email_address(LONGEST) == LONGEST
    who, more = TYPED[path]
    answer = visit(who).post(path, {"email": address, **more})
    assert answer.status_code < 400
    if address != LONGEST:
        assert "254 characters or fewer" in answer.text


@pytest.mark.long
def test_every_form_that_asks_for_an_address_takes_the_longest(app: Flask, cast: Cast, visit: Any) -> None:
    senders, seen = found_forms.Senders(app, cast, visit), 0
    for form in found_forms.forms(app, cast):
        asked = [name for name in senders.look(form).fields if "email" in name]
        if asked:
            seen += 1
            sent = {**form.fields, **dict.fromkeys(asked, LONGEST)}
            assert senders.of(form).post(senders.path(form), sent).status_code < 500, form.endpoint
    assert seen > 6


# What may stand in an address


def test_every_part_of_every_address_has_a_converter_with_a_length(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for name, converter in rule._converters.items():
            assert type(converter).__name__ not in ("UnicodeConverter", "DefaultConverter"), f"{rule.rule}: {name}"
    boards = [rule for rule in app.url_map.iter_rules() if "board" in rule._converters]
    assert len(boards) > 60
    assert {type(rule._converters["board"]) for rule in boards} == {in_address.KeyOfBoard}


@pytest.mark.parametrize("key", ["North", "a" * 61, "-a", "a.b", "a%27b", "%C3%A9", "a%20b", "a%0Ab"])
def test_what_is_no_key_of_a_board_is_no_page(visit: Any, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: Any) -> None:
        raise AssertionError("the database is asked")

    monkeypatch.setattr("portal.boards.queries.board_by_key", asked)
    assert visit("northfirth.rep").get(f"/public/boards/{key}").status_code == 404


def test_a_part_that_nothing_is_said_of_is_refused_at_the_start(app: Flask) -> None:
    with pytest.raises(in_address.UnknownPart):
        in_address.PortalRule("/things/<whatever>").bind(app.url_map)


def test_without_a_converter_any_key_would_be_asked_for(
    app: Flask, cast: Cast, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_address.PortalRule, "get_converter", Rule.get_converter)
    careless = create_app(databases.settings("sqlite://"))
    with pytest.raises(AssertionError):
        test_every_part_of_every_address_has_a_converter_with_a_length(careless)


# Length before every pattern


@pytest.fixture
def inside(app: Flask) -> Any:
    with app.test_request_context():
        yield


def text_fields() -> list[tuple[Any, str]]:
    return every_field(lambda one: issubclass(one.field_class, StringField) and any(map(is_length, checks_of(one))))


def checks_of(declared: Any) -> list[Any]:
    return [check for found in (*declared.args[1:2], declared.kwargs.get("validators") or []) for check in found]


def is_length(check: Any) -> bool:
    return isinstance(check, Length)


@pytest.mark.usefixtures("inside")
def test_what_is_too_long_is_looked_at_no_further() -> None:
    assert len(text_fields()) > 60
    for form, name in text_fields():
        lengths = [one for one in checks_of(getattr(form, name)) if is_length(one)]
        assert {type(one) for one in lengths} == {AtMost}, (form, name)
        sent = filled(form, name, "@" * (max(one.max for one in lengths) + 1))
        sent.validate()
        assert len(sent.errors[name]) == 1, (form, name)


@pytest.mark.usefixtures("inside")
def test_an_hour_or_a_sum_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for form, name in [*of_kind(ReadField), *of_kind(DayField)]:
        sent = filled(form, name, "1" * 20_000)
        sent.validate()
        assert len(sent.errors[name]) == 1, (form, name)
    seen: list[str] = []
    for kind in {type(filled(form, name)[name]) for form, name in of_kind(ReadField)}:
        monkeypatch.setattr(kind, "read", lambda self, typed: seen.append(typed))
    for form, name in of_kind(ReadField):
        filled(form, name, "1" * 20_000)
    assert set(seen) == {TOO_LONG}


@pytest.mark.usefixtures("inside")
def test_looking_on_at_what_is_too_long_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AtMost, "__call__", Length.__call__)
    with pytest.raises((AssertionError, ValueError)):
        test_what_is_too_long_is_looked_at_no_further()


# Names


@pytest.mark.usefixtures("inside")
def test_every_field_for_a_name_takes_no_address() -> None:
    checked = set(called(has_check("holds_no_address")))
    named = {one for one in called(every_field()) if re.search(r"\.(name|.*_name)$", one)}
    assert named - checked <= {"expenses.PeriodForm.name"}, "forms.name() is for what somebody or something is called"
    for form, name in has_check("holds_no_address"):
        for bad in (
            "Ann www.evil.example",
            "Ann https://evil.example",
            "ann@evil.example",
            "Ann ＠evil",
            "Ann WWW.x.y",
        ):
            sent = filled(form, name, bad)
            sent.validate()
            assert "Remove the web or email address from the name" in sent.errors[name]
        good = filled(form, name, "Dr Áine O’Neil-Smith (cover), NHS/Council")
        good.validate()
        assert name not in good.errors


def test_a_list_of_people_and_the_command_take_none_either(app: Flask, rolled_back: Any) -> None:
    from portal.boards.people.import_rules import _problems_of_name

    assert _problems_of_name("Ann www.evil.example")
    assert not _problems_of_name("Ann")
    result = app.test_cli_runner().invoke(args=["portal", "invite", "a@b.example", "Ann www.evil.example"])
    assert result.exit_code == 1
    assert "Remove the web or email address" in result.output


@pytest.mark.usefixtures("inside")
def test_a_name_that_is_not_looked_at_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.infra.fields.checks.problem_with_name", lambda _: "")
    with pytest.raises((AssertionError, KeyError)):
        test_every_field_for_a_name_takes_no_address()
    assert all(problem_with_name(f"a{one}b") for one in OF_ADDRESSES)


# Files


def test_what_the_portal_writes_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_ENV", "test")
    monkeypatch.setenv("SECRET_KEY", "s" * 40)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/portal.db")
    monkeypatch.setenv("FILES_URL", f"file://{tmp_path}/files")
    before = os.umask(0o022)
    try:
        with start().app_context():
            db.create_all() if hasattr(db, "create_all") else db.metadata.create_all(db.engine)  # type: ignore[attr-defined]
            from portal.infra.storage import files

            files.keep("papers/a/b.pdf", b"x")
            db.session.rollback()
    finally:
        os.umask(before)
    made = [one for one in tmp_path.rglob("*") if "mailbox" not in one.name]
    assert [one.name for one in made if one.name == "b.pdf"]
    assert {one.name for one in made if stat.S_IMODE(one.stat().st_mode) & 0o077} == set()
