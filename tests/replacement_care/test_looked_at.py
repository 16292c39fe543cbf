"""Nobody decides about care without having looked at what the rep said, or saying that they did not."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.replacement_care.asking import ANSWER, ARRANGE, ASK, asked, do, request_of
from tests.visitor import text_of


def test_nobody_declines_unread_words_without_saying_so(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, unread = visit("northfirth.officer"), "You have not read what the rep told us about the care"
    assert unread in text_of(officer.get(f"/care/{one.id}/arrange"))
    refused = do(officer, one, "cannot", 1, answer="Nobody is free")
    assert f"{unread}. Do that first" in text_of(refused)
    assert "Nobody is free" in refused.text, "what was typed stays"
    assert request_of(app, cast).status == "asked"
    do(officer, one, "cannot", 1, answer="Nobody is free", sure="y")
    assert request_of(app, cast).status == "cannot"
    assert "It was declined before any officer opened it." in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))


def test_whoever_read_the_words_is_not_asked_until_they_change(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, unread = visit("northfirth.officer"), "You have not read"
    do(officer, one, "take", 1)
    assert "NOTEWORDS" in officer.get(f"/care/{one.id}/text").text
    assert unread not in text_of(officer.get(f"/care/{one.id}/arrange"))
    changed = {**ASK, "note": "Please come at the back door", "version": "2"}
    assert visit("northfirth.rep").post(f"/care/{one.id}/change", changed).status_code == 302
    assert unread in text_of(officer.get(f"/care/{one.id}/arrange"))


def test_times_that_the_portal_worked_out_are_not_declined_in_passing(app: Flask, visit: Any, cast: Cast) -> None:
    meeting = cast.northfirth.things["coming_id"]
    visit("northfirth.rep").post(
        f"/meetings/{meeting}/check-in", {**ANSWER, "care": "different", "care_words": "WORDS"}
    )
    one, officer = request_of(app, cast), visit("northfirth.officer")
    assert one.is_worked_out
    do(officer, one, "take", 1)
    officer.get(f"/care/{one.id}/text")
    words = "The portal worked out these times, and the rep has not confirmed them"
    refused = text_of(do(officer, one, "cannot", 2, answer="Nobody is free"))
    assert f"{words}. Do that first" in refused
    assert "You have not read" not in refused
    assert request_of(app, cast).status == "arranging"


def test_other_times_are_not_offered_without_reading(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, other = visit("northfirth.officer"), {**ARRANGE, "from_hour": "10am"}
    do(officer, one, "take", 1)
    refused = do(officer, one, "arrange", 2, **other)
    assert "You have not read what the rep told us about the care. Do that first" in text_of(refused)
    do(officer, one, "arrange", 2, **other, anyway="y")
    assert request_of(app, cast).to_agree == "rep"
