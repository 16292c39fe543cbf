"""Passwords that others try first are refused: stolen ones, and the names of people, boards and the portal."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.accounts.rules import own_words, password_problem
from tests.accounts.test_pages import EMAIL, latest_link
from tests.visitor import text_of

STOLEN = ("qwertyuiop123", "Password1234", "PASSWORD1234", "1q2w3e4r5t6y", "iloveyou1234", "manchesterunited")


@pytest.mark.parametrize("password", STOLEN)
def test_stolen_passwords_are_refused_and_told_apart(password: str) -> None:
    assert password_problem(password) == "That password is on a list of stolen passwords. Choose a different one"


@pytest.mark.parametrize(
    "password",
    [
        "northfirth carers",
        "Agnes Kerr Portal",
        "agneskerr-carer-rep",
        "CarerRepPortal12",
        "Kerr! Northfirth1",
        "portal portal rep",
    ],
)
def test_ones_own_name_and_that_of_the_board_are_no_password(password: str) -> None:
    own = own_words("Agnes Kerr", "agnes.kerr@northfirth.scot")
    assert own == ["agnes", "kerr", "northfirth", "scot"]
    assert password_problem(password, own) == "That password is easy to guess. Add another word or two"


@pytest.mark.parametrize(
    "password", ["correct horse battery thistle", "kerr heron ladder quay", "thistle harbour lantern"]
)
def test_three_words_that_are_nobodys_are_taken(password: str) -> None:
    assert password_problem(password, own_words("Agnes Kerr", "agnes.kerr@northfirth.scot")) is None


def test_whoever_chooses_a_new_one_is_asked_for_another(app: Flask, visit: Any) -> None:
    stranger = visit("")
    stranger.post("/forgotten-password", {"email": EMAIL})
    path = latest_link(app, "reset-password")
    for password, said in (("northfirth rep 1", "easy to guess"), ("qwertyuiop123", "list of stolen passwords")):
        assert said in text_of(stranger.post(path, {"password": password}))
    assert stranger.post(path, {"password": "heron ladder quay"}).status_code == 302


def test_whoever_changes_theirs_is_asked_for_another(visit: Any) -> None:
    rep = visit("northfirth.rep")
    for password, said in (("northfirth rep 1", "easy to guess"), ("qwertyuiop123", "list of stolen passwords")):
        assert said in text_of(rep.post("/account/security", {"present_password": "x", "password": password}))
