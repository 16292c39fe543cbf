"""An administrator sets up a board in the browser; lists of people and authorities are imported."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select, update

from config import ROOT
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, Group, Seat
from portal.boards.people.importing import import_authorities
from portal.boards.seats.rules import last_day_of_longest_term, vacant_since
from portal.infra.database import db
from tests.cast import TODAY, Cast, anywhere
from tests.visitor import text_of

AUTHORITIES = ROOT.parent / "shared" / "data" / "integration_authorities.csv"
IMPORT = "/boards/northfirth/people/import"


def count(app: Flask, model: Any) -> int:
    with app.app_context():
        statement = select(func.count()).select_from(model).execution_options(across_boards="a test")
        return db.session.scalar(statement) or 0


def test_a_group_a_seat_and_an_appointment(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    admin.post("/boards/northfirth/groups/new", {"name": "Locality East", "kind": "locality", "parent": ""})
    with app.app_context():
        group = db.session.scalars(anywhere(select(Group).where(Group.name == "Locality East"))).one()
    admin.post(
        f"/boards/northfirth/groups/{group.id}/seats/new",
        {"title": "Carer", "created_on": ["1", "2", "2026"], "votes_from": ["", "", ""]},
    )
    page = text_of(admin.get("/boards/northfirth"))
    assert "Locality East" in page
    assert "Vacant since Sunday 1 February 2026, for 30 days so far" in page
    with app.app_context():
        seat = db.session.scalars(select(Seat).where(Seat.group_id == group.id)).one()
    person = {"name": "Ina Carer", "email": "ina@new.test", "capacity": "unpaid_carer"}
    term = {"from_on": ["3", "3", "2026"], "until_on": ["2", "3", "2029"]}
    path = f"/boards/northfirth/seats/{seat.id}/appoint"
    long = {**term, "until_on": ["3", "3", "2029"]}
    assert "A term is at most three years" in text_of(admin.post(path, {**person, **long}))
    assert admin.post(path, {**person, **term}).status_code == 302
    assert "Ina Carer, until Friday 2 March 2029" in text_of(admin.get("/boards/northfirth"))


def test_two_people_cannot_sit_in_one_seat_at_once(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    path = f"/boards/northfirth/seats/{things['taken_seat_id']}/appoint"
    typed = {"name": "Second", "email": "second@new.test", "capacity": "unpaid_carer"}
    term = {"from_on": ["3", "3", "2026"], "until_on": ["3", "3", "2027"]}
    assert "Someone else has this seat" in text_of(visit("northfirth.admin").post(path, {**typed, **term}))
    with app.app_context():  # and nobody is invited to a seat they do not get
        assert db.session.scalar(select(Person.id).where(Person.email == "second@new.test")) is None


def test_settings_are_checked_and_the_second_administrator_is_told(visit: Any) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/settings"
    version = admin.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    good = {
        "paper_target_days": "10",
        "clear_notice_days": "5",
        "public_access_days": "3",
        "contact": "Ann",
        "check_in_days": "12",
    }
    page = text_of(admin.post(path, {**good, "reminder_days": "soon"}))
    assert "Enter the days of the reminders as whole numbers from 1 to 90" in page
    good |= {"reminder_days": "21, 14", "version": version}
    page = admin.post(path, good)
    assert "This is not saved yet. The new target of 10 days counts for meetings from Friday 13 March" in text_of(page)
    assert "First meeting: CANARYNORTH Main Group, Friday 13 March" in text_of(page)
    assert "10 days" not in text_of(admin.get("/boards/northfirth")), "it is read before it is saved"
    seen = page.text.split('name="target_seen"')[1].split('value="')[1].split('"')[0]
    assert admin.post(path, {**good, "target_seen": "12 2026-03-03 2026-03-15"}).status_code == 200, "another target"
    assert admin.post(path, {**good, "target_seen": seen}).status_code == 302
    said = "The settings are saved. The new target of 10 days counts for meetings from Friday 13 March 2026."
    assert said in text_of(admin.get("/boards/northfirth"))
    page = text_of(admin.post(path, {**good, "paper_target_days": "12"}))
    assert "This was changed since you opened this page" in page
    assert "Target for papers, in days before the meeting: 10" in page


def test_an_ended_appointment_leaves_past_papers_readable_for_60_days(
    visit: Any, things: dict[str, Any], at: Any
) -> None:
    from datetime import timedelta

    from tests.cast import NOW, TODAY

    path = f"/boards/northfirth/appointments/{things['appointment_id']}/end"
    last = TODAY + timedelta(days=20)
    typed = {"last_day": [str(last.day), str(last.month), str(last.year)], "because": "demands"}
    visit("northfirth.admin").post(path, typed)
    at(NOW + timedelta(days=79))
    rep = visit("northfirth.rep")
    assert rep.get(f"/meetings/{things['meeting_id']}").status_code == 200
    assert rep.get(f"/meetings/{things['coming_id']}").status_code == 404
    at(NOW + timedelta(days=81))
    assert visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}").status_code == 404


def people_csv(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(("name", "email", "role", "group", "capacity", "from", "until"))
    sheet.writerows(rows)
    return out.getvalue().encode()


def send(visitor: Any, content: bytes, name: str = "people.csv") -> Any:
    data = {"file": (io.BytesIO(content), name)}
    return visitor.post(IMPORT, data, content_type="multipart/form-data")


def confirm(visitor: Any, page: Any) -> Any:
    import lxml.html

    rows = lxml.html.fromstring(page.text).xpath("//input[@name='rows']/@value")[0]
    return visitor.post(f"{IMPORT}/confirm", {"rows": rows})


def test_a_list_of_people_is_shown_before_anything_is_saved(app: Flask, visit: Any, cast: Cast) -> None:
    admin, before = visit("northfirth.admin"), count(app, Person)
    rep = ("Rita Rep", "rita@new.test", "carer rep", "CANARYNORTH Main Group", "former carer", "1/4/2026", "31/3/2029")
    page = send(admin, people_csv(("Olaf", "olaf@new.test", "engagement officer", "", "", "", ""), rep))
    assert "2 people will be added" in text_of(page)
    assert count(app, Person) == before
    assert confirm(admin, page).status_code == 302
    assert count(app, Person) == before + 2
    with app.app_context():
        sits = select(Appointment).where(Appointment.group_id == cast.northfirth.things["group_id"])
        found = db.session.scalars(sits.order_by(Appointment.id))
        assert ("former_carer", date(2029, 3, 31)) in {(one.capacity, one.until_on) for one in found}


def test_every_problem_of_a_list_is_shown_by_row_and_nothing_saved(app: Flask, visit: Any) -> None:
    admin, before = visit("northfirth.admin"), count(app, Person)
    page = send(
        admin,
        people_csv(
            ("", "broken", "pirate", "", "", "", ""),
            ("Moira", "moira@new.test", "Mentor", "", "", "", ""),
            ("N" * 5000, "long@new.test", "officer", "", "", "", ""),
            ("Olaf", "olaf@new.test", "officer", "", "", "", ""),
            ("Olaf", "OLAF@new.test", "officer", "", "", "", ""),
            ("Clerk", "clerk@northfirth.test", "clerk", "", "", "", ""),
            ("Rita", "rita@new.test", "rep", "No such group", "", "31/2/2026", ""),
            ("Rob", "rob@new.test", "rep", "CANARYNORTH Main Group", "", "", ""),
            ("Ron", "ron@new.test", "rep", "CANARYNORTH Main Group", "", "", ""),
        ),
    )
    words = text_of(page)
    for problem in (
        "Name is missing",
        "Enter an email address in the correct format, like name@example.com",
        "Role “pirate” is not one of",
        "Mentors are not added from a list. An engagement officer adds them, on the mentoring page",
        "Name must be 200 characters or fewer",
        "in the list twice",
        "has this role already",
        "no group called “No such group”",
        "From must be a real date",
        "CANARYNORTH Main Group has no seat free from 3 March 2026 to 2 March 2029",
    ):
        assert problem in words
    assert 'name="rows"' not in page.text
    assert count(app, Person) == before


def test_people_can_come_from_a_spreadsheet(visit: Any) -> None:
    book = Workbook()
    book.active.append(["Name", "Email", "Role"])
    book.active.append(["Olaf", "olaf@new.test", "clerk"])
    out = io.BytesIO()
    book.save(out)
    assert "1 person will be added" in text_of(send(visit("northfirth.admin"), out.getvalue(), "people.xlsx"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "There are no people in this file"),
        (b"PK\x03\x04 broken", "We could not read this file"),
        (b"colour,shape\nred,round\n", "Missing: email, name, role"),
        (b"name,email,role\n" + b"A,a@b.test,clerk\n" * 301, "more than 300 rows"),
    ],
)
def test_a_file_that_is_no_list_says_what_to_do(visit: Any, content: bytes, words: str) -> None:
    assert words in text_of(send(visit("northfirth.admin"), content))


SPOILT = {"": 302, "[]": 302, "{}": 302, "null": 302, "[1]": 302, '[{"email": 5}]': 302, json.dumps([{}] * 301): 302}


@pytest.mark.parametrize(("rows", "answer"), SPOILT.items())
def test_spoilt_rows_are_not_imported(app: Flask, visit: Any, rows: str, answer: int) -> None:
    """Rows that can be read as rows are shown again with what is wrong; else the import begins anew."""
    before = count(app, Person)
    assert visit("northfirth.admin").post(f"{IMPORT}/confirm", {"rows": rows}).status_code == answer
    assert count(app, Person) == before


@pytest.mark.parametrize(("name", "answer"), [("", 200), ("x" * 5000, 200), ("a\x00b", 400), ("\u202eevil", 302)])
def test_long_and_odd_names_are_kept_clean(app: Flask, visit: Any, name: str, answer: int) -> None:
    typed = {"name": name, "email": "odd@new.test", "role": "clerk"}
    assert visit("northfirth.admin").post("/boards/northfirth/people/new", typed).status_code == answer
    with app.app_context():
        for kept in db.session.scalars(select(Person.name).order_by(Person.id)):
            assert kept.isprintable()
            assert len(kept) <= 200


@pytest.mark.skipif(not AUTHORITIES.exists(), reason="no list of authorities beside this checkout")
def test_the_31_authorities_are_imported_once(work: Any) -> None:
    with work():
        assert import_authorities(AUTHORITIES) == (31, 0)
    with work():
        assert import_authorities(AUTHORITIES) == (0, 31)
    highland = db.session.scalars(select(Board).where(Board.key == "highland")).one()
    assert highland.name == "Highland Joint Monitoring Committee"


def test_authorities_from_any_file(work: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "ia_code,short_name,body_name,model,council_names,health_board\n"
        "S37000099,Test Isles,Test Isles Integration Joint Board,body_corporate,A Council;B Council,NHS Test\n"
    )
    with work():
        assert import_authorities(file) == (1, 0)
    board = db.session.scalars(select(Board).where(Board.key == "test-isles")).one()
    assert board.councils == "A Council, B Council"


def test_how_long_a_seat_is_vacant() -> None:
    today, made = date(2026, 3, 3), date(2025, 1, 1)
    assert vacant_since(made, [], today) == made
    assert vacant_since(made, [(made, date(2026, 2, 1))], today) == date(2026, 2, 2)
    assert vacant_since(made, [(made, date(2027, 2, 1))], today) is None
    assert vacant_since(made, [(date(2026, 5, 1), date(2027, 2, 1))], today) == made


def test_the_longest_term_is_three_years() -> None:
    assert last_day_of_longest_term(date(2026, 3, 3)) == date(2029, 3, 2)
    assert last_day_of_longest_term(date(2028, 2, 29)) == date(2031, 2, 28)


def test_the_public_page_names_no_person(visit: Any) -> None:
    page = visit("").get("/public/boards/northfirth")
    assert page.status_code == 200
    assert "vacant since" in page.text
    assert "CANARYNORTH Rep" not in page.text


def test_a_seat_that_is_created_later_is_vacant_from_that_day(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Any
) -> None:
    with app.app_context():
        vacant = update(Seat).where(Seat.id == things["seat_id"]).values(created_on=TODAY + timedelta(days=30))
        db.session.execute(vacant)
        db.session.commit()
    assert "vacant from Thursday 2 April 2026" in text_of(visit("").get("/public/boards/northfirth"))
    for page in ("/boards/northfirth/reps", "/boards/northfirth"):
        assert "for -" not in text_of(visit("northfirth.officer").get(page))


def test_a_group_is_closed_when_its_seats_are(visit: Any, things: dict[str, Any]) -> None:
    admin, path = visit("northfirth.admin"), f"/boards/northfirth/groups/{things['group_id']}/close"
    assert "has open seats" in text_of(admin.post(path))


def test_a_role_can_begin_later_and_have_a_last_day(visit: Any) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/people/new"
    typed = {"name": "Lena Later", "email": "lena@new.test", "role": "officer"}
    wrong = {**typed, "from_on": ["1", "5", "2026"], "until_on": ["1", "4", "2026"]}
    assert "must be after the first day" in text_of(admin.post(path, wrong))
    assert admin.post(path, {**wrong, "until_on": ["1", "4", "2027"]}).status_code == 302
    page = text_of(admin.get("/boards/northfirth/people"))
    assert "Engagement officer, from Friday 1 May 2026, until Thursday 1 April 2027" in page
