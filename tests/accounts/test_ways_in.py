"""Whatever way an address comes in, it is judged by the one rule."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.accounts import actions, invitations
from portal.accounts.models import Person
from portal.core.addresses import NotAnAddress
from portal.infra.database import db
from portal.infra.forms import looks_like_an_email
from tests.cast import NOW, Cast
from tests.core.test_addresses import KEPT, REFUSED
from tests.infra.every_field import every_form


@pytest.mark.parametrize("address", REFUSED)
def test_no_action_and_no_row_takes_an_address_that_no_mail_reaches(work: Any, cast: Cast, address: str) -> None:
    person = db.session.get_one(Person, cast.northfirth.people["rep"])
    for way in (
        lambda: invitations.invite(address, "Ann", None),
        lambda: actions.ask_to_change_email(person, address),
        lambda: Person(email=address, name="Ann", invited_at=NOW),
    ):
        with pytest.raises(NotAnAddress):
            way()


@pytest.mark.parametrize(("typed", "kept"), KEPT.items())
def test_somebody_invited_twice_in_two_spellings_is_one_person(work: Any, typed: str, kept: str) -> None:
    with work():
        one = invitations.invite(typed, "Ann", None)
        assert one.email == kept
        assert invitations.invite(kept, "Ann", None) is one


def test_the_command_line_says_what_is_wrong_with_an_address(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["portal", "invite", "ann@board;", "Ann", "--board", "northfirth"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit), "a sentence, and no fault of the program"


def test_every_box_for_an_address_in_every_form_has_the_rule() -> None:
    boxes = [(form, field) for form in every_form() for name, field in vars(form).items() if name == "email"]
    assert len(boxes) >= 8
    for form, field in boxes:
        assert looks_like_an_email in field.args[1], f"{form.__module__}.{form.__name__}: make it with forms.email"
