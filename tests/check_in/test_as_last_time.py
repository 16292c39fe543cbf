"""What "As last time" is: the newest answer, shown to whoever is signed in and to nobody else."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.check_in.test_check_in import FIRST, SAME, answer_of, answered_before, asked, link
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture


def test_as_last_time_is_the_address_given_newest_and_is_shown_to_whoever_signs_in(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]
) -> None:
    answered_before(app, cast)
    stranger, path = visit(""), link(app, cast)
    stranger.post(path, {**FIRST, "care": "no", "address": "4 Shore Street\nLerwick"})
    page = stranger.post(path, {"coming": "in_person"}).text
    assert "Shore Street" not in page, "a mailed link shows nothing"
    stranger.post(path, {**SAME, "care": "no"})
    one = answer_of(app, cast)
    with app.app_context():
        assert one.address.split() == ["4", "Shore", "Street", "Lerwick"]
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}/check-in"))
    assert "As last time: 4 Shore Street Lerwick" in page
    assert "As last time: by bus, from TRAVELHOME" in page
    assert "As last time: yes, from 10am to 12pm" in page
    assert "CAREWORDS" not in page
