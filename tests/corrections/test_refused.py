"""A correction that was refused is told to whoever was asked, and no figure knows of it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import Flask

from tests.cast import Cast
from tests.corrections.test_corrections import OVER, correct, corrections, told
from tests.corrections.test_corrections import second as second
from tests.visitor import text_of


def test_a_refusal_is_shown_to_those_who_decide_and_told_to_whoever_was_asked(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast, second: UUID
) -> None:
    from tests.visitor import Visitor

    at(OVER)
    correct(visit("northfirth.admin"), things, 14)
    colleague, coordinator = Visitor(app, second), visit("coordinator")
    with app.app_context():
        [asked] = corrections()
    assert f"/corrections/{asked.id}" in colleague.get("/").text, "they were asked"
    coordinator.post(f"/corrections/{asked.id}/decline", {"why": "It was the 13th"})
    assert f"/corrections/{asked.id}" not in colleague.get("/").text, "somebody else decided"
    with app.app_context():
        assert {cast.northfirth.people["admin"], second} == set(told("correction-declined"))
    for reader in (visit("northfirth.admin"), colleague, coordinator):
        page = text_of(reader.get("/boards/northfirth/corrections"))
        assert "Asked for: held on 14 March 2026" in page
        assert re.search(r"Refused because: It was the 13th Asked for by CANARYNORTH Admin, .+ Refused by Fiona", page)
    for path in ("/boards/northfirth/corrections", "/boards/northfirth/notice", "/boards/northfirth/notice.csv"):
        assert "14 March 2026" not in visit("northfirth.rep").get(path).text, path
    trail = text_of(visit("northfirth.admin").get("/boards/northfirth/audit?event=CorrectionDeclined"))
    said = "Refused a correction: asked for by CANARYNORTH Admin, CANARYNORTH Main Group, 13 March 2026, from held on"
    assert f"{said} 13 March 2026 to held on 14 March 2026, reason: It was the 13th Fiona Coordinator" in trail


def test_nobody_refuses_what_they_asked_for(app: Flask, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(OVER)
    admin = visit("northfirth.admin")
    correct(admin, things, 14)
    with app.app_context():
        [asked] = corrections()
    answer = admin.post(f"/corrections/{asked.id}/decline", {"why": "I changed my mind"})
    assert "someone else must decide on it" in text_of(admin.get(answer.headers["Location"]))
    with app.app_context():
        assert corrections()[0].status == "waiting"
