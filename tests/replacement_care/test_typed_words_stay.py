"""A change of a request that was cancelled meanwhile is not dropped in silence, and cancelling asks first."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.replacement_care.asking import ASK, asked, do, request_of
from tests.visitor import text_of


def test_a_change_of_a_request_that_was_cancelled_is_shown(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    rep = visit("northfirth.rep")
    do(rep, one, "cancel", 1)
    page = do(rep, one, "change", 1, **{**ASK, "note": "Bring the key"})
    assert page.status_code == 409
    said = text_of(page)
    assert "What you sent was not saved. This request had been cancelled." in said
    assert "Bring the key" in said
    assert "20 3 2026" in said
    assert rep.get(f"/care/{one.id}/change").status_code == 302


def test_a_change_that_another_overtook_is_shown(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    rep = visit("northfirth.rep")
    do(rep, one, "change", 1, **{**ASK, "note": "First"})
    assert "Bring the key" in text_of(do(rep, one, "change", 1, **{**ASK, "note": "Bring the key"}))


def test_cancelling_asks_first(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    rep = visit("northfirth.rep")
    assert f'action="/care/{one.id}/cancel"' not in rep.get(f"/care/{one.id}").text
    assert "Cancel this request?" in text_of(rep.get(f"/care/{one.id}/cancel"))
    assert request_of(app, cast).status == "asked"
    do(rep, one, "cancel", 1)
    assert request_of(app, cast).status == "cancelled"
    assert "nothing to cancel" in text_of(rep.get(f"/care/{one.id}/cancel"))
