"""Of one fact one correction waits at a time, and whoever asks for another is told of it."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.corrections import actions
from portal.corrections import queries as corrections
from portal.corrections.models import Correction
from portal.infra.unit_of_work import unit_of_work
from portal.training.awareness import queries as awareness
from tests.cast import Cast
from tests.corrections.test_old_tabs import by_name
from tests.security.sent_as_shown import forms_of
from tests.visitor import text_of

BOARD = "/boards/northfirth"
WHY = "The list of names says so"


def typed(things: dict[str, Any], number: int) -> dict[str, Any]:
    return {"what": str(things["group_id"]), "number": str(number), "reason": WHY}


def path_of(things: dict[str, Any]) -> str:
    return f"/carer-awareness/{things['awareness_id']}/correct"


def waiting(things: dict[str, Any]) -> list[Correction]:
    """The cast's own, by which 4 members become 6, and whatever was asked for since."""
    return list(corrections.waiting_of_thing(things["board_id"], things["awareness_id"]))


def test_another_correction_of_the_same_number_is_not_taken_while_one_waits(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    admin, path = visit("northfirth.admin"), path_of(things)
    refused = admin.post(path, typed(things, 7))
    said = text_of(refused)
    assert refused.status_code == 409
    assert "CANARYNORTH Admin has already asked for a correction of this: was 4 members, to become 6 members" in said
    assert WHY in said, "what was typed is not lost"
    with app.app_context():
        assert [one.now for one in waiting({**things, "board_id": cast.northfirth.id})] == ["6 members"]
    assert admin.post(path, typed(things, 3)).status_code == 302, "what makes a figure worse is made at once"
    page = text_of(admin.get(f"{BOARD}/carer-awareness"))
    assert "Waiting to be refused" in page
    assert "This can no longer be made. Another administrator of the board, or the coordinator, must refuse it." in page
    assert "Waiting to be confirmed" not in page


def test_a_page_that_was_open_before_somebody_asked_is_stopped(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    admin, path = visit("northfirth.admin"), path_of(things)
    with app.app_context(), unit_of_work():
        [one] = waiting({**things, "board_id": cast.northfirth.id})
        actions.cancel(one, cast.northfirth.people["admin"])
    first = next(by_name(form.fields) for form in forms_of(path, admin))
    admin.post(path, typed(things, 6))
    shown = text_of(admin.get(path))
    assert "Was: 4 members. To become: 6 members." in shown
    stopped = text_of(admin.client.post(path, data={**first, **typed(things, 3)}))
    assert "This was changed since you opened this page." in stopped
    assert "4 members, to become 6 members, CANARYNORTH Admin" in stopped
    with app.app_context(), unit_of_work():
        assert awareness.counts(things["awareness_id"])[things["group_id"]] == 4, "nothing was made of it"
