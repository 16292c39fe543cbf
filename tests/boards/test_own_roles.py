"""A role that somebody gives to themselves waits for somebody else."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.access.roles import ADMIN, APPROVER, CLERK, DEPUTE, OFFICER, WAITS_FOR_ANOTHER
from portal.accounts.models import Person
from portal.boards import asking
from portal.boards import queries as boards
from portal.boards.models import Board, Group, Seat, StaffRole
from portal.boards.people import actions as people_actions
from portal.boards.people import queries as people_queries
from portal.boards.seats import actions as seats_actions
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.infra.versions import EditConflict
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.expenses.claiming import emails
from tests.visitor import text_of

PEOPLE = "/boards/northfirth/people"
WAITS = "The role you gave yourself has not begun."


def invite_oneself(visitor: Any, role: str) -> Any:
    typed = {"name": "CANARYNORTH Admin", "email": "admin@northfirth.test", "role": role}
    return visitor.post(f"{PEOPLE}/new", typed, follow_redirects=True)


def own_role(app: Flask, cast: Cast, role: str = APPROVER) -> StaffRole:
    with app.app_context():
        theirs = (StaffRole.person_id == cast.northfirth.people["admin"], StaffRole.role == role)
        return db.session.scalars(anywhere(select(StaffRole).where(*theirs))).one()


def held(app: Flask, person_id: UUID) -> set[str]:
    with app.app_context():
        return {one.role for one in asking.roles_held(person_id, clock.today())}


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Another administrator of Northfirth, who can sign in."""
    with app.app_context(), unit_of_work():
        someone = person("second.admin@northfirth.test", "Second Admin")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, ADMIN)
        return someone.id


def visit_as_second(app: Flask, visit: Any, cast: Cast, second: UUID) -> Any:
    cast.others["second_admin"] = second
    try:
        return visit("second_admin")
    finally:
        del cast.others["second_admin"]


@pytest.mark.parametrize("role", [OFFICER, APPROVER])
def test_it_does_not_begin(app: Flask, visit: Any, cast: Cast, rolled_back: Any, role: str) -> None:
    admin, admin_id = visit("northfirth.admin"), cast.northfirth.people["admin"]
    assert WAITS in text_of(invite_oneself(admin, role))
    assert held(app, admin_id) == {ADMIN}
    with app.app_context():
        north = cast.northfirth.id
        assert admin_id not in boards.staff_with_role(north, [role])
        assert admin_id not in boards.able(north, role)
        able = select(StaffRole.person_id).where(StaffRole.board_id == north, boards.is_able(role, TODAY))
        assert admin_id not in db.session.scalars(able).all()
    assert admin.get("/claims/to-decide").status_code == 403
    page = text_of(admin.get(PEOPLE))
    assert "Waiting for whoever runs the portal" in page, "there is no other administrator"
    role_id = own_role(app, cast, role).id
    assert f"/roles/{role_id}/settle" not in admin.get(PEOPLE).text
    assert admin.get(f"/boards/northfirth/roles/{role_id}/settle").status_code == 404


@pytest.mark.parametrize("role", [CLERK, DEPUTE])
def test_a_role_that_reads_papers_does_not_begin_either(
    app: Flask, visit: Any, cast: Cast, second: UUID, role: str
) -> None:
    admin = visit("northfirth.admin")
    assert WAITS in text_of(invite_oneself(admin, role))
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN}
    assert [one.person_id for one in emails(app, "role-asked")] == [second]
    row = {"name": "CANARYNORTH Admin", "email": "admin@northfirth.test", "role": CLERK if role == DEPUTE else DEPUTE}
    admin.post(f"{PEOPLE}/import/confirm", {"rows": json.dumps([row]), "add_seats": ""})
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN}


def test_nobody_appoints_themselves(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Nor by a list: whoever sits on a group reads its papers."""
    admin, typed = visit("northfirth.admin"), {"name": "CANARYNORTH Admin", "email": "admin@northfirth.test"}
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        group = db.session.get_one(Group, seat.group_id).name
        seat_id = seats_actions.create_seat(db.session.get_one(Group, seat.group_id), "Another seat", TODAY).id
    term = {"from_on": ["3", "3", "2026"], "until_on": ["2", "3", "2027"], "capacity": "unpaid_carer"}
    said = admin.post(f"/boards/northfirth/seats/{seat_id}/appoint", {**typed, **term})
    assert "You cannot appoint yourself. Another administrator has to do it" in text_of(said)
    row = {**typed, "role": "rep", "group": group}
    said = admin.post(f"{PEOPLE}/import/confirm", {"rows": json.dumps([row]), "add_seats": "yes"})
    assert "You cannot appoint yourself" in text_of(said)
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN}


@pytest.mark.parametrize("through", [0, 1])
def test_whom_they_brought_in_cannot_agree(app: Flask, visit: Any, cast: Cast, rolled_back: Any, through: int) -> None:
    """Neither at once nor through somebody else; whoever runs the portal can."""
    admin_id = by = cast.northfirth.people["admin"]
    for number in range(through + 1):
        by = _brings_in(app, cast, by, f"sock{number}")
    invite_oneself(visit("northfirth.admin"), APPROVER)
    asked = own_role(app, cast)
    with app.app_context(), pytest.raises(people_actions.BroughtIn), unit_of_work():
        people_actions.let_begin(db.session.get_one(StaffRole, asked.id), by)
    assert "Waiting for whoever runs the portal" in text_of(visit("northfirth.admin").get(PEOPLE))
    sock, page = visit_as_second(app, visit, cast, by), f"/boards/northfirth/roles/{asked.id}/settle"
    assert "CANARYNORTH Admin gave themselves" not in text_of(sock.get("/"))
    assert "You cannot agree: " in text_of(sock.get(page))
    assert "Another administrator must, or whoever runs the portal." in text_of(sock.post(page, {"answer": "agree"}))
    assert held(app, admin_id) == {ADMIN}
    with app.app_context(), unit_of_work():
        people_actions.let_begin(db.session.get_one(StaffRole, asked.id), None)
    assert held(app, admin_id) == {ADMIN, APPROVER}


def _brings_in(app: Flask, cast: Cast, by: UUID, name: str) -> UUID:
    with app.app_context(), unit_of_work():
        token = acting.set(by)
        someone = person(f"{name}@northfirth.test", f"{name.title()} Friend")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, ADMIN)
        acting.reset(token)
        return someone.id


def test_importing_oneself_is_the_same(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    admin = visit("northfirth.admin")
    row = {"name": "CANARYNORTH Admin", "email": "admin@northfirth.test", "role": "expense approver"}
    sent = admin.post(f"{PEOPLE}/import/confirm", {"rows": json.dumps([row]), "add_seats": ""}, follow_redirects=True)
    assert f"1 person added. {WAITS}" in text_of(sent)
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN}
    assert own_role(app, cast).waits_since == NOW


def test_another_administrator_is_told_and_agrees(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    admin, admin_id = visit("northfirth.admin"), cast.northfirth.people["admin"]
    invite_oneself(admin, APPROVER)
    assert [one.person_id for one in emails(app, "role-asked")] == [second], "whoever asked is not asked"
    assert "Waiting for another administrator" in text_of(admin.get(PEOPLE))
    assert "CANARYNORTH Admin gave themselves a role" not in text_of(admin.get("/"))
    page = f"/boards/northfirth/roles/{own_role(app, cast).id}/settle"
    other = visit_as_second(app, visit, cast, second)
    assert "Agree or refuse: CANARYNORTH Admin gave themselves a role, Northfirth" in text_of(other.get("/"))
    assert "an expense approver" in text_of(other.get(page))
    assert "CANARYNORTH Admin is an expense approver of Northfirth" in text_of(
        other.post(page, {"answer": "agree"}, follow_redirects=True)
    )
    assert held(app, admin_id) == {ADMIN, APPROVER}
    kept = own_role(app, cast)
    assert (kept.made_by_id, kept.waits_since) == (second, None)
    assert emails(app, "role-given-or-ended", admin_id), "like anybody who is given one"
    assert not emails(app, "role-refused")
    assert other.get(page).status_code == 404


def test_it_can_be_refused(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    invite_oneself(visit("northfirth.admin"), APPROVER)
    other = visit_as_second(app, visit, cast, second)
    page = f"/boards/northfirth/roles/{own_role(app, cast).id}/settle"
    assert "will not be an expense approver" in text_of(other.post(page, {"answer": "refuse"}, follow_redirects=True))
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN}
    assert page not in other.get(PEOPLE).text
    [told] = emails(app, "role-refused")
    assert told.person_id == cast.northfirth.people["admin"]


def test_nobody_agrees_to_their_own(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    invite_oneself(visit("northfirth.admin"), APPROVER)
    role_id, admin_id = own_role(app, cast).id, cast.northfirth.people["admin"]
    for settle in (people_actions.let_begin, people_actions.refuse):
        with app.app_context(), pytest.raises(EditConflict), unit_of_work():
            settle(db.session.get_one(StaffRole, role_id), admin_id)
    begin = update(StaffRole).where(StaffRole.id == role_id).values(waits_since=None)
    with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(begin)
    assert held(app, admin_id) == {ADMIN}


def test_it_can_be_taken_back(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    admin = visit("northfirth.admin")
    invite_oneself(admin, APPROVER)
    end = f"/boards/northfirth/roles/{own_role(app, cast).id}/end"
    assert "it has not begun" in text_of(admin.get(end))
    assert "The role will not begin" in text_of(admin.post(end, follow_redirects=True))
    with app.app_context():
        assert not people_queries.is_waiting(cast.northfirth.id, cast.northfirth.people["admin"], APPROVER)


def test_whoever_runs_the_portal_can_let_it_begin(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    invite_oneself(visit("northfirth.admin"), APPROVER)
    run = app.test_cli_runner().invoke
    command = ["portal", "let-role-begin", "admin@northfirth.test", APPROVER, "--board"]
    assert "No such role is waiting" in run(args=[*command, "southmoor"]).output
    assert "It has begun" in run(args=[*command, "northfirth"]).output
    assert held(app, cast.northfirth.people["admin"]) == {ADMIN, APPROVER}
    assert "No such role is waiting" in run(args=[*command, "northfirth"]).output


@pytest.mark.parametrize("role", WAITS_FOR_ANOTHER)
def test_whichever_way_it_is_given(app: Flask, cast: Cast, rolled_back: Any, role: str) -> None:
    """Whoever acts gives; the way in does not matter. What somebody else gives begins."""
    names = ("officer" if role == CLERK else "clerk", "admin")
    clerk, admin = (cast.northfirth.people[name] for name in names)
    for giver, begins in ((clerk, False), (admin, True)):
        with app.app_context():
            token = acting.set(giver)
            with unit_of_work():
                whom = db.session.get_one(Person, clerk) if giver == clerk else person("new@x.test", "Someone")
                people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), whom, role)
                whom_id = whom.id
            acting.reset(token)
        assert (role in held(app, whom_id)) == begins


def test_of_an_agreed_role_email_and_trail_name_who_asked_and_who_confirmed(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    invite_oneself(visit("northfirth.admin"), APPROVER)
    people_ids = (second, cast.northfirth.people["admin"])
    asked, token = own_role(app, cast).id, acting.set(second)
    with app.app_context(), unit_of_work():
        people_actions.let_begin(db.session.get_one(StaffRole, asked), second)
    acting.reset(token)
    with app.app_context():
        found = select(Email).where(Email.template == "role-given-or-ended", Email.person_id.in_(people_ids))
        said = [words_of(one).text for one in db.session.scalars(anywhere(found.order_by(Email.id)))]
    assert any("You asked for this, and Second Admin confirmed it." in words for words in said), said
    assert not any("This was changed by Second Admin" in words for words in said)
    trail = visit("northfirth.admin").get("/boards/northfirth/audit").text
    assert "asked for by CANARYNORTH Admin" in trail
    told = (
        select(Email.person_id)
        .where(Email.template == "new-approver", Email.board_id == cast.northfirth.id)
        .order_by(Email.id)
    )
    with app.app_context():
        assert list(db.session.scalars(anywhere(told))) == [cast.northfirth.people["approver"]]
