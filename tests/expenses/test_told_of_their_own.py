"""Two people who claim for one event: each is told of their own claim, and of no other."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.expenses.claims import actions as claims_actions
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.render import words_of
from tests.cast import Cast
from tests.expenses.claiming import emails, lines_of, paid, version_on

TITLE = "Young carers’ workshop"


@pytest.fixture
def both(app: Flask, cast: Cast) -> dict[str, UUID]:
    """A claim of the rep's and one of the depute's, for the same event; the officer wrote the second."""
    board, found = cast.northfirth, {}
    with app.app_context(), unit_of_work():
        for role, helper in (("rep", None), ("depute", board.people["officer"])):
            of = (board.id, board.people[role], "event", TITLE, date(2026, 3, 2))
            claim = claims_actions.begin(uuid4(), *of, helped_by_id=helper)
            claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": date(2026, 3, 2), "tenths": 100})
            if helper:
                claims_actions.ask_to_confirm(claim)
            claims_actions.send(claim, claim.version)
            found[role] = claim.id
    return found


def test_each_is_told_that_their_own_claim_is_decided(
    app: Flask, visit: Any, cast: Cast, both: dict[str, UUID]
) -> None:
    approver, people = visit("northfirth.approver"), cast.northfirth.people
    for role, claim_id in both.items():
        before = {one.id for one in emails(app, "claim-decided")}
        page = f"/claims/{claim_id}/decide"
        [line] = lines_of(app, claim_id)
        said = approver.post(page, {"version": version_on(approver.get(page)), **paid(line.id)}, follow_redirects=True)
        assert f"CANARYNORTH {role.title()} will be emailed." in said.text
        [told] = [one for one in emails(app, "claim-decided") if one.id not in before]
        assert told.person_id == people[role], "nobody else, nor who wrote it for them"
        assert told.facts["claim_id"] == claim_id.hex
        with app.app_context():
            assert f"Claim approved: {TITLE}" in words_of(told).subject
            assert f"/claims/{claim_id}" in words_of(told).text
