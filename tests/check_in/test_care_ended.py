"""The answer page of whoever’s care was cancelled or refused, who comes online, or who stands in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import for_meeting
from tests.cast import NOW, Cast
from tests.check_in.test_asked_again import cancel, hours, now, path
from tests.check_in.test_check_in import FIRST, has_depute
from tests.check_in.test_what_follows import asked_on, chosen_on
from tests.visitor import text_of

__all__ = ["path"]  # a fixture
NEEDS = {**FIRST, "care_words": "Sitting"}


def cannot(app: Flask, cast: Cast) -> CareRequest:
    with app.app_context(), unit_of_work():
        one = for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"])
        assert one
        arranging.cannot(one, one.version, cast.northfirth.people["officer"], "We can pay a friend")
        return one


@pytest.mark.parametrize("end", [cancel, cannot])
def test_nothing_is_chosen_about_care_once_it_has_ended(
    app: Flask, visit: Any, cast: Cast, path: str, end: Any
) -> None:
    rep = visit("northfirth.rep")
    rep.post(path, NEEDS)
    end(app, cast)
    page = rep.get(path)
    assert not [value for name, value in chosen_on(page) if name == "care"]
    assert "care_words" not in asked_on(page)
    assert "Keep the request as it is" not in text_of(page)


def test_what_was_refused_is_linked_and_can_be_asked_for_anew(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    rep = visit("northfirth.rep")
    rep.post(path, NEEDS)
    one = cannot(app, cast)
    page = text_of(rep.get(path))
    assert "The care you requested for this meeting cannot be provided. See what was offered" in page
    assert "See or change" not in page
    assert rep.post(path, {**NEEDS, "care": "same"}).status_code == 302
    assert now(app, cast).id == one.id, "the same is not asked for twice"
    assert rep.post(path, {**NEEDS, "care_words": "A friend could sit"}).status_code == 302
    assert now(app, cast).id != one.id
    assert now(app, cast).status == "asked"


def test_the_way_to_take_the_journey_out_comes_once_the_answer_is_sent(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    rep = visit("northfirth.rep")
    rep.post(path, NEEDS)
    assert hours(now(app, cast))[2] == 70
    page, meeting = rep.get(path), path.removesuffix("/check-in")
    assert "you can take it out once you have sent your answer" in text_of(page)
    assert "without-journey" not in page.text
    assert "without-journey" not in rep.get(meeting).text
    rep.post(path, {**NEEDS, "coming": "online", "care": "keep"})
    page = rep.get(meeting)
    assert "Your care still includes a journey of 1 hour 10 minutes. Take the journey out" in text_of(page)
    assert f"/care/{now(app, cast).id}/change?without-journey=1" in page.text


def test_a_depute_reads_on_the_answer_page_that_it_may_change(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    has_depute(app, cast)
    where = f"/meetings/{cast.northfirth.things['meeting_id']}"
    visit("northfirth.rep").post(f"{where}/cannot")
    depute = visit("northfirth.depute")
    for page in (where, f"{where}/check-in"):
        assert "The rep may still undo their apologies until 10:15am." in text_of(depute.get(page)), page
    clock.use(lambda: NOW + timedelta(minutes=16))
    assert "may still take back" not in text_of(depute.get(f"{where}/check-in"))
