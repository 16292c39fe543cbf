"""A correction that was refused is told to whoever was asked, and no figure knows of it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import Flask

from portal.corrections.models import Correction
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
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
        assert "Requested: held on 14 March 2026" in page
        assert re.search(r"Refused because: It was the 13th Requested by CANARYNORTH Admin, .+ Refused by Fiona", page)
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
    assert "someone else must decide on it" in text_of(answer)
    assert "I changed my mind" in answer.text, "what was typed is shown"
    with app.app_context():
        assert corrections()[0].status == "waiting"


def test_whoever_asked_cancels_it_and_whoever_was_asked_hears(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast, second: UUID
) -> None:
    from tests.visitor import Visitor

    at(OVER)
    admin, coordinator = visit("northfirth.admin"), visit("coordinator")
    correct(admin, things, 14)
    with app.app_context():
        [asked] = corrections()
    here = f"/corrections/{asked.id}"
    assert f"{here}/cancel" in admin.get(here).text
    assert f"{here}/cancel" not in coordinator.get(here).text
    coordinator.post(f"{here}/cancel")
    with app.app_context():
        assert corrections()[0].is_waiting, "nobody else cancels it"
    assert "Cancel a correction" in text_of(admin.get(f"{here}/cancel"))
    admin.post(f"{here}/cancel")
    assert "This correction was cancelled. The record is not changed." in text_of(admin.get(here))
    assert here not in Visitor(app, second).get("/").text, "there is nothing to confirm"
    with app.app_context():
        assert set(told("correction-cancelled")) == {second, cast.person("coordinator")}
    assert "Cancelled by CANARYNORTH Admin" in text_of(coordinator.get("/boards/northfirth/corrections"))
    assert "14 March 2026" not in visit("northfirth.rep").get("/boards/northfirth/corrections").text
    trail = text_of(admin.get("/boards/northfirth/audit?event=CorrectionCancelled"))
    assert "Cancelled a correction before it was confirmed" in trail
    assert "from held on 13 March 2026 to held on 14 March 2026" in trail
    coordinator.post(f"{here}/confirm")
    with app.app_context():
        assert corrections()[0].is_cancelled, "it is over"


def test_those_who_work_for_the_board_are_named_among_who_is_emailed(
    visit: Any, things: dict[str, Any], at: Any, second: UUID
) -> None:
    at(OVER)
    admin = visit("northfirth.admin")
    page = text_of(admin.get(correct(admin, things, 8).headers["Location"]))
    said = page.split("The record is corrected.")[1][:200]
    assert "CANARYNORTH Officer, Second Administrator and" in said
    assert "CANARYNORTH Rep" not in said, "reps are counted"
    assert "Southmoor" not in said


def test_whoever_is_to_refuse_or_cancel_reads_the_figures_of_today(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 14)
    with app.app_context():
        [asked] = corrections()
    with app.app_context(), unit_of_work():
        kept = db.session.get_one(Correction, asked.id)
        kept.judged_was = re.sub(r"\d+ days", "99 days", kept.judged_was)
    for name, path in (("coordinator", "decline"), ("northfirth.admin", "cancel")):
        page = visit(name)
        figures = re.findall(r"[^.>]*if it is confirmed", text_of(page.get(f"/corrections/{asked.id}")))
        assert figures
        shown = text_of(page.get(f"/corrections/{asked.id}/{path}"))
        assert re.findall(r"[^.>]*if it is confirmed", shown) == figures, (path, shown)
        assert "99 days" not in page.get(f"/corrections/{asked.id}/{path}").text
