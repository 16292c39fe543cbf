"""A list is shown with all that will be saved, and then all of it is saved, or none of it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from config import ROOT
from portal.accounts.models import Person
from portal.boards import actions as board_actions
from portal.boards import queries
from portal.boards.models import Appointment, Seat, StaffRole
from portal.boards.people import actions as people_actions
from portal.boards.people.import_rules import MOST_ROWS
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.boards.sheets import HEADINGS, workbook
from tests.boards.test_pages import IMPORT, confirm, count, people_csv, send
from tests.cast import Cast, anywhere
from tests.core.test_addresses import REFUSED
from tests.visitor import text_of

GIVEN = ROOT.parent / "shared" / "tried"
ADDRESS_LISTS = ("people/people-odd-emails.csv", "papers/import-addresses.csv")
MAIN = "CANARYNORTH Main Group"
ADD = {"add_seats": "y"}


def upload(admin: Any, content: bytes, **more: str) -> Any:
    data = {"file": (io.BytesIO(content), "people.csv"), **more}
    return admin.post(IMPORT, data, content_type="multipart/form-data")


def save(admin: Any, page: Any) -> Any:
    [form] = lxml.html.fromstring(page.text).xpath("//form[.//input[@name='rows']]")
    return admin.post(f"{IMPORT}/confirm", dict(form.fields))


def clerk(email: str, name: str = "Olaf") -> bytes:
    return people_csv((name, email, "clerk", "", "", "", ""))


@pytest.fixture
def empty_committee(app: Flask, cast: Cast, rolled_back: Any) -> str:
    """The name of a group that has no seats."""
    with app.app_context(), unit_of_work():
        board_actions.create_group(queries.board_by_id(cast.northfirth.id), "Audit Committee", "board")
    return "Audit Committee"


@pytest.mark.parametrize("address", [one for one in REFUSED if one])
def test_a_list_takes_no_address_that_a_page_refuses(app: Flask, visit: Any, address: str) -> None:
    admin, before = visit("northfirth.admin"), count(app, Person)
    typed = {"name": "Olaf", "email": address, "role": "clerk"}
    on_page = admin.post("/boards/northfirth/people/new", typed)
    in_list = send(admin, clerk(address))
    assert REFUSED[address] in text_of(on_page)
    assert REFUSED[address] in text_of(in_list)
    assert 'name="rows"' not in in_list.text
    assert count(app, Person) == before


def test_an_address_of_a_list_is_kept_as_its_person_signs_in(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    page = send(admin, clerk(" Eva@BÜCHER.example "))
    assert "eva@xn--bcher-kva.example" in text_of(page)
    assert confirm(admin, page).status_code == 302
    with app.app_context():
        assert db.session.scalar(select(Person.name).where(Person.email == "eva@xn--bcher-kva.example")) == "Olaf"


@pytest.mark.skipif(not GIVEN.exists(), reason="no lists beside this checkout")
@pytest.mark.parametrize("name", ADDRESS_LISTS)
def test_of_the_lists_of_odd_addresses_only_good_ones_are_fine(app: Flask, visit: Any, name: str) -> None:
    admin, before = visit("northfirth.admin"), count(app, Person)
    content = Path(GIVEN / name).read_bytes()
    page = send(admin, content)
    good = [row for row in csv.DictReader(content.decode("utf-8-sig").splitlines()) if is_good(row["email"])]
    assert page.text.count("portal-tag--done") == len(good)
    assert count(app, Person) == before


def is_good(address: str) -> bool:
    return address.strip() in ("good@odd.example", "nbsp@odd.example", "eva@bücher.example")


def test_the_preview_shows_every_day_and_says_where_one_was_not_given(visit: Any) -> None:
    page = text_of(
        send(
            visit("northfirth.admin"),
            people_csv(
                ("Rita", "rita@new.test", "rep", MAIN, "former carer", "1/4/2026", "31/3/2027"),
                ("Olaf", "olaf@new.test", "clerk", "", "", "1/5/2026", "30/4/2027"),
                ("Ada", "ada@new.test", "clerk", MAIN, "unpaid carer", "", ""),
                ("Rob", "rob@new.test", "rep", MAIN, "", "", ""),
            ),
        )
    )
    assert "Former carer From Wednesday 1 April 2026 to Wednesday 31 March 2027" in page
    assert "From Friday 1 May 2026 to Friday 30 April 2027" in page
    assert "Ada ada@new.test, clerk From today Works for the whole board, so the group is not used" in page
    assert "Capacity is for carer reps only, so it is not used" in page
    assert "From Tuesday 3 March 2026 to Friday 2 March 2029 No days in the list: from today, for the longest" in page


def test_days_of_a_role_in_a_list_are_kept(app: Flask, visit: Any) -> None:
    admin = visit("northfirth.admin")
    page = send(admin, people_csv(("Olaf", "olaf@new.test", "clerk", "", "", "1/5/2026", "30/4/2027")))
    assert confirm(admin, page).status_code == 302
    with app.app_context():
        statement = select(StaffRole).join(StaffRole.person).where(Person.email == "olaf@new.test")
        held = db.session.scalars(anywhere(statement)).one()
    assert (held.from_on, held.until_on) == (date(2026, 5, 1), date(2027, 4, 30))


def test_a_role_that_follows_one_that_ends_is_given(app: Flask, work: Any, cast: Cast) -> None:
    person = db.session.get_one(Person, cast.northfirth.people["rep"])
    board = queries.board_by_id(cast.northfirth.id)
    terms = [(date(2026, 3, 3), date(2026, 6, 30)), (date(2026, 7, 1), None), (date(2026, 6, 30), date(2026, 7, 2))]
    with work():
        for from_on, until_on in terms:
            people_actions.give_role(board, person, "clerk", from_on, until_on)
    held = select(StaffRole).where(StaffRole.person_id == person.id, StaffRole.role == "clerk")
    found = db.session.scalars(anywhere(held.order_by(StaffRole.from_on))).all()
    assert [(one.from_on, one.until_on) for one in found] == terms[:2]


def test_a_list_with_one_wrong_row_saves_nothing(app: Flask, visit: Any, empty_committee: str) -> None:
    """Not when it is uploaded, and not when the rows that were fine come back with one that is not."""
    admin = visit("northfirth.admin")
    before = count(app, Person), count(app, StaffRole), count(app, Appointment), count(app, Seat)
    rep = ("Rita", "rita@new.test", "rep", empty_committee, "", "", "")
    good = upload(admin, people_csv(("Olaf", "olaf@new.test", "clerk", "", "", "", ""), rep), **ADD)
    rows = json.loads(lxml.html.fromstring(good.text).xpath("//input[@name='rows']/@value")[0])
    rows[1]["email"] = "rita@new..test"
    answer = admin.post(f"{IMPORT}/confirm", {"rows": json.dumps(rows), "add_seats": "yes"})
    assert "1 row has errors. Nothing has been saved." in text_of(answer)
    assert "Row 3 Rita" in text_of(answer), "with its number in the file"
    assert (count(app, Person), count(app, StaffRole), count(app, Appointment), count(app, Seat)) == before


def test_seats_are_added_on_the_way_only_when_asked(app: Flask, visit: Any, empty_committee: str) -> None:
    admin, before = visit("northfirth.admin"), count(app, Seat)
    rows = [
        ("One", "one@new.test", "rep", "audit committee", "", "1/4/2026", "31/3/2027"),
        ("Two", "two@new.test", "rep", "Audit  Committee", "", "1/4/2026", "31/3/2027"),
        ("Next", "next@new.test", "rep", "Audit Committee", "", "1/4/2027", "31/3/2028"),
    ]
    refused = text_of(upload(admin, people_csv(*rows)))
    assert "There is no seat on Audit Committee. Add one first" in refused
    assert "Or select “Add a seat to a group where none is free” as you upload it." in refused
    page = upload(admin, people_csv(*rows), **ADD)
    assert "3 people will be added, and 2 seats for them" in text_of(page)
    assert text_of(page).count("A new seat is added to Audit Committee") == 2
    assert count(app, Seat) == before, "nothing before it is confirmed"
    assert save(admin, page).status_code == 302
    with app.app_context():
        statement = (
            select(Seat, Person.email).join(Appointment, Appointment.seat_id == Seat.id).join(Appointment.person)
        )
        made = db.session.execute(
            anywhere(statement.where(Person.email.like("%@new.test")).order_by(Person.email))
        ).all()
    seats = {email: seat for seat, email in made}
    assert len({seat.id for seat in seats.values()}) == 2
    assert seats["next@new.test"].id in (seats["one@new.test"].id, seats["two@new.test"].id)
    assert {(seat.title, seat.created_on, seat.votes_from) for seat in seats.values()} == {
        ("Carer representative", date(2026, 4, 1), date(2026, 9, 1))
    }


def test_a_seat_that_is_free_is_taken_before_one_is_added(app: Flask, visit: Any) -> None:
    admin, before = visit("northfirth.admin"), count(app, Seat)
    page = upload(admin, people_csv(("Rita", "rita@new.test", "rep", MAIN, "", "1/4/2026", "31/3/2027")), **ADD)
    assert "seat" not in text_of(page).split("will be added")[1].partition("Those who")[0]
    assert save(admin, page).status_code == 302
    assert count(app, Seat) == before


@pytest.mark.parametrize("same", ["olaf@new.test", "OLAF@New.test"])
def test_two_people_with_one_address_are_refused(visit: Any, same: str) -> None:
    rows = ("Olaf", "olaf@new.test", "clerk", "", "", "", ""), ("Ada", same, "officer", "", "", "", "")
    page = text_of(send(visit("northfirth.admin"), people_csv(*rows)))
    assert "Olaf has this email address too, further up. Each person needs an address of their own" in page


def test_a_person_with_two_roles_is_one_person_and_a_name_here_stays(visit: Any) -> None:
    admin = visit("northfirth.admin")
    rows = [("Olaf", "olaf@new.test", role, "", "", "", "") for role in ("clerk", "expense approver")]
    page = send(admin, people_csv(*rows, ("Somebody Else", "clerk@northfirth.test", "officer", "", "", "", "")))
    assert "2 people will be added in 3 rows" in text_of(page)
    assert "Has an account here as CANARYNORTH Clerk, and keeps that name" in text_of(page)
    assert "2 people added" in text_of(admin.get(confirm(admin, page).headers["Location"]))


def test_nobody_learns_the_name_of_someone_of_another_board(visit: Any) -> None:
    page = send(visit("northfirth.admin"), clerk("clerk@southmoor.test", "Another Name"))
    assert "1 person will be added" in text_of(page)
    assert "Has an account" not in text_of(page)
    assert "CANARYSOUTH" not in page.text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            b"An\xef\xbf\xbde,ane@new.test,clerk",
            "Some letters are damaged. Type them again, and save the list as UTF-8",
        ),
        (b"Carr, Ann,ann@new.test,clerk", "There is something in column D, which has no heading"),
        (b'"Ann,a@new.test,clerk\nBen",ben@new.test,clerk', "A cell holds several lines. Look for a quotation mark"),
    ],
)
def test_a_row_that_lost_something_on_its_way_is_refused(visit: Any, row: bytes, words: str) -> None:
    assert words in text_of(send(visit("northfirth.admin"), b"name,email,role\n" + row + b"\n"))


def test_what_was_not_read_is_shown_before_anything_is_saved(visit: Any) -> None:
    content = b"Our people,,,\nname,email,role,Pet\nAnn,ann@new.test,clerk,Cat\n"
    page = text_of(send(visit("northfirth.admin"), content))
    assert "About the file Row 1: above the headings, so not read Not used: 1 column called “Pet”" in page
    assert "Row 3 Ann" in page


def test_a_workbook_is_read_in_its_child_process(visit: Any) -> None:
    content = workbook(Clerks=[HEADINGS, [], ["Olaf", "olaf@new.test", "clerk"]], Notes=[["Thank you"]])
    page = text_of(send(visit("northfirth.admin"), content, "people.xlsx"))
    assert "Not read: the sheet “Notes”" in page
    assert "Sheet “Clerks”, row 3 Olaf" in page


def test_the_empty_list_filled_in_is_fine(app: Flask, visit: Any) -> None:
    """Both of its forms, with the words that it offers for role, group and capacity."""
    admin = visit("northfirth.admin")
    file = admin.get(f"{IMPORT}/template.xlsx")
    assert file.headers["Content-Disposition"] == "attachment; filename=people-northfirth.xlsx"
    book = load_workbook(io.BytesIO(file.data))
    offered = [str(cell) for row in book["How to fill this in"].iter_rows(values_only=True) for cell in row if cell]
    assert {"Carer rep", "Clerk", MAIN, "Former carer"} <= set(offered)
    rep = ("Rita", "rita@new.test", "Carer rep", MAIN, "Former carer", "1/4/2026", "31/3/2027")
    for place, cell in enumerate(rep, start=1):
        book["People"].cell(2, place, cell)
    out = io.BytesIO()
    book.save(out)
    words = text_of(send(admin, out.getvalue(), "people.xlsx"))
    assert "1 person will be added" in words
    assert "About the file" not in words
    empty = admin.get(f"{IMPORT}/template.csv").data.decode("utf-8-sig")
    line = io.StringIO()
    csv.writer(line).writerow(rep)
    assert "1 person will be added" in text_of(send(admin, (empty + line.getvalue()).encode()))


def test_the_choices_of_the_empty_list_are_where_it_looks_for_them(visit: Any) -> None:
    book = load_workbook(io.BytesIO(visit("northfirth.admin").get(f"{IMPORT}/template.xlsx").data))
    offered = []
    for offer in book["People"].data_validations.dataValidation:
        sheet, _, cells = offer.formula1.partition("!")
        offered.append([row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]])
    assert [words[0] for words in offered] == ["Carer rep", MAIN, "Unpaid carer"]
    assert all(all(words) for words in offered)


def test_the_longest_list_with_the_longest_words_comes_back_whole(app: Flask, visit: Any) -> None:
    """Its rows come back with the form: they must fit into what a request may hold."""
    admin = visit("northfirth.admin")
    rows = [("Á" * 200, f"{n:03}{'a' * 60}@{'b' * 60}.test", "clerk", "", "", "1/4/2026", "") for n in range(MOST_ROWS)]
    page = send(admin, people_csv(*rows))
    assert "300 people will be added" in text_of(page)
    [kept] = lxml.html.fromstring(page.text).xpath("//input[@name='rows']/@value")
    assert len(json.loads(kept)) == MOST_ROWS
    rows_of_other_roles = json.loads(kept)
    rows_of_other_roles[0]["email"] = "wrong"
    answer = admin.post(f"{IMPORT}/confirm", {"rows": json.dumps(rows_of_other_roles, ensure_ascii=False)})
    assert "1 row has errors" in text_of(answer)


@pytest.mark.parametrize("cell", [5, None, True, ["x"], {"x": "y"}, "Ann\x00Lee", "Ann\nLee", " Ann"])
@pytest.mark.parametrize("column", ["name", "group", "where"])
def test_what_comes_back_from_the_preview_is_as_it_was_sent(
    app: Flask, visit: Any, rolled_back: Any, column: str, cell: Any
) -> None:
    row = {"name": "Ann Lee", "email": "ann.lee@new.test", "role": "clerk", "group": "", "where": "Row 2"}
    admin, before = visit("northfirth.admin"), count(app, Person)
    sent = admin.post(f"{IMPORT}/confirm", {"rows": json.dumps([{**row, column: cell}])})
    assert sent.status_code == 302
    assert sent.headers["Location"].endswith(IMPORT)
    assert count(app, Person) == before
    admin.post(f"{IMPORT}/confirm", {"rows": json.dumps([row])})
    assert count(app, Person) == before + 1
