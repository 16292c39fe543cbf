"""The file of a course survives a mistake in another field."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.storage import files
from portal.training.models import Course
from tests.cast import anywhere
from tests.expenses.test_receipts_survive import held_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

COURSE = {"title": "Budgets", "why": "They matter", "minutes": "30", "how": "read", "for_whom": ["rep"]}


@pytest.mark.parametrize("who", ["northfirth.officer", "coordinator"])
@pytest.mark.parametrize("wrong", [{"minutes": "many"}, {"title": ""}, {"link": "no link"}, {"for_whom": []}])
def test_the_file_of_a_course_is_there_after_a_mistake_in_another_field(
    app: Flask, visit: Any, who: str, wrong: dict[str, Any]
) -> None:
    visitor, page = visit(who), "/courses" if who == "coordinator" else "/boards/northfirth/courses"
    form = {**COURSE, "once": str(uuid4())}
    sent = {**form, **wrong, "file": (io.BytesIO(photo()), "guide.jpg")}
    answer = visitor.post(page, sent, content_type="multipart/form-data")
    [(key, name)] = held_on(answer, "file-held")
    assert name == "guide.jpg"
    assert "We still have this file" in text_of(answer)
    assert "Add a link or a file" not in text_of(answer), "there is one"
    assert visitor.post(page, {**form, "file-held": key}, content_type="multipart/form-data").status_code == 302
    with app.app_context():
        course = db.session.scalars(anywhere(select(Course).where(Course.title == "Budgets").order_by(Course.id))).one()
        assert course.file_name == "guide.jpg"
        assert files.read(course.stored_as).startswith(b"\xff\xd8")
