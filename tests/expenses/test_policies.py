"""Policies: written, checked, published, and what a backdated one does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.boards.actions import create_board, create_group
from portal.boards.seats.actions import create_seat
from portal.expenses.claims import queries as claims_queries
from portal.expenses.policies import actions as policies_actions
from portal.expenses.policies import queries as policies_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import DAY, add, begin, press, version_on
from tests.visitor import text_of


def test_a_backdated_rate_prices_drafts_again_and_leaves_what_was_sent(app: Flask, visit: Any, cast: Cast) -> None:
    rep, draft = begin(app, visit, cast, "Draft")
    add(rep, draft, "car", {**DAY, "miles": "10"})
    _, sent = begin(app, visit, cast, "Sent")
    add(rep, sent, "car", {**DAY, "miles": "10"})
    press(rep, sent, "send")
    with app.app_context():
        with unit_of_work():
            from portal.boards.models import Board

            new = policies_actions.begin_draft(db.session.get_one(Board, cast.northfirth.id))
            terms = policies_queries.terms_of(new.board_id, [new.id])[new.id]["car"]
            policies_actions.change_terms(new, terms, {"rate": 60})
            assert policies_actions.publish(new, new.version, TODAY - timedelta(days=30)) >= 1
        assert [one.cost for one in claims_queries.lines(draft.id)] == [600]
        assert [one.cost for one in claims_queries.lines(sent.id)] == [450]


def test_a_policy_is_written_checked_and_published(visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy"
    page = admin.get(f"{path}/write")
    assert "Miles by car" in text_of(page)
    terms = {"is_covered": "yes", "rate": "0.60", "cap": "", "cap_per": "item", "receipt": "never", "receipt_over": ""}
    terms |= {"band_miles": "10000", "rate_after": "0.25", "examples": "To any meeting"}
    terms |= {"version": version_on(admin.get(f"{path}/terms/car"))}
    assert admin.post(f"{path}/terms/car", terms).status_code == 302
    assert "Enter the amount over which" in text_of(admin.post(f"{path}/terms/car", {**terms, "receipt": "over"}))
    form = {"from_on": ["1", "3", "2026"], "deadline_days": "60", "pay_days": "10", "decided_by": "Finance"}
    form |= {
        "letters": "nf",
        "not_covered": "Preparation time",
        "cost_code": "CC1",
        "version": version_on(admin.get(f"{path}/general")),
    }
    assert admin.post(f"{path}/general", form).status_code == 302
    page = admin.get(f"{path}/publish")
    assert "60p a mile for the first 10,000 miles of a tax year, then 25p" in text_of(page)
    admin.post(f"{path}/publish", {"version": version_on(page)})
    public = text_of(visit("").get("/public/boards/northfirth"))
    assert "In force from Sunday 1 March 2026" in public
    assert "pay within 10 days" in public
    assert "Preparation time" in public
    assert "To any meeting" in public


def test_the_register_shows_who_has_no_policy(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        board = create_board("nowhere", "Nowhere Joint Board", "Nowhere")
        create_seat(create_group(board, board.name, "board"), "Carer representative", TODAY)
    page = text_of(visit("").get("/public/expenses"))
    assert "Nowhere No policy" in page
    assert "Northfirth Miles by car" in page


def test_a_draft_waits_on_the_first_page_and_can_be_discarded(visit: Any) -> None:
    """The cast's board has a policy, and a draft of the next one."""
    admin, waits = visit("northfirth.admin"), "Publish or discard the draft expenses policy of Northfirth"
    path = "/boards/northfirth/expenses-policy"
    assert waits in text_of(admin.get("/"))
    page = admin.post(f"{path}/discard", {"version": "9"}, follow_redirects=True)
    assert "The draft was changed since you opened this page" in text_of(page)
    assert waits in text_of(admin.get("/"))
    assert "Draft discarded." in text_of(admin.post(f"{path}/discard", {"version": "1"}, follow_redirects=True))
    assert waits not in text_of(admin.get("/"))
    assert "CANARYNORTH not covered" in text_of(admin.get(path)), "the policy that was published stays"


def test_whoever_can_publish_a_draft_reads_who_wrote_it_and_who_sees_it(visit: Any, at: Any) -> None:
    admin, approver, path = (
        visit("northfirth.admin"),
        visit("northfirth.approver"),
        "/boards/northfirth/expenses-policy",
    )
    admin.post(f"{path}/discard", {"version": "1"})
    at(NOW + timedelta(minutes=1))  # the line of the trail that tells who wrote it is the newest
    approver.post(f"{path}/begin")
    seen_by = "Only your board’s approvers and administrators can see the draft"
    for reader, name in ((approver, "You"), (admin, "CANARYNORTH Approver")):
        for page in ("/", f"{path}/write"):
            assert f"{name} wrote it. {seen_by}" in text_of(reader.get(page))


def test_nobody_but_those_named_opens_a_draft(visit: Any) -> None:
    path = "/boards/northfirth/expenses-policy/write"
    opened = {who: visit(f"northfirth.{who}").get(path).status_code for who in ("rep", "clerk", "officer")}
    assert opened == {"rep": 403, "clerk": 403, "officer": 403}
