"""The pictures of help and of README.md: each is there, small, used, and of a page that still looks like it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from PIL import Image

from portal.access.roles import ROLE_NAMES
from portal.help.pictures import FOLDER, IN_README, MOST_BYTES, MOST_IN_README, PICTURES, Picture, of_role
from portal.help.rules import ADDRESSES
from portal.infra.web.formatting import built_files
from tests.cast import Cast

ROOT = Path(__file__).parents[2]
each_picture = pytest.mark.parametrize("one", PICTURES, ids=lambda one: one.name)
SHOWN_IN_README = [one for one in PICTURES if one.in_readme]


def who_sees(one: Picture) -> str:
    return one.role if one.role == "coordinator" else f"northfirth.{one.role}"


@each_picture
def test_a_picture_is_there_and_small(one: Picture) -> None:
    assert one.file.stat().st_size <= MOST_BYTES
    with Image.open(one.file) as image:
        assert image.format == "WEBP"


@each_picture
def test_the_page_of_a_picture_still_has_its_heading(visit: Any, cast: Cast, one: Picture) -> None:
    things = cast.northfirth.things
    answer = visit(who_sees(one)).get(one.address.format(**things))
    page = lxml.html.fromstring(answer.text)
    headings = [" ".join(words.text_content().split()) for words in page.xpath("//h1 | //h2 | //h3")]
    assert [words for words in headings if words.startswith(one.heading)], headings


@each_picture
def test_a_picture_says_in_words_what_it_shows(one: Picture) -> None:
    assert one.alt.endswith(".")
    assert len(one.alt.split()) >= 8
    assert one.caption not in one.alt


@pytest.mark.parametrize("role", list(ROLE_NAMES))
def test_a_page_of_help_shows_each_of_its_pictures_once_at_their_size(visit: Any, role: str) -> None:
    page = lxml.html.fromstring(visit("").get(ADDRESSES[role]).text)
    found = {one.get("alt"): (one.get("src"), one.get("width"), one.get("height")) for one in page.xpath("//main//img")}
    assert 2 <= len(found) <= 4
    assert len(page.xpath("//main//img[@loading='lazy']")) == len(found)
    assert found == {
        one.alt: (f"/static/build/{built_files()[one.name + '.webp']}", *map(str, one.size))
        for one in of_role(role).values()
    }


def test_no_file_of_a_picture_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {one.file.name for one in PICTURES}
    assert {path.name for path in IN_README.iterdir()} == {one.file_in_readme.name for one in SHOWN_IN_README}


def test_names_of_pictures_are_theirs_alone() -> None:
    assert len({one.name for one in PICTURES}) == len(PICTURES)


def test_the_readme_shows_its_six_pictures_with_words_for_each() -> None:
    shown = dict(
        re.findall(r'<img src="docs/pictures/([\w-]+)\.webp" alt="([^"]{20,})"', (ROOT / "README.md").read_text())
    )
    assert set(shown) == {one.name for one in SHOWN_IN_README}
    assert len(shown) == 6
    assert [one.name for one in SHOWN_IN_README if one.file_in_readme.stat().st_size > MOST_IN_README] == []


def test_a_picture_is_kept_by_browsers_and_not_compressed_twice(app: Any) -> None:
    name = built_files()[f"{PICTURES[0].name}.webp"]
    answer = app.test_client().get(f"/static/build/{name}", headers={"Accept-Encoding": "gzip"})
    assert answer.mimetype == "image/webp"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert "Content-Encoding" not in answer.headers
