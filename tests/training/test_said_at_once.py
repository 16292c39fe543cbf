"""Everything that is wrong with a form is said at once: files, links and numbers beside what is missing elsewhere."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from flask import Flask
from lxml.html import fromstring

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.models import OtherMembers
from tests.cast import Cast


def errors(page: Any) -> list[str]:
    found = fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a")
    return sorted(" ".join(one.text_content().split()) for one in found)


def odd_file() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"neither a picture nor a PDF"), "odd.pdf"


def test_a_course_without_a_name_and_with_a_wrong_file(visit: Any, cast: Cast) -> None:
    typed = {"title": "", "why": "It helps", "minutes": "20", "how": "read", "for_whom": ["rep"], "link": ""}
    officer = visit("northfirth.officer")
    found = errors(officer.post("/boards/northfirth/courses", typed))
    assert found == ["Add a link or a file, so that people can open the course", "Enter the name"]
    page = officer.post("/boards/northfirth/courses", {**typed, "file": odd_file()}, content_type="multipart/form-data")
    assert "Enter the name" in errors(page)
    assert len(errors(page)) == 2, "what is wrong with the file as well"


def test_training_without_a_name_and_with_a_wrong_certificate(visit: Any, cast: Cast) -> None:
    typed = {"course": "", "title": "", "board": str(cast.northfirth.id), "done_on": ["2", "3", "2026"]}
    page = visit("northfirth.rep").post(
        "/training/records/new",
        {**typed, "once": str(uuid4()), "evidence": odd_file()},
        content_type="multipart/form-data",
    )
    assert "Choose a training from the list, or enter what it was called" in errors(page)
    assert len(errors(page)) == 2


def test_a_session_of_carer_awareness_with_too_many_members_and_no_time(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    group = cast.northfirth.things["group_id"]
    with app.app_context(), unit_of_work():
        db.session.query(OtherMembers).filter_by(group_id=group).delete()
        db.session.add(OtherMembers(board_id=cast.northfirth.id, group_id=group, members=3))
    typed = {"held_on": ["2", "3", "2026"], "minutes": "0", f"members-{group}": "999", "once": str(uuid4())}
    found = errors(visit("northfirth.officer").post("/boards/northfirth/carer-awareness/new", typed))
    assert len(found) == 2, found
    assert any("This group has 3 other members" in one for one in found)
    assert any("Enter a whole number from 1 to 600" in one for one in found)


def test_a_role_without_its_hours_and_with_an_unsafe_link(visit: Any, cast: Cast) -> None:
    path = f"/boards/northfirth/groups/{cast.northfirth.things['group_id']}/role/write"
    typed = {"purpose": "[Read](http://example.scot)", "hours_a_month": "", "contact": "Ann", "version": "1"}
    found = errors(visit("northfirth.officer").post(path, typed))
    assert len(found) == 2, found
    assert any("it must start with https://" in one for one in found)
