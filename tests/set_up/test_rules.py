"""The list of what a board still needs, from facts alone."""

from __future__ import annotations

from dataclasses import fields, replace
from uuid import uuid4

import pytest

from portal.set_up.rules import DONE, LATER, TO_DO, Facts, Step, leads_back, may_start, progress

HERE = (uuid4(), "northfirth", "Northfirth")
NOTHING = Facts(*HERE, **{one.name: None if one.name.endswith("_id") else False for one in fields(Facts)[3:]})
GROUP, SEAT = uuid4(), uuid4()
EVERYTHING = Facts(*HERE, **{one.name: True for one in fields(Facts)[3:]})
EVERYTHING = replace(EVERYTHING, group_id=GROUP, seat_id=SEAT)


def step(facts: Facts, title: str) -> Step:
    [found] = [one for one in progress(facts).steps if one.title == title]
    return found


def test_a_board_with_nothing_has_ten_steps_before_it() -> None:
    assert progress(NOTHING).words == "0 of 10 done"


def test_a_board_with_everything_is_set_up() -> None:
    assert progress(EVERYTHING).is_done


def test_a_step_that_is_done_says_no_more_than_that() -> None:
    assert {(one.state, one.detail) for one in progress(EVERYTHING).steps} == {(DONE, "")}


@pytest.mark.parametrize(
    ("fact", "title"),
    [
        *((name, "Settings and contacts") for name in ("contact", "controller", "controller_address")),
        *((name, "Settings and contacts") for name in ("data_protection_email", "health_condition")),
        *((name, "Officer, clerk and expense approver") for name in ("officer", "clerk", "approver")),
        ("role", "Role description"),
        ("expenses", "Expenses policy"),
        ("care", "Replacement care policy"),
        ("induction", "Induction plan"),
        ("meeting", "First meeting"),
        ("rep", "First carer rep"),
    ],
)
def test_each_fact_that_is_missing_opens_its_step_alone(fact: str, title: str) -> None:
    found = progress(replace(EVERYTHING, **{fact: False}))
    assert [one.title for one in found.steps if one.state == TO_DO] == [title]


def test_what_needs_a_group_waits_for_it() -> None:
    later = {one.title: one.detail for one in progress(NOTHING).steps if one.state == LATER}
    assert later == {
        "Seats for carer reps": "Add a group first",
        "Role description": "Add a group first",
        "First meeting": "First add a group and invite a clerk",
        "First carer rep": "Add a seat first",
    }


def test_with_a_group_the_meeting_waits_for_the_clerk_alone() -> None:
    assert step(replace(NOTHING, group_id=GROUP), "First meeting").detail == "First invite a clerk"


def test_the_seat_of_the_only_group_is_added_in_one_step() -> None:
    found = step(replace(NOTHING, group_id=GROUP), "Seats for carer reps")
    assert (found.endpoint, found.more) == ("boards.new_seat", {"group_id": GROUP})


def test_of_several_groups_one_is_chosen_on_the_page_of_the_board() -> None:
    assert step(replace(NOTHING, group_id=GROUP, has_groups=True), "Seats for carer reps").endpoint == "boards.show"


def test_the_first_rep_gets_the_only_seat_in_one_step() -> None:
    found = step(replace(NOTHING, group_id=GROUP, seat_id=SEAT), "First carer rep")
    assert (found.endpoint, found.more) == ("boards.appoint", {"seat_id": SEAT})


def test_roles_that_are_missing_are_named() -> None:
    found = step(replace(EVERYTHING, clerk=False, approver=False), "Officer, clerk and expense approver")
    assert found.detail == "Invite a clerk and an expense approver"


def test_what_comes_next_is_the_first_that_can_be_done() -> None:
    found = progress(replace(EVERYTHING, group_id=None, seat_id=None, care=False)).next
    assert found is not None
    assert found.title == "Groups"


def test_a_board_with_people_is_not_started_again() -> None:
    assert not may_start(replace(NOTHING, is_begun=True))


def test_a_board_that_waits_for_its_first_administrator_can_be() -> None:
    assert may_start(replace(NOTHING, administrator_invited=True))


def test_every_page_of_a_step_leads_back() -> None:
    steps = [*progress(NOTHING).steps, *progress(EVERYTHING).steps, *progress(replace(NOTHING, group_id=GROUP)).steps]
    assert {one.endpoint for one in steps if not leads_back(one.endpoint)} == set()


def test_a_page_that_is_no_step_does_not() -> None:
    assert not leads_back("audit_trail.show")
