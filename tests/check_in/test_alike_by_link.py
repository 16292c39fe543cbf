"""The page of a check-in offers the same with a mailed link and signed in, whatever is so of the rep by then."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.check_in.test_check_in import asked as asked
from tests.check_in.test_check_in import has_depute, link
from tests.check_in.test_depute_cannot import depute_goes
from tests.visitor import text_of

GOES = "is down to go for you."


def choices(page: Any) -> list[tuple[str, bool]]:
    """The answers to "Are you coming?", and whether each is chosen."""
    boxes = re.findall(r'<input[^>]*name="coming"[^>]*>', page.text)
    return [(re.findall(r'value="(\w+)"', one)[0], " checked" in one) for one in boxes]


@pytest.mark.parametrize("case", ["nobody", "agreed", "goes", "cannot"])
@pytest.mark.usefixtures("asked", "rep_goes")
def test_both_pages_offer_the_same(app: Flask, cast: Cast, visit: Any, case: str) -> None:
    path, rep = f"/meetings/{cast.northfirth.things['meeting_id']}", visit("northfirth.rep")
    if case == "agreed":
        has_depute(app, cast)
    if case == "goes":
        depute_goes(app, cast)
    if case == "cannot":
        rep.post(f"{path}/cannot")
    with_link, signed_in = visit("").get(link(app, cast)), rep.get(f"{path}/check-in")
    assert [one for one, _ in choices(with_link)] == [one for one, _ in choices(signed_in)]
    assert ("depute" in dict(choices(with_link))) == (case in ("agreed", "goes"))
    for page in (text_of(with_link), text_of(signed_in)):
        assert (GOES in page) == (case == "goes")
        assert ("We have your apologies" in page) == (case == "cannot")
        assert ("I can’t come" in page) == (case in ("nobody", "agreed"))


@pytest.mark.usefixtures("asked", "rep_goes")
def test_the_button_says_what_becomes_of_care(app: Flask, cast: Cast, visit: Any) -> None:
    """With a link whatever was requested, as it does not tell."""
    page = text_of(visit("").get(link(app, cast)))
    assert "If you can’t come, any replacement care you have requested for this meeting will be cancelled too." in page
    assert page.index("will be cancelled too") > page.index("Send your apologies now")


@pytest.mark.usefixtures("asked", "rep_goes")
def test_apologies_are_undone_on_the_page_of_the_link(app: Flask, cast: Cast, visit: Any) -> None:
    where = link(app, cast)
    visit("").post(f"{where}/cannot")
    page = visit("").get(where)
    assert f'action="{where}/undo"' in page.text
    assert "Your apologies are cancelled" in text_of(visit("").post(f"{where}/undo"))
