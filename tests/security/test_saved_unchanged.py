"""A form that is opened and saved as it is changes nothing: neither what its page shows nor what the database holds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select, update
from werkzeug.datastructures import MultiDict

from portal.access.roles import Viewer
from portal.expenses.models import Claim, ClaimLine, ExpensePolicy
from portal.expenses.payments.actions import keep_payees
from portal.infra.database import Model, db
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Paper
from portal.papers.reading.actions import keep_note
from portal.replacement_care.models import CareRequest
from tests.cast import TODAY, Cast, anywhere
from tests.security.sent_as_shown import ShownForm, filled_forms
from tests.security.test_hostile_forms import tables_written

pytestmark = pytest.mark.slow

ANSWERS = {  # what is sent by pressing, whatever is filled in: nothing is stored yet
    "boards.settle_role": "that a role which somebody gave themselves begins, or does not",
    "check_in.signed_in": "that the depute, who is due to go, goes",
    "check_in.with_link": "whether somebody is coming",
    "meetings.move_item": "that an item goes up or down",
    "expenses.decide": "a decision on a claim",
    "expenses.paid": "that finance has paid",
    "meetings.copy_agenda": "the ticked items, put on this agenda",
    "mentoring.end": "that mentoring ends",
}
STORED = {
    *("accounts.notifications", "boards.change_group", "boards.change_seat", "boards.settings"),
    *("expenses.change_line", "expenses.change_terms", "expenses.change_policy", "expenses.payees"),
    *("meetings.change", "meetings.change_item", "mentoring.as_mentor", "mentoring.mentor", "mentoring.plan"),
    *("papers.details", "papers.note", "replacement_care.arrange", "replacement_care.change"),
    *("replacement_care.change_provider", "replacement_care.write_policy", "role_descriptions.write"),
    *("role_profiles.public_profile", "support_meetings.arrange", "training.arranged", "training.other_members"),
}
NO_CHANGE = ("version",)  # columns that may be new
NOT_OF_FORMS = {"sessions", "mailed_links", "known_browsers"}  # what every request may write


@pytest.fixture
def odd_values(app: Flask, cast: Cast, rolled_back: Connection) -> None:
    """Claims that are open again, of miles there and back and hours that are no round number; what the cast lacks."""
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        ids = [db.session.get_one(ClaimLine, north.things[name]).claim_id for name in ("line_id", "draft_line_id")]
        open_again = {"status": "draft", "happened_on": TODAY}
        db.session.execute(anywhere(update(Claim).where(Claim.id.in_(ids)).values(open_again)))
        odd = {"tenths": 1110, "minutes": 100, "paid": 1799, "spent_on": TODAY}
        db.session.execute(anywhere(update(ClaimLine).where(ClaimLine.claim_id.in_(ids)).values(odd)))
        db.session.execute(anywhere(update(ExpensePolicy).values(decided_by="The finance team")))
        care = db.session.get_one(CareRequest, north.things["request_id"])
        care.arrangement, care.status, care.cost = "Jo comes", "arranged", 4550
        paper = db.session.get_one(Paper, north.things["paper_id"])
        keep_note(Viewer(north.people["rep"]), paper, "ask about\n\nrespite")
        keep_payees(north.id, {north.people["rep"]: "SUP-1", north.people["depute"]: "SUP-2"})


def rows(connection: Connection, tables: set[str]) -> dict[str, list[dict[str, Any]]]:
    """What tables hold, but for versions."""
    found = {}
    for table in (Model.metadata.tables[name] for name in sorted(tables) if name in Model.metadata.tables):
        columns = [column for column in table.columns if column.key not in NO_CHANGE]
        statement = select(*columns).order_by(*table.primary_key)
        found[table.name] = [dict(row._mapping) for row in connection.execute(statement)]
    return found


def saved_as_it_is(app: Flask, connection: Connection, form: ShownForm) -> tuple[bool, list[str]]:
    """Whether a form was taken, and what is different after sending it as it is shown."""
    before = form.again()
    untouched = connection.begin_nested()
    with form.visitor.as_it_is(), tables_written(app) as written:
        answer = form.visitor.client.post(form.path, data=MultiDict(form.fields))
    assert answer.status_code < 500
    after, tables = form.again(), written - NOT_OF_FORMS
    held = rows(connection, tables)
    untouched.rollback()
    found = [name for name, kept in rows(connection, tables).items() if kept != held[name]]
    return answer.status_code == 302, found + (["the page"] if before != after else [])


@pytest.mark.long
def test_every_form_that_is_saved_as_it_was_opened_changes_nothing(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, odd_values: None
) -> None:
    found, taken = {}, set()
    for endpoint, form in filled_forms(app, cast, visit):
        is_taken, different = saved_as_it_is(app, rolled_back, form)
        taken |= {endpoint} if is_taken else set()
        if different and endpoint not in ANSWERS:
            found[endpoint, form.page] = different
    assert found == {}
    assert taken >= STORED, "the cast has something stored that each of these shows"
