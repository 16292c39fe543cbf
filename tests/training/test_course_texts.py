"""The texts of the national courses: each is long enough to help, short enough to read, and says where it is from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses import actions, queries
from portal.training.courses.actions import MATERIAL
from portal.training.courses.rules import NATIONAL_COURSES
from portal.training.models import Course
from tests.plain_words import american, sentences, words_in
from tests.visitor import text_of

FEWEST, MOST, MOST_IN_A_SENTENCE = 350, 1300, 25
SOURCES = "\n**Sources**\n\n"
PATHS = sorted(MATERIAL.glob("*.md"))
MARKS = re.compile(r"\*+|^(- |\d+\. )|\[|\]\([^)]*\)", re.MULTILINE)


def parts(path: Path) -> tuple[str, list[str]]:
    """The text without its marks, and the lines that name its sources."""
    body, found, sources = path.read_text().partition(SOURCES)
    assert found, "it names no sources at its end"
    return MARKS.sub("", body), sources.strip().splitlines()


def test_each_national_course_has_a_text_and_each_text_a_course() -> None:
    assert sorted(file for _, _, file in NATIONAL_COURSES) == [path.name for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_text_is_of_a_length_that_people_read_and_names_its_sources(path: Path) -> None:
    body, sources = parts(path)
    assert FEWEST <= words_in(body) <= MOST
    assert len(sources) >= 3
    assert all(line.startswith("- ") for line in sources)
    assert any("](https://" in line for line in sources)
    assert "](http://" not in path.read_text()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_text_is_in_short_sentences_and_british_english(path: Path) -> None:
    body, _ = parts(path)
    lines = (line for line in body.splitlines() if line)
    assert [one for line in lines for one in sentences(line) if words_in(one) > MOST_IN_A_SENTENCE] == []
    assert american(body) == []


@pytest.fixture
def courses(app: Flask) -> list[tuple[str, str]]:
    """The usual courses of a coordinator: where each is read, and what it is called."""
    with app.app_context(), unit_of_work():
        before = {one.id for one in queries.national_courses()}
        actions.add_national_courses()
        added = [one.id for one in queries.national_courses() if one.id not in before]
    with app.app_context():
        found = [db.session.get_one(Course, one) for one in added]
        return [(one.link or f"/courses/{one.id}/read", one.title) for one in found]


def test_no_national_course_is_a_dead_end(visit: Any, courses: list[tuple[str, str]]) -> None:
    """A rep finds a link to each, and behind it the whole text with its sources, or another website."""
    rep = visit("northfirth.rep")
    listed = lxml.html.fromstring(rep.get("/training").text)
    assert [title for _, title in courses]
    for address, title in courses:
        assert listed.xpath("//a[@href=$address]", address=address), title
        if address.startswith("https://"):
            continue
        answer = rep.get(address)
        page = lxml.html.fromstring(answer.text)
        assert words_in(text_of(answer)) > FEWEST, title
        assert page.xpath("//main//strong[.='Sources']/following::li//a[starts-with(@href, 'https://')]"), title
