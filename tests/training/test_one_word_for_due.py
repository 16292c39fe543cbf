"""Whether training is due is said by one rule: on the desk and on the page of the board's training."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.visitor import text_of


def test_what_is_due_on_the_desk_is_due_on_its_own_page(visit: Any, cast: Cast) -> None:
    officer = visit("northfirth.officer")
    desk, page = (text_of(officer.get(f"/boards/northfirth/{name}")) for name in ("desk?show=training", "training"))
    assert "Training is due: " in desk
    assert "CANARYNORTH course" in desk
    assert "CANARYNORTH course: Due" in page
    assert "Not yet" not in page
