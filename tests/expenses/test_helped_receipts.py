"""A receipt in a claim that an officer writes for a rep survives a mistake in another field."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

from flask import Flask

from tests.cast import Cast
from tests.expenses.claiming import claim_of, lines_of, version_on
from tests.expenses.test_receipts_survive import HELD, RIGHT, WRONG, held_on, receipts_of
from tests.role_profiles.test_pages import photo


def test_a_receipt_in_a_claim_that_an_officer_writes_is_there_after_a_mistake(
    app: Flask, visit: Any, cast: Cast
) -> None:
    """In a new line, and in one that is changed."""
    officer, rep = visit("northfirth.officer"), cast.northfirth.people["rep"]
    typed = {"what": "event", "title": "Carers week", "happened_on": ["2", "3", "2026"]}
    officer.post("/boards/northfirth/claims-for-reps", {**typed, "person": str(rep), "once": str(uuid4())})
    claim = claim_of(app, rep, "Carers week")

    def send(address: str, data: dict[str, Any]) -> Any:
        return officer.post(f"/claims-for-reps/{address}", data, content_type="multipart/form-data")

    add_here, once = f"{claim.id}/lines/new?category=taxi", {"once": str(uuid4())}
    page = send(add_here, {**once, **WRONG, "receipts": [(io.BytesIO(photo()), "taxi.jpg")]})
    [(key, name)] = held_on(page)
    assert name == "taxi.jpg"
    assert send(add_here, {**once, **RIGHT, HELD: key}).status_code == 302
    assert [one.file_name for one in receipts_of(app, claim.id)] == ["taxi.jpg"]
    change = f"lines/{lines_of(app, claim.id)[0].id}/change"
    version = {"version": version_on(officer.get(f"/claims-for-reps/{change}"))}
    page = send(change, {**version, **WRONG, "receipts": [(io.BytesIO(photo("PNG")), "back.png")]})
    [(key, name)] = held_on(page)
    assert name == "back.png"
    assert send(change, {**version, **RIGHT, HELD: key}).status_code == 302
    assert [one.file_name for one in receipts_of(app, claim.id)] == ["back.jpg", "taxi.jpg"]
