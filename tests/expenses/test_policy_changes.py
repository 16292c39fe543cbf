"""What a policy changes against the one in force: beside the limit, before it is published, and to those who hear."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from portal.expenses.policies.wording import limit_beside_rate, limit_pays_for
from portal.expenses.pricing import Terms
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import TODAY, Cast
from tests.expenses.claiming import emails, version_on
from tests.expenses.test_four_eyes import another_approver
from tests.expenses.test_publishing import GENERAL, WRITE
from tests.visitor import text_of

if TYPE_CHECKING:
    from datetime import date

    from flask import Flask

CARE = {"is_covered": "yes", "cap": "111.00", "cap_per": "day", "receipt": "never"}
WAS, WILL_BE = "£18.50 an hour, up to 6 hours a day (£111.00)", "£19.50 an hour, up to £111.00 a day"
WILL_BE_TOO = f"{WILL_BE} (about 5 hours 42 minutes)"


def begin(visitor: Any, day: date) -> None:
    visitor.post(f"{WRITE}/discard", {"version": "1"})
    visitor.post(f"{WRITE}/begin")
    from_on = [str(day.day), str(day.month), str(day.year)]
    general = {**GENERAL, "from_on": from_on, "version": version_on(visitor.get(f"{WRITE}/general"))}
    visitor.post(f"{WRITE}/general", general)


def change(visitor: Any, category: str, **typed: str) -> str:
    page = f"{WRITE}/terms/{category}"
    said = {**CARE, **typed, "version": version_on(visitor.get(page))}
    return text_of(visitor.post(page, said, follow_redirects=True))


def publish(visitor: Any) -> None:
    visitor.post(f"{WRITE}/publish", {"version": version_on(visitor.get(f"{WRITE}/publish"))})


@pytest.fixture
def approver(visit: Any, rolled_back: Any) -> Any:
    """Who has published a policy that pays £18.50 an hour up to 6 hours a day, and drafts the next one."""
    found = visit("northfirth.approver")
    begin(found, TODAY)
    change(found, "replacement_care", rate="18.50")
    publish(found)
    begin(found, TODAY + timedelta(days=30))
    return found


@pytest.mark.parametrize(
    ("category", "cap", "rate", "words"),
    [
        ("replacement_care", 11100, 1850, "6 hours"),
        ("replacement_care", 11100, 1950, "about 5 hours 42 minutes"),
        ("replacement_care", 12000, 1800, "6 hours 40 minutes"),
        ("car", 1800, 55, "about 32.7 miles"),
        ("replacement_care", 11100, None, ""),
        ("replacement_care", None, 1950, ""),
        ("taxi", 1000, None, ""),
    ],
)
def test_a_limit_at_a_rate_pays_for_so_much(category: str, cap: int | None, rate: int | None, words: str) -> None:
    assert limit_pays_for(category, Terms(True, rate, cap=cap)) == words


def test_nothing_is_said_of_before_where_rate_and_limit_are_as_they_were() -> None:
    same = Terms(True, 1850, cap=11100)
    assert limit_beside_rate("replacement_care", same, same) == "£111.00 is 6 hours at £18.50 an hour"


def test_the_form_says_beside_the_limit_what_it_comes_to(approver: Any) -> None:
    page = text_of(approver.get(f"{WRITE}/terms/replacement_care"))
    assert "£111.00 is 6 hours at £18.50 an hour. If you change the rate, check the limit too" in page


def test_whoever_raises_a_rate_alone_is_told_that_the_limit_pays_for_less(approver: Any) -> None:
    said = change(approver, "replacement_care", rate="19.50")
    comes_to = "£111.00 is about 5 hours 42 minutes at £19.50 an hour. Before, £111.00 was 6 hours at £18.50 an hour"
    assert f"The limit is the same: {comes_to}" in said
    assert comes_to in text_of(approver.get(f"{WRITE}/terms/replacement_care")), "beside the limit, later too"


def test_nothing_is_said_of_the_limit_where_it_was_raised_too(approver: Any) -> None:
    assert "The limit is the same" not in change(approver, "replacement_care", rate="19.50", cap="117.00")


def test_the_page_to_check_says_what_changes_and_of_how_many_kinds_nothing(approver: Any) -> None:
    change(approver, "replacement_care", rate="19.50")
    page = text_of(approver.get(f"{WRITE}/publish"))
    assert f"Replacement care Was: {WAS}. Will be: {WILL_BE_TOO}." in page
    assert "No change to the other 16 kinds of expense." in page


def test_a_kind_not_covered_before_and_another_receipt_are_changes(approver: Any) -> None:
    change(approver, "phone", cap="")
    change(approver, "replacement_care", rate="18.50", receipt="always")
    page = text_of(approver.get(f"{WRITE}/publish"))
    assert "Phone and broadband Was: not covered yet. Will be: what it cost." in page
    assert f"Replacement care Was: {WAS}, no receipt needed. Will be: {WAS}, receipt needed." in page


def test_a_draft_that_changes_nothing_says_so(approver: Any) -> None:
    page = text_of(approver.get(f"{WRITE}/publish"))
    assert "The draft says the same. No change to the 17 kinds of expense." in page


def test_what_applies_to_all_expenses_is_compared_too(approver: Any) -> None:
    general = {**GENERAL, "pay_days": "30", "from_on": ["1", "5", "2026"]}
    approver.post(f"{WRITE}/general", {**general, "version": version_on(approver.get(f"{WRITE}/general"))})
    page = text_of(approver.get(f"{WRITE}/publish"))
    assert "Days in which the board promises to pay Was: 20. Will be: 30." in page


def told_of(app: Flask, cast: Cast, approver: Any) -> str:
    another_approver(app, cast, "second")
    before = {one.id for one in emails(app, "policy-published")}
    publish(approver)
    told = [one for one in emails(app, "policy-published") if one.id not in before]
    with app.app_context():
        return words_of(db.session.get_one(Email, told[0].id)).text


def test_the_email_says_in_a_line_what_changes(app: Flask, cast: Cast, approver: Any) -> None:
    change(approver, "replacement_care", rate="19.50")
    said = told_of(app, cast, approver)
    assert f"- Replacement care: was {WAS}; will be {WILL_BE_TOO}" in " ".join(said.split())
    assert "See the policy: " in said


def test_where_more_than_three_things_change_the_email_leads_to_them(
    app: Flask, cast: Cast, visit: Any, approver: Any
) -> None:
    for category in ("taxi", "phone", "parking", "earnings"):
        change(approver, category, cap="5.00")
    said = told_of(app, cast, approver)
    assert "See what changes: " in said
    assert "Taxi" not in said
    page = text_of(visit("northfirth.rep").get(WRITE))
    assert "What changes from Thursday 2 April 2026" in page
    assert "Phone and broadband Was: not covered yet. Will be: what it cost, up to £5.00 a day" in page
