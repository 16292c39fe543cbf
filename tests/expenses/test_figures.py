"""Figures that tell of nobody, deadlines, promises, closed books and top-ups."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
import pytest
from flask import Flask

from portal.boards.models import Board
from portal.core import clock
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims.rules import deadline_reminder
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.figures import queries as figures_queries
from portal.expenses.models import Claim
from portal.expenses.policies import actions as policies_actions
from portal.expenses.policies import queries as policies_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast, person
from tests.expenses.claiming import ALL_THE_SAME, emails
from tests.visitor import text_of

BOARD = "/boards/northfirth/expenses"
NEXT_MONTH = date(2026, 4, 1)


def settle(cast: Cast, person_id: UUID, category: str = "car", day: date = TODAY - timedelta(days=3)) -> Claim:
    """A claim of ten miles, or of £10, sent and approved at once."""
    claim = claims_actions.begin(uuid4(), cast.northfirth.id, person_id, "event", "Event", day)
    typed = {"category": category, "spent_on": day, "tenths": 100, "paid": 1000, "no_receipt_because": "Lost"}
    line = claims_actions.save_line(claim, uuid4(), typed)
    claims_actions.send(claim, claim.version)
    decisions_actions.decide(claim, claim.version, cast.northfirth.people["approver"], {line.id: (True, "")})
    return claim


def test_money_of_fewer_than_five_people_is_shown_on_no_page(app: Flask, visit: Any, cast: Cast) -> None:
    clock.use(lambda: NOW + timedelta(days=31))
    page = text_of(visit("northfirth.officer").get(BOARD))
    assert "£" not in page
    assert "Miles by car withheld" in page
    assert "There are no answers about expenses after meetings in the last twelve months" in page
    assert "9.00" not in visit("northfirth.officer").client.get(f"{BOARD}.csv").text


def test_from_five_people_up_totals_are_shown_and_small_ones_not(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        people = [person(f"p{n}@x.test", f"Person {n}").id for n in range(6)]
        for one in people:
            settle(cast, one)
        settle(cast, people[0], "taxi")
        told = {
            one.name: one.pence
            for one in figures_queries.totals_by_category(
                figures_queries.approved_lines(cast.northfirth.id, NEXT_MONTH)
            )
        }
        assert told == {"Miles by car": None, "Taxi": None}, "the one taxi could be worked out, so neither is shown"
        for one in people[1:]:
            settle(cast, one, "taxi")
        told = {
            one.name: one.pence
            for one in figures_queries.totals_by_category(
                figures_queries.approved_lines(cast.northfirth.id, NEXT_MONTH)
            )
        }
        assert told == {"Miles by car": 6 * 450 + 900, "Taxi": 6000}
        [month] = figures_queries.totals_by_month(
            figures_queries.approved_lines(cast.northfirth.id, NEXT_MONTH), NEXT_MONTH
        )
        assert (month.name, month.pence) == ("March 2026", 6 * 450 + 900 + 6000)
        assert (
            figures_queries.totals_by_month(figures_queries.approved_lines(cast.northfirth.id, TODAY), TODAY) == []
        ), "the month that runs would tell of each claim"


def test_the_first_and_the_last_moment_of_a_month_count_in_it(app: Flask) -> None:
    """London months: in summer they begin an hour before midnight in UTC."""
    ends = [datetime(2026, 3, 31, 22, 59, tzinfo=UTC), datetime(2026, 3, 31, 23, 0, tzinfo=UTC)]
    ends += [datetime(2026, 4, 30, 22, 59, tzinfo=UTC), datetime(2025, 5, 1, 0, 0, tzinfo=UTC)]
    lines = [(at, "car", f"p{n}", 100) for n in range(5) for at in sorted(ends, reverse=True)]
    told = {
        one.name: one.pence for one in figures_queries.totals_by_month(sorted(lines, reverse=True), date(2026, 5, 2))
    }
    assert told == {"April 2026": 1000, "March 2026": 500, "May 2025": 500}


def test_days_are_always_shown_against_the_promise(app: Flask, visit: Any, cast: Cast) -> None:
    page = text_of(visit("northfirth.rep").get(BOARD))
    assert "To a decision 0 0" in page
    assert "promises to pay within 20 days" in page
    sheet = visit("northfirth.rep").client.get(f"{BOARD}.csv").text
    for line in (
        "days,to a decision,,1,0,0,",
        "days,to payment,,0,no figure,no figure,",
        "claims decided in,2026 Q1,,1,,,0",
    ):
        assert line in sheet
    everywhere = text_of(visit("coordinator").get("/expenses"))
    assert "Northfirth 20 0 (1 claim) no figure 0" in everywhere
    assert "Southmoor" not in text_of(visit("northfirth.officer").get("/expenses"))
    assert "Northfirth,yes,20,0,1,no figure,0,0,0" in visit("coordinator").client.get("/expenses.csv").text


def test_the_coordinator_opens_what_a_boards_figures_are_made_of(visit: Any) -> None:
    """The pages to which the permission table lets them, with no link to a page that is shut to them."""
    coordinator = visit("coordinator")
    every = {"/expenses": "expenses", "/care/figures": "care", "/notice": "notice"}
    for everywhere, page in every.items():
        address = f"/boards/northfirth/{page}"
        assert f'href="{address}"' in coordinator.get(everywhere).text
        shown = lxml.html.fromstring(coordinator.get(address).text)
        for link in set(shown.xpath("//main//a/@href")):
            assert coordinator.client.get(link).status_code == 200, link


def test_ones_own_year_by_category(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        settle(cast, cast.northfirth.people["rep"], "subsistence")
    page = text_of(visit("northfirth.rep").get("/claims"))
    assert "Miles by car £9.00 £9.00 £0.00 £0.00 £0.00 £0.00" in page
    assert "Food and drink £10.00 £10.00 £0.00 £0.00 £0.00 £0.00" in page
    sheet = visit("northfirth.rep").client.get("/claims/year.csv").text.splitlines()
    assert sheet[0].lstrip("\ufeff").startswith("expense,claimed,covered,approved"), "by the words of the claim's page"
    assert "Miles by car,9.00,9.00,9.00,0.00,0.00,0.00,0.00" in sheet
    assert "Not counted" not in page
    with app.app_context(), unit_of_work():
        claims_actions.begin(
            uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", "Not sent", TODAY - timedelta(days=3)
        )
    page = text_of(visit("northfirth.rep").get("/claims"))
    assert "Not counted: claims you have not sent, or have withdrawn." in page


@pytest.mark.parametrize(("left", "due"), [(15, 0), (14, 14), (4, 14), (3, 3), (0, 3), (-1, 0)])
def test_which_reminder_of_a_deadline_is_due(left: int, due: int) -> None:
    assert deadline_reminder(left) == due


@pytest.mark.same_anywhere
def test_a_deadline_is_told_twice_and_only_of_what_is_not_sent(
    app: Flask, cast: Cast, rolled_back: Any, at: Any
) -> None:
    me = cast.northfirth.people["rep"]
    with app.app_context():
        with unit_of_work():
            claim = claims_actions.begin(uuid4(), cast.northfirth.id, me, "event", "Late", TODAY)
            claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 10})
            claims_actions.begin(uuid4(), cast.northfirth.id, me, "event", "Empty", TODAY)
        for days in range(70, 95):
            at(datetime(2026, 3, 3, 9, 0, tzinfo=UTC) + timedelta(days=days))
            do_what_is_due()
    told = emails(app, "claim-deadline", me)
    last = "Monday 1 June"  # the ninetieth day
    assert [(one.facts["title"], one.facts["send_by"]) for one in told] == [("Late", last)] * 2


@pytest.mark.same_anywhere
def test_claims_over_the_promise_are_told_on_mondays(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    with app.app_context():
        for day in range(1, 32):
            at(datetime(2026, 3, day, 9, 0, tzinfo=UTC))
            do_what_is_due()
    told = [one for one in emails(app, "claims-over-promise") if one.board_id == cast.northfirth.id]
    assert {one.person_id for one in told} == {cast.northfirth.people[role] for role in ("approver", "admin")}
    assert {one.asked_at.day for one in told} == {30}, "20 days after 3 March is a Monday, and the promise is kept then"
    assert told[0].facts["count"] == "3 claims"


def test_closed_books_take_no_payment_until_they_are_opened_again(visit: Any, cast: Cast, at: Any) -> None:
    run, books = f"/payment-runs/{cast.northfirth.things['run_id']}", "/boards/northfirth/books"
    assert "There are no closed months yet" in text_of(visit("northfirth.approver").get(books))
    at(datetime(2026, 4, 2, 9, 0, tzinfo=UTC))
    approver = visit("northfirth.approver")
    assert "1 payment run made up to then is not marked as paid" in text_of(approver.get(f"{books}/close"))
    assert "There are no closed months yet" in text_of(approver.get(books)), "looking closes nothing"
    assert approver.post(f"{books}/close").status_code == 302
    assert "closed up to Tuesday 31 March 2026" in text_of(approver.get(books))
    refused = approver.post(f"{run}/paid", {"paid_on": ["31", "3", "2026"]})
    assert "The books are closed up to 31 March 2026. Enter a later day" in text_of(refused)
    assert approver.post(f"{books}/reopen").status_code == 302
    assert "There are no closed months yet" in text_of(approver.get(books))
    assert approver.post(f"{run}/paid", {"paid_on": ["31", "3", "2026"], **ALL_THE_SAME}).status_code == 302


def test_a_backdated_policy_lists_what_it_would_pay_more(app: Flask, visit: Any, cast: Cast) -> None:
    approver = visit("northfirth.approver")
    assert "There are no claims to top up. If a new policy starts on an earlier day" in text_of(
        approver.get("/boards/northfirth/books")
    )
    with app.app_context(), unit_of_work():
        draft = policies_actions.begin_draft(db.session.get_one(Board, cast.northfirth.id))
        car = policies_queries.terms_of(draft.board_id, [draft.id])[draft.id]["car"]
        policies_actions.change_terms(draft, car, {"rate": 55})
        draft.published_at = None
        db.session.flush()
    clock.use(lambda: NOW + timedelta(minutes=1))
    with app.app_context(), unit_of_work():
        again = policies_queries.draft_policy(cast.northfirth.id)
        assert again
        policies_actions.publish(again, again.version, TODAY - timedelta(days=60))
    page = text_of(visit("northfirth.approver").get("/boards/northfirth/books"))
    assert "ZZ-2026-0002, CANARYNORTH Rep" in page
    assert "£2.00 more" in page
