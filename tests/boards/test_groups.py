"""Groups of a board: one of each name, part of one another without a circle; and an administrator's own role."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards import actions, queries
from portal.boards.models import Board, Group, StaffRole
from portal.boards.rules import can_be_part_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.visitor import text_of

BOARD = "/boards/northfirth"
LOCALITY = {"name": "Locality East", "kind": "locality", "parent": ""}


@pytest.fixture
def locality_id(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """A group that is part of the main one."""
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        return actions.create_group(board, "Locality East", "locality", cast.northfirth.things["group_id"]).id


def names(app: Flask, cast: Cast) -> list[str]:
    with app.app_context():
        return [one.name for one in queries.groups(cast.northfirth.id)]


@pytest.mark.usefixtures("locality_id")
@pytest.mark.parametrize("name", ["Locality East", "  locality   EAST ", "Locality-East", "Lócality East"])
def test_two_groups_of_a_board_never_have_one_name(app: Flask, visit: Any, cast: Cast, name: str) -> None:
    admin, before = visit("northfirth.admin"), names(app, cast)
    new = admin.post(f"{BOARD}/groups/new", {**LOCALITY, "name": name})
    assert "There is a group called Locality East already. Enter another name" in text_of(new)
    changed = admin.post(f"{BOARD}/groups/{cast.northfirth.things['group_id']}/change", {**LOCALITY, "name": name})
    assert "There is a group called Locality East already. Enter another name" in text_of(changed)
    assert names(app, cast) == before


def test_another_board_may_have_the_same_name_and_so_may_the_group_itself(
    visit: Any, cast: Cast, locality_id: UUID
) -> None:
    assert visit("southmoor.admin").post("/boards/southmoor/groups/new", LOCALITY).status_code == 302
    own = {**LOCALITY, "kind": "other", "parent": str(cast.northfirth.things["group_id"])}
    assert visit("northfirth.admin").post(f"{BOARD}/groups/{locality_id}/change", own).status_code == 302


def test_changing_a_group_asks_what_it_is_part_of(app: Flask, visit: Any, cast: Cast, locality_id: UUID) -> None:
    admin, main = visit("northfirth.admin"), cast.northfirth.things["group_id"]
    page = admin.get(f"{BOARD}/groups/{locality_id}/change").text
    assert "Part of" in page
    assert f'value="{main}" selected' in page
    assert admin.post(f"{BOARD}/groups/{locality_id}/change", LOCALITY).status_code == 302
    with app.app_context():
        assert db.session.get_one(Group, locality_id).parent_id is None
    assert "Part of CANARYNORTH" not in text_of(admin.get(BOARD))


def test_no_group_is_part_of_itself_or_of_what_is_part_of_it(
    app: Flask, visit: Any, cast: Cast, locality_id: UUID
) -> None:
    admin, main = visit("northfirth.admin"), cast.northfirth.things["group_id"]
    theirs = cast.southmoor.things["group_id"]
    for wrong in (main, locality_id, theirs):
        form = {"name": "Main", "kind": "board", "parent": str(wrong)}
        said = text_of(admin.post(f"{BOARD}/groups/{main}/change", form))
        assert "Select a group from the list" in said
    with app.app_context():
        assert db.session.get_one(Group, main).parent_id is None


@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8), st.data())
def test_groups_never_make_a_circle(numbers: list[int], data: st.DataObject) -> None:
    ids = [UUID(int=number) for number in range(len(numbers))]
    parents: dict[UUID, UUID | None] = dict.fromkeys(ids)
    for _ in range(12):
        group = data.draw(st.sampled_from(ids))
        possible = sorted(can_be_part_of(group, parents))
        parents[group] = data.draw(st.sampled_from([None, *possible]))
    for one in ids:
        seen, at = set(), parents[one]
        while at:
            assert at not in seen
            seen.add(at)
            at = parents[at]


def own_role(app: Flask, cast: Cast, name: str) -> UUID:
    with app.app_context():
        own = (StaffRole.board_id == cast.northfirth.id, StaffRole.person_id == cast.northfirth.people[name])
        return db.session.scalars(select(StaffRole.id).where(*own)).one()


def test_ending_ones_own_role_says_you(app: Flask, visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), f"{BOARD}/roles/{own_role(app, cast, 'admin')}/end"
    page = text_of(admin.get(path))
    assert "You will stop being a board administrator of Northfirth at once, and be signed out" in page
    assert "They are" not in page
    assert "Northfirth has no other administrator" in page
    answer = admin.post(path)
    assert answer.headers["Location"] == "/sign-in"
    assert "You are no longer a board administrator of Northfirth" in text_of(admin.get("/sign-in"))


def test_ending_the_role_of_somebody_else_names_them(app: Flask, visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), f"{BOARD}/roles/{own_role(app, cast, 'clerk')}/end"
    page = text_of(admin.get(path))
    assert "CANARYNORTH Clerk will stop being a clerk of Northfirth at once, and be signed out" in page
    assert "no other administrator" not in page
    assert "no other clerk" not in page, "somebody with roles on both boards is a clerk too"
    assert admin.post(path).status_code == 302
    assert "CANARYNORTH Clerk is no longer a clerk of Northfirth" in text_of(admin.get(f"{BOARD}/people"))


def test_the_last_of_a_role_is_said_with_what_nobody_can_do_then(app: Flask, visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), f"{BOARD}/roles/{own_role(app, cast, 'approver')}/end"
    warning = "Northfirth has no other expense approver. Until someone else has this role, nobody at the board"
    page = text_of(admin.get(path))
    assert warning in page
    assert "Decide and pay claims" in page
    admin.post(f"{BOARD}/people/new", {"name": "Rona Tait", "email": "rona@new.test", "role": "approver"})
    assert warning not in text_of(admin.get(path))
    with app.app_context():
        rona = db.session.scalars(select(Person.id).where(Person.email == "rona@new.test")).one()
    admin.post(f"{BOARD}/people/{rona}/account", {"what": "withdraw"})
    assert warning in text_of(admin.get(path)), "whose invitation was withdrawn does not count"
    admin.post(path)
    assert "Invite an expense approver, Northfirth Nobody has this role now" in text_of(admin.get("/"))
