"""What a phone keeps of the portal, and the pages of an entry in a row; and what paper has and has not."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urljoin

import pytest
from flask import Flask
from lxml.html import fromstring
from PIL import Image

from tests.cast import Cast
from tests.visitor import text_of

SIZES = {"180x180", "192x192", "512x512"}
ROW = "//nav[@class='portal-sub']//a"
FOLDED = "//nav[contains(@class, 'portal-side__narrow')]"
ON_PAPER = "//*[@class='portal-print-only']"
NOT_ON_PAPER = "//*[contains(@class, 'portal-no-print')]"


def link(page: Any, rel: str) -> str:
    [address] = fromstring(page.text).xpath(f"//head/link[@rel='{rel}']/@href")
    return str(address)


def words(page: Any, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in fromstring(page.text).xpath(path)]


def icons(app: Flask, page: Any) -> dict[str, Any]:
    """Each icon that a page and its manifest name, as a stranger gets it, by the size that is said of it."""
    named, client = link(page, "manifest"), app.test_client()
    of_manifest = client.get(named).get_json(force=True)["icons"]
    found = {one["sizes"]: client.get(urljoin(named, one["src"])) for one in of_manifest}
    return {"180x180": client.get(link(page, "apple-touch-icon")), **found}


@pytest.mark.parametrize("who", ["", "northfirth.rep"])
def test_every_page_names_a_manifest_that_anyone_can_have(app: Flask, visit: Any, who: str) -> None:
    answer = app.test_client().get(link(visit(who).get("/help"), "manifest"))
    said = answer.get_json(force=True)
    assert answer.status_code == 200
    assert answer.mimetype == "application/manifest+json"
    assert (said["name"], said["start_url"]) == ("Carer Rep Portal", "/")
    assert len(said["short_name"]) <= 12, "more is cut off below an icon"


def test_icons_are_small_pictures_of_the_size_that_is_said(app: Flask, visit: Any) -> None:
    found = icons(app, visit("").get("/help"))
    assert set(found) == SIZES
    for size, answer in found.items():
        assert answer.mimetype == "image/png"
        assert len(answer.data) <= 10_000
        assert "{}x{}".format(*Image.open(io.BytesIO(answer.data)).size) == size


def test_what_a_phone_keeps_is_kept_for_a_year_by_a_name_that_changes_with_it(app: Flask, visit: Any) -> None:
    page = visit("").get("/help")
    for address in (link(page, "manifest"), link(page, "apple-touch-icon")):
        assert re.search(r"-[0-9a-f]{8}\.(png|webmanifest)$", address)
        assert "max-age=31536000" in app.test_client().get(address).headers["Cache-Control"]


def test_a_manifest_comes_from_the_portal_alone(visit: Any) -> None:
    assert "manifest-src 'self'" in visit("").get("/help").headers["Content-Security-Policy"].split("; ")


def test_the_colours_of_a_phone_are_those_of_the_page(app: Flask, visit: Any) -> None:
    page = visit("").get("/help")
    themes = fromstring(page.text).xpath("//meta[@name='theme-color']/@content")
    assert app.test_client().get(link(page, "manifest")).get_json(force=True)["theme_color"] == themes[0]


def test_four_pages_or_fewer_are_a_row_under_the_heading(visit: Any) -> None:
    page = visit("northfirth.rep").get("/claims")
    row = ["Your claims", "Replacement care", "Expenses policy", "Replacement care policy"]
    assert words(page, "//h1/following-sibling::*[1][self::nav]//a") == row
    assert words(page, f"{ROW}[@aria-current='page']") == ["Your claims"]
    assert words(page, FOLDED) == []


def test_more_pages_are_folded_away(visit: Any) -> None:
    page = visit("northfirth.rep").get("/account")
    [folded] = words(page, f"{FOLDED}//summary")
    assert re.fullmatch(r"You: \d+ pages", folded)
    assert words(page, ROW) == []


def test_paper_says_first_whose_page_it_is_and_when_it_was_printed(visit: Any) -> None:
    [line] = words(visit("northfirth.rep").get("/claims"), ON_PAPER)
    assert re.fullmatch(r"Northfirth: Your claims\. Printed on \w+ \d+ \w+ \d{4}\.", line)
    assert words(visit("").get("/help"), ON_PAPER)[0].startswith("Carer Rep Portal: ")


def test_paper_does_not_say_what_is_private(visit: Any, cast: Cast) -> None:
    rep, things = visit("northfirth.rep"), cast.northfirth.things
    paper = f"/papers/{things['paper_id']}"
    assert "Your notes" in " ".join(words(rep.get(paper), NOT_ON_PAPER))
    rep.post(f"{paper}/read", {"read": "1"})
    page = rep.get(f"/meetings/{things['meeting_id']}")
    assert "Read" in words(page, NOT_ON_PAPER)


def test_a_table_that_may_scroll_has_words_that_say_so(visit: Any) -> None:
    page = visit("northfirth.officer").get("/boards/northfirth/expenses")
    frames = len(fromstring(page.text).xpath("//*[contains(@class, 'portal-scroll ') or @class='portal-scroll']"))
    assert frames
    assert text_of(page).count("Scroll sideways to see every column.") == frames
