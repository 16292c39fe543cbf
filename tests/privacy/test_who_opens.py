"""Who may open receipts for care is said in one sentence, which is what the table of permissions allows."""

from __future__ import annotations

from typing import Any

from portal.access.care_receipts import WHO_OPENS
from portal.access.permissions import CARE_RECEIPTS_CHECK, NO, TABLE
from portal.access.roles import OFFICER
from tests.visitor import text_of


def test_the_sentence_is_true_and_privacy_says_it(visit: Any) -> None:
    assert {role for role, reach in TABLE[CARE_RECEIPTS_CHECK].items() if reach != NO} == {OFFICER}
    said = text_of(visit("").get("/privacy"))
    assert WHO_OPENS in said
    assert "It is deleted when your claim has been decided, and after 90 days at the latest." in said
