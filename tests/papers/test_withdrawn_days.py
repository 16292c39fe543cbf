"""How long a file withdrawn for personal data is kept: 30 days, unless the board's settings say another number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.papers.models import WithdrawnFile
from portal.papers.withdrawing.rules import PERSONAL
from tests.boards.test_settings_left_open import SETTINGS, boxes
from tests.cast import TODAY
from tests.papers.withdrawing import Outside, every, form
from tests.visitor import text_of


@pytest.mark.parametrize(("typed", "days"), [(None, 30), ("12", 12), ("1", 1), ("365", 365), ("", 30)])
def test_the_days_of_the_settings_are_those_until_a_file_is_destroyed(
    here: Outside, visit: Any, things: dict[str, Any], typed: str | None, days: int
) -> None:
    admin, clerk = visit("northfirth.admin"), visit("northfirth.clerk")
    as_it_is = boxes(admin.get(SETTINGS))
    assert as_it_is["withdrawn_days"] == ["30"], "nobody has set it"
    if typed is not None:
        assert admin.post(SETTINGS, {**as_it_is, "withdrawn_days": typed}).status_code == 302
        assert boxes(admin.get(SETTINGS))["withdrawn_days"] == [str(days)]
    sent = form(things, clerk, reason=PERSONAL, understood="y")
    asked = clerk.post(f"/papers/{things['paper_id']}/withdraw", {"what": sent["what"], "reason": PERSONAL})
    assert f"The file will be destroyed after {days} day{'s' * (days > 1)}, unless" in text_of(asked)
    assert clerk.post(f"/papers/{things['paper_id']}/withdraw", sent).status_code == 302
    goes = {one.goes_on for one in every(select(WithdrawnFile).order_by(WithdrawnFile.id))}
    assert goes == {TODAY + timedelta(days=days)}


@pytest.mark.parametrize("typed", ["0", "366", "-3", "soon"])
def test_other_numbers_are_not_saved(visit: Any, things: dict[str, Any], typed: str) -> None:
    admin = visit("northfirth.admin")
    page = admin.post(SETTINGS, {**boxes(admin.get(SETTINGS)), "withdrawn_days": typed})
    assert page.status_code == 200
    assert "The days until it is destroyed must be" in text_of(page)
    assert boxes(admin.get(SETTINGS))["withdrawn_days"] == ["30"]
