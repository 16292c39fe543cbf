"""Courses have something to read."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses import actions, queries
from portal.training.courses.rules import MARKDOWN, whom_words
from portal.training.models import Course
from portal.training.records import actions as records_actions
from portal.training.sessions import actions as sessions
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

TYPED = {"title": "Reading a budget", "minutes": "30", "how": "read", "why": "It helps", "for_whom": ["rep"]}
LINK = "https://courses.example/budget"


def course_called(app: Flask, title: str) -> Course | None:
    with app.app_context():
        return db.session.scalar(anywhere(select(Course).where(Course.title == title)))


def usual_courses(app: Flask) -> list[UUID]:
    with app.app_context(), unit_of_work():
        before = {one.id for one in queries.national_courses()}
        actions.add_national_courses()
        return [one.id for one in queries.national_courses() if one.id not in before]


def test_every_usual_course_has_something_to_read(app: Flask, visit: Any) -> None:
    ids, rep = usual_courses(app), visit("northfirth.rep")
    page = lxml.html.fromstring(rep.get("/training").text)
    assert len(ids) == 9
    with app.app_context():
        for course in (db.session.get_one(Course, one) for one in ids):
            address = course.link or f"/courses/{course.id}/read"
            [link] = page.xpath(f"//a[@href='{address}']")
            assert course.title in link.text_content()
            if not course.link:
                words = text_of(rep.get(address))
                assert course.why in words
                assert len(words.split()) > 150


def test_a_course_that_is_a_file_is_not_read_as_words(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """And what is written in one becomes nothing but paragraphs, lists and links."""
    with app.app_context(), unit_of_work():
        typed = {"title": "Words", "why": "Because", "how": "read", "for_whom": ["rep"]}
        words = b"# Title\n\n<script>alert(1)</script> [out](javascript:alert(1))"
        course = actions.add_course(None, typed, ("words.md", MARKDOWN, words))
    rep = visit("northfirth.rep")
    page = lxml.html.fromstring(rep.get(f"/courses/{course.id}/read").text)
    assert not page.xpath("//main//script | //main//a[contains(@href, 'javascript')] | //main//h1[2]")
    other = rep.get(f"/courses/{things['course_id']}/read")
    assert other.headers["Location"] == f"/courses/{things['course_id']}/file"


@pytest.mark.parametrize(
    ("who", "page"), [("coordinator", "/courses"), ("northfirth.officer", "/boards/northfirth/courses")]
)
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"link": ""}, "Add a link or a file, so that people can open the course"),
        ({"link": "", "how": "watch"}, "Add a link or a file, so that people can open the course"),
        ({"link": "https://nowhere"}, "Enter a link that starts with https://"),
        ({"for_whom": []}, "Tick at least one group it is for"),
    ],
)
def test_a_course_that_nobody_can_open_or_is_meant_to_take_is_refused(
    app: Flask, visit: Any, who: str, page: str, changed: dict[str, Any], words: str
) -> None:
    answer = visit(who).post(page, {**TYPED, "link": LINK, **changed})
    assert words in text_of(answer)
    assert course_called(app, "Reading a budget") is None


def test_a_course_in_a_room_needs_nothing_to_open(app: Flask, visit: Any) -> None:
    assert visit("coordinator").post("/courses", {**TYPED, "how": "room"}).status_code == 302
    assert course_called(app, "Reading a budget")


def test_a_national_course_is_changed_and_withdrawn_and_records_of_it_stay(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    coordinator, rep, key = visit("coordinator"), visit("northfirth.rep"), things["national_id"]
    with app.app_context(), unit_of_work():
        taken = {"title": "A national course", "done_on": TODAY, "course_id": key}
        records_actions.add_record(uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], taken, None)
    change = f"/courses/national/{key}/change"
    assert "For reps" in text_of(coordinator.get("/courses"))
    assert change in coordinator.get("/courses").text
    assert "A national course" in coordinator.get(change).text
    page = coordinator.post(change, {**TYPED, "link": LINK, "for_whom": ["rep", "depute"]}, follow_redirects=True)
    assert "Reading a budget has been saved." in text_of(page)
    assert "For reps and deputes" in text_of(page)
    assert LINK in rep.get("/training").text
    page = coordinator.post(f"/courses/national/{key}/withdraw", follow_redirects=True)
    assert "Reading a budget has been withdrawn. Records of who took it stay." in text_of(page)
    mine = rep.get("/training").text
    assert LINK not in mine
    assert "A national course" in mine


def test_a_board_does_not_change_a_national_course_nor_the_coordinator_a_boards(
    visit: Any, things: dict[str, Any]
) -> None:
    national, own = things["national_id"], things["course_id"]
    assert visit("northfirth.officer").get(f"/courses/{national}/change").status_code == 404
    assert visit("northfirth.officer").get(f"/courses/national/{national}/change").status_code == 404
    assert visit("coordinator").get(f"/courses/national/{own}/change").status_code == 404


def test_a_file_stays_until_another_is_chosen_and_a_withdrawn_one_is_not_opened(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    officer, key = visit("northfirth.officer"), things["course_id"]
    change, file = f"/courses/{key}/change", f"/courses/{key}/file"
    assert "It has CANARYNORTH.jpg now" in text_of(officer.get(change))
    assert officer.post(change, {**TYPED, "why": "Another reason"}).status_code == 302
    assert officer.client.get(file).data == b"picture"
    proof = [(io.BytesIO(photo()), "new.jpg")]
    assert officer.post(change, {**TYPED, "file": proof}, content_type="multipart/form-data").status_code == 302
    assert officer.client.get(file).data.startswith(b"\xff\xd8")
    assert officer.post(f"/courses/{key}/close").status_code == 302
    assert officer.client.get(file).status_code == 404


def test_whom_a_course_is_for_in_words() -> None:
    assert whom_words(["depute", "rep", "member"]) == "For reps, deputes and other members"
    assert whom_words([]) == "For everyone"


def test_withdrawing_first_says_who_is_booked(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    """Nothing is withdrawn by opening the page, and it says truly that nobody booked is told."""
    north, officer = cast.northfirth, visit("northfirth.officer")
    with app.app_context(), unit_of_work():
        course = actions.add_course(north.id, {"title": "Chairing", "how": "read", "for_whom": ["rep"]})
        starts_at = NOW + timedelta(days=5)
        hours = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "places": 5}
        one = sessions.arrange(uuid4(), north.id, {"title": "Chairing, a session", "course_id": course.id, **hours})
        sessions.book(one, north.people["rep"], False)
        key = course.id
    assert f"/courses/{key}/close" in officer.get(f"/courses/{key}/change").text
    page = text_of(officer.get(f"/courses/{key}/close"))
    assert "Chairing, a session" in page
    assert "Booked or on the waiting list: CANARYNORTH Rep" in page
    assert "Nobody booked will be told" in page
    found = course_called(app, "Chairing")
    assert found
    assert found.closed_at is None
    officer.post(f"/courses/{key}/close")
    found = course_called(app, "Chairing")
    assert found
    assert found.closed_at


def test_withdrawing_what_no_session_teaches_says_so(app: Flask, visit: Any, rolled_back: Any) -> None:
    key = usual_courses(app)[0]
    page = text_of(visit("coordinator").get(f"/courses/national/{key}/withdraw"))
    assert "It is not part of any coming session, so nobody is booked and nobody will be told." in page
