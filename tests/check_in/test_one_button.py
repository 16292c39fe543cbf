"""Coming, with everything else as last time: one button, by the mailed link and signed in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.replacement_care.requests.queries import for_meeting
from tests.cast import Cast
from tests.check_in.test_check_in import FIRST, answer_of, answered_before, asked, link
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture
BUTTON = "I’m coming, same as last time"


def sent_by(page: TestResponse, words: str) -> dict[str, str]:
    """What the form of a button sends."""
    [form] = [one for one in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if words in one]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.usefixtures("rep_goes", "asked")
def test_the_button_of_the_mailed_link_answers_everything(app: Flask, cast: Cast, visit: Any) -> None:
    answered_before(app, cast)
    stranger, path = visit(""), link(app, cast)
    thanks = text_of(stranger.post(path, sent_by(stranger.get(path), BUTTON)))
    assert "We’ve used your last answers about replacement care, how you’ll get there and papers by post" in thanks
    assert "Change your answer" in thanks
    one = answer_of(app, cast)
    with app.app_context():
        assert (one.coming, one.needs_care, one.travel, one.travel_from) == ("in_person", True, "bus", "TRAVELHOME")
        assert for_meeting(cast.person("northfirth.rep"), cast.northfirth.things["meeting_id"])


@pytest.mark.usefixtures("rep_goes", "asked")
def test_the_mailed_link_tells_nothing_of_last_time(app: Flask, cast: Cast, visit: Any) -> None:
    answered_before(app, cast)
    page = visit("").get(link(app, cast)).text
    assert not [secret for secret in ("CAREWORDS", "TRAVELHOME", "ADDRESS", "10am to") if secret in page]


@pytest.mark.usefixtures("rep_goes", "asked")
def test_the_mailed_link_does_not_tell_who_has_answered(app: Flask, cast: Cast, visit: Any) -> None:
    answered_before(app, cast)
    stranger, path = visit(""), link(app, cast)
    stranger.post(path, FIRST)
    assert BUTTON in stranger.get(path).text


@pytest.mark.usefixtures("rep_goes", "asked")
def test_whoever_is_signed_in_reads_what_the_button_sends(app: Flask, cast: Cast, visit: Any) -> None:
    answered_before(app, cast)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"))
    assert "Replacement care Yes, from 10am to 12pm" in page
    assert "How you’ll get there By bus, from TRAVELHOME" in page


@pytest.mark.usefixtures("rep_goes", "asked")
def test_nobody_is_offered_what_they_have_never_said(app: Flask, cast: Cast, visit: Any) -> None:
    assert BUTTON not in visit("").get(link(app, cast)).text


@pytest.mark.usefixtures("rep_goes", "asked")
def test_whoever_has_answered_is_offered_their_own_answer_instead(app: Flask, cast: Cast, visit: Any) -> None:
    answered_before(app, cast)
    rep, path = visit("northfirth.rep"), f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"
    rep.post(path, FIRST)
    assert BUTTON not in rep.get(path).text
