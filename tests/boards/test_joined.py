"""A board that nobody has set up: no page says of it what is not known, and none counts it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.access.roles import ADMIN
from portal.accounts.queries import person
from portal.boards.actions import create_board, create_group
from portal.boards.offers.actions import invite_to
from portal.boards.people.actions import give_role
from portal.boards.queries import board_by_key, groups
from portal.boards.seats.actions import create_seat
from portal.infra.unit_of_work import unit_of_work
from tests.cast import TODAY, Cast
from tests.visitor import text_of

FIGURES = ("/notice", "/expenses", "/support-figures", "/care/figures")
SAID = (
    "1 board has not joined the portal yet, so there are no figures for it. Boards that have not joined yet Elsewhere"
)


@pytest.fixture
def elsewhere(app: Flask, rolled_back: Any) -> str:
    """A board as the list of integration authorities gives it, and somebody invited who has not come yet."""
    with app.app_context(), unit_of_work():
        board = create_board("elsewhere", "Elsewhere Joint Board", "Elsewhere")
        create_group(board, board.name, "board")
        give_role(board, invite_to(board.id, "ada@elsewhere.test", "Ada Invited"), ADMIN)
        return board.key


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("path", FIGURES)
def test_figures_are_of_boards_that_have_joined(visit: Any, path: str) -> None:
    coordinator = visit("coordinator")
    page = text_of(coordinator.get(path))
    assert SAID in page
    assert page.count("Elsewhere") == 1
    sheet = coordinator.client.get(f"{path}.csv").data.decode("utf-8-sig")
    assert "Northfirth" in sheet
    assert "Elsewhere" not in sheet
    assert "not joined" not in text_of(visit("northfirth.officer").get(path))


@pytest.mark.usefixtures("elsewhere")
def test_nobody_is_told_that_it_has_no_policy(visit: Any) -> None:
    stranger = visit()
    covered = text_of(stranger.get("/public/expenses"))
    assert "so there are no policies here for it" in covered
    own = text_of(stranger.get("/public/boards/elsewhere"))
    assert "Elsewhere Joint Board has not joined this portal yet" in own
    assert "policy" not in own
    assert "Elsewhere" not in text_of(stranger.get("/privacy"))
    every = text_of(visit("coordinator").get("/boards"))
    assert "Not joined yet Elsewhere" in every


def test_once_somebody_works_for_it_here_it_has_joined(visit: Any, app: Flask, cast: Cast, elsewhere: str) -> None:
    with app.app_context(), unit_of_work():
        give_role(board_by_key(elsewhere), person(cast.person("northfirth.approver")), ADMIN)
    coordinator = visit("coordinator")
    for path in FIGURES:
        page = text_of(coordinator.get(path))
        assert "not joined" not in page
        assert "Elsewhere" in page
    assert "Elsewhere No policy" in text_of(visit().get("/public/expenses"))


def test_with_a_seat_it_has_joined(visit: Any, app: Flask, elsewhere: str) -> None:
    with app.app_context(), unit_of_work():
        board = board_by_key(elsewhere)
        assert board is not None
        create_seat(groups(board.id)[0], "Carer representative", TODAY)
    assert "not joined" not in text_of(visit("coordinator").get("/notice"))
