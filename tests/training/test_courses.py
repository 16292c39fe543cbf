"""Courses have something to read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import lxml.html
from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses import actions, queries
from portal.training.courses.rules import MARKDOWN
from portal.training.models import Course
from tests.visitor import text_of


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
