"""Invitations of a day, by board and by whoever sends them: over that nothing is done, and what was typed is shown."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import rules
from portal.accounts.models import Person
from portal.boards.models import StaffRole
from portal.boards.people.import_rules import MOST_ROWS
from portal.infra.database import db
from portal.notifications.models import Email
from tests.accounts.test_pages import count
from tests.boards.test_pages import confirm, people_csv, send
from tests.cast import NOW, Cast
from tests.visitor import text_of


def few(monkeypatch: pytest.MonkeyPatch, name: str, most: int = 2) -> None:
    monkeypatch.setattr(rules, name, dataclasses.replace(getattr(rules, name), most=most))


def invite(visitor: Any, number: int, board: str = "northfirth") -> Any:
    typed = {"name": f"Una New{number}", "email": f"una{number}@new.test", "role": "officer"}
    return visitor.post(f"/boards/{board}/people/new", typed)


def test_a_sender_invites_so_many_a_day_and_nothing_of_one_more_is_done(
    app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch, at: Any
) -> None:
    few(monkeypatch, "INVITATIONS_OF_SENDER")
    admin = visit("northfirth.admin")
    assert [invite(admin, number).status_code for number in range(2)] == [302, 302]
    refused = invite(admin, 2)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 24 * 3600
    assert "una2@new.test" in text_of(refused)
    assert "Nothing of this was saved. Try again in " in text_of(refused)
    assert count(app, Person, Person.email == "una2@new.test") == 0
    assert count(app, Email, Email.template == "invitation", Email.to_address.is_(None), Email.asked_at == NOW) == 2
    assert invite(visit("southmoor.admin"), 3, "southmoor").status_code == 302
    at(NOW + timedelta(seconds=int(refused.headers["Retry-After"])))
    assert invite(admin, 2).status_code == 302


def test_a_board_invites_so_many_a_day_whoever_sends_them(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "INVITATIONS_OF_BOARD", 1)
    assert invite(visit("northfirth.admin"), 0).status_code == 302
    assert invite(visit("northfirth.admin"), 1).status_code == 429
    assert invite(visit("southmoor.admin"), 1, "southmoor").status_code == 302


def test_an_invitation_that_is_sent_again_counts(
    visit: Any, things: dict[str, Any], app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, "INVITATIONS_OF_SENDER")
    admin = visit("northfirth.admin")
    invite(admin, 0)
    with app.app_context():
        of = (StaffRole.board_id == cast.northfirth.id, Person.email == "una0@new.test")
        joined = select(StaffRole.id).join(Person, Person.id == StaffRole.person_id)
        role_id = db.session.scalars(joined.where(*of)).one()
    again = f"/boards/northfirth/roles/{role_id}/invite-again"
    assert [admin.post(again).status_code for _ in range(2)] == [302, 429]


def test_a_whole_list_is_refused_as_a_whole(app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "INVITATIONS_OF_BOARD")
    admin, before = visit("northfirth.admin"), count(app, Person)
    people = [(f"Una New{number}", f"una{number}@new.test", "clerk", "", "", "", "") for number in range(3)]
    assert confirm(admin, send(admin, people_csv(*people))).status_code == 429
    assert count(app, Person) == before
    assert confirm(admin, send(admin, people_csv(*people[:2]))).status_code == 302


def test_the_longest_list_fits_into_a_day() -> None:
    assert rules.INVITATIONS_OF_SENDER.most >= MOST_ROWS
    assert rules.INVITATIONS_OF_BOARD.most >= MOST_ROWS


def test_the_operator_is_not_counted(app: Flask, rolled_back: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    few(monkeypatch, "INVITATIONS_OF_BOARD", 1)
    for number in range(3):
        command = ["portal", "invite", f"una{number}@new.test", "Una New", "--board", "northfirth"]
        assert app.test_cli_runner().invoke(args=command).exit_code == 0
