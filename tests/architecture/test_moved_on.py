"""A staff form that lay open while its thing moved on: what was typed is not saved, which is said with the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.corrections.models import Correction
from portal.deputes.models import Nomination
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.mentoring.models import Pair
from portal.replacement_care.models import CareRequest
from portal.role_profiles.models import StepDownRequest
from portal.training.models import AwarenessSession, TrainingSession
from tests.cast import NOW, TODAY, Cast

WORDS = "Typed with care before it moved on"
Close = Callable[[Mapping[str, Any]], None]


def to(model: Any, key: str, **values: Any) -> Close:
    """Another person did it first, on another screen."""

    def close(things: Mapping[str, Any]) -> None:
        db.session.execute(update(model).where(model.id == things[key], model.board_id.is_not(None)).values(values))

    return close


FORMS: Mapping[str, tuple[str, str, Mapping[str, Any], Close]] = {
    "deciding a claim": (
        "approver",
        "/claims/{claim_id}/decide",
        {"lines-{line_id}-say": "no", "lines-{line_id}-reason": WORDS},
        to(Claim, "claim_id", status="approved"),
    ),
    "asking about a claim": (
        "approver",
        "/claims/{claim_id}/ask",
        {"question": WORDS},
        to(Claim, "claim_id", status="approved"),
    ),
    "arranging care": (
        "officer",
        "/care/{request_id}/arrange",
        {"who": WORDS, "arranged_with": WORDS, "invoice": WORDS},
        to(CareRequest, "request_id", status="cancelled"),
    ),
    "declining care": (
        "officer",
        "/care/{request_id}/cannot",
        {"answer": WORDS},
        to(CareRequest, "request_id", status="cancelled"),
    ),
    "an invoice for care": (
        "officer",
        "/care/{request_id}/late-cost",
        {"invoice": WORDS},
        to(CareRequest, "request_id", status="cannot"),
    ),
    "refusing a correction": (
        "coordinator",
        "/corrections/{correction_id}/decline",
        {"why": WORDS},
        to(Correction, "correction_id", status="declined"),
    ),
    "answering a nomination": (
        "officer",
        "/deputes/{nomination_id}/decide",
        {"answer": "no", "reason": WORDS},
        to(Nomination, "nomination_id", status="withdrawn"),
    ),
    "settling a wish to stop": (
        "officer",
        "/stepping-down/{step_down_id}",
        {"last_day": WORDS, "because": "caring"},
        to(StepDownRequest, "step_down_id", status="stays"),
    ),
    "a note of mentoring": (
        "mentor",
        "/mentoring/pairs/{pair_id}/notes/both",
        {"text": WORDS},
        to(Pair, "pair_id", status="ended", ended_at=NOW),
    ),
    "a plan of mentoring": (
        "mentor",
        "/mentoring/pairs/{pair_id}/plan",
        {"own_aim": WORDS, "aims": WORDS},
        to(Pair, "pair_id", status="ended", ended_at=NOW),
    ),
    "changing a training session": (
        "officer",
        "/training-sessions/{session_id}",
        {"title": WORDS},
        to(TrainingSession, "session_id", cancelled_at=NOW),
    ),
    "correcting Carer Awareness": (
        "admin",
        "/carer-awareness/{awareness_id}/correct",
        {"what": "whole", "reason": WORDS},
        to(AwarenessSession, "awareness_id", withdrawn_on=TODAY),
    ),
    "cancelling a meeting": (
        "clerk",
        "/meetings/{meeting_id}/cancel",
        {"reason": WORDS},
        to(Meeting, "meeting_id", status="cancelled"),
    ),
    "an item of an agenda": (
        "clerk",
        "/meetings/{meeting_id}/items/new",
        {"title": WORDS},
        to(Meeting, "meeting_id", status="cancelled"),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_is_shown_and_said_to_be_unsaved(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, name: str
) -> None:
    who, path, typed, close = FORMS[name]
    things = cast.northfirth.things
    with app.app_context(), unit_of_work():
        close(things)
    visitor = visit(who if who == "coordinator" else f"northfirth.{who}")
    sent = {key.format(**things): value for key, value in typed.items()}
    answer = visitor.post(path.format(**things), {**sent, "version": "1"})
    assert answer.status_code == 409, name
    assert "This has not been saved" in answer.text
    assert WORDS in answer.text
