"""Each page, empty, filled and with errors: axe finds nothing, nothing scrolls sideways, nothing is blocked.

`make test` opens each page once at 320 pixels; with WIDTHS=320,768,1280 (make test-all) at all three.
With PICTURES=yes a picture of each page lies in screenshots/ afterwards, to be looked at.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from config import ROOT
from tests.browser import axe
from tests.browser.conftest import Running, sign_in
from tests.run_folder import count

pytestmark = pytest.mark.browser
WIDTHS = [int(width) for width in os.environ.get("WIDTHS", "320").split(",")]
PICTURES = ROOT / "screenshots"
WANTS_PICTURES = os.environ.get("PICTURES") == "yes"
ORDINARY = "main form:not(.portal-choices form) button.govuk-button:not(.govuk-button--secondary)"
PAGES: dict[str, list[str]] = {
    "": [
        "/",
        "/sign-in",
        "/sign-in!",
        "/forgotten-password",
        *("/help", "/help/carer-rep", "/help/clerk", "/help/glossary", "/help/glossary?q=nothing-like-it"),
        "/privacy",
        "/privacy/how-long",
        "/accessibility",
        "/who-can-do-what",
        "/public/boards/northfirth",
        "/no/such/page",
        "/sign-in/by-email",
        "/check-in/rubbish",
        "/reset/rubbish",
        "/new-email/rubbish",
        "/check-in/send-again!",
        "/public/expenses",
        "/public/boards/northfirth/roles/{group_id}",
        "/public/profiles/{profile_id}/write!",
    ],
    "rep@northfirth.test": [
        *("/", "/support-notes"),
        "/privacy",
        "/boards/northfirth",
        "/boards/northfirth/meetings",
        "/meetings/{meeting_id}",
        "/meetings/{coming_id}",
        "/papers/{paper_id}",
        "/boards/northfirth/notice",
        "/account",
        "/account/second-factor!",
        "/account/notifications",
        "/account/calendar",
        "/account/security",
        "/account/email",
        "/account/data",
        "/carry-on",
        "/deputes",
        "/deputes/new",
        "/deputes/new!",
        "/meetings/{meeting_id}/check-in",
        "/meetings/{coming_id}/check-in!",
        "/claims",
        "/claims/new!",
        "/training",
        "/training/records/new!",
        "/care",
        "/care/new",
        "/care/new?meeting={coming_id}",
        "/boards/northfirth/care-policy",
        "/boards/northfirth/care",
        "/boards/northfirth/expenses-policy",
        "/boards/northfirth/expenses",
        "/role",
        "/role/public",
        "/boards/northfirth/roles",
        "/boards/northfirth/groups/{group_id}/role",
        "/boards/northfirth/groups/{group_id}/role/compare",
        "/meetings/{meeting_id}/hand-over",
        "/meetings/{meeting_id}/support!",
        "/training/sessions/{session_id}!",
        "/mentoring",
        "/mentoring/ask",
        "/mentoring/pairs/{pair_id}",
        "/mentoring/pairs/{pair_id}/plan",
        "/mentoring/pairs/{pair_id}/sessions/new!",
        "/mentoring/pairs/{pair_id}/notes/mine!",
        "/mentoring/pairs/{pair_id}/notes/both",
        "/mentoring/pairs/{pair_id}/end",
        "/boards/northfirth/how-meetings-are",
        "/boards/northfirth/carer-awareness",
        "/support-figures",
    ],
    "clerk@northfirth.test": [
        "/",
        "/boards/northfirth/meetings",
        "/boards/northfirth/meetings/new",
        "/boards/northfirth/meetings/new!",
        "/boards/northfirth/meetings/new/several!",
        "/meetings/{meeting_id}",
        "/meetings/{coming_id}",
        "/meetings/{coming_id}/items/new",
        "/meetings/{coming_id}/items/new!",
        "/meetings/{coming_id}/agenda/copy",
        "/meetings/{coming_id}/agenda/paste!",
        "/boards/northfirth/groups/{group_id}/standing-items!",
        "/meetings/{coming_id}/papers/upload",
        "/meetings/{coming_id}/papers/upload!",
        "/meetings/{coming_id}/papers/sort",
        "/papers/{paper_id}/withdraw",
        "/meetings/{coming_id}/publish",
        "/meetings/{coming_id}/change",
        "/meetings/{coming_id}/cancel!",
        "/meetings/{coming_id}/adjourn",
        "/papers/{paper_id}/details",
        "/items/{item_id}/restriction",
        "/items/{item_id}/restriction!",
        "/boards/northfirth/emails",
        "/meetings/{meeting_id}/coming",
        "/meetings/{meeting_id}/attendance",
        "/meetings/{meeting_id}/post",
        "/boards/northfirth/seats/{taken_seat_id}",
    ],
    "officer@northfirth.test": [
        "/",
        "/meetings/{meeting_id}/stand-ins",
        "/meetings/{meeting_id}/coming",
        "/boards/northfirth/deputes",
        "/deputes/{nomination_id}/decide!",
        "/boards/northfirth/people",
        "/boards/northfirth/emails",
        *(f"/boards/northfirth/reps{one}" for one in ("", "/{rep_id}", "/{rep_id}/notes/new!")),
        "/boards/northfirth/groups/{group_id}/role/write",
        "/boards/northfirth/groups/{group_id}/role/publish",
        "/role-model",
        "/boards/northfirth/inductions",
        "/boards/northfirth/training",
        "/boards/northfirth/induction-plan!",
        "/boards/northfirth/courses!",
        "/care/to-arrange",
        "/care/{request_id}/arrange",
        "/care/{request_id}/text",
        "/boards/northfirth/care/new!",
        "/boards/northfirth/care-providers!",
        "/care-providers/{provider_id}/change",
        "/boards/northfirth/claims-for-reps!",
        "/claims-for-reps/{draft_id}",
        "/boards/northfirth/care-receipts",
        "/boards/northfirth/desk",
        "/boards/northfirth/desk?show=late",
        "/boards/northfirth/mentoring",
        "/boards/northfirth/mentoring/help!",
        "/boards/northfirth/mentors/new!",
        "/mentors/{mentor_id}",
        "/mentoring/requests/{mentor_request_id}/match",
        "/boards/northfirth/training-sessions",
        "/boards/northfirth/training-sessions/new!",
        "/training-sessions/{session_id}",
        "/boards/northfirth/carer-awareness",
        "/boards/northfirth/carer-awareness/new!",
        "/boards/northfirth/carer-awareness/members",
        "/meetings/{meeting_id}/support",
        "/meetings/{coming_id}/support/arrange!",
        "/boards/northfirth/how-meetings-are",
    ],
    "mentor@northfirth.test": ["/", "/mentoring", "/mentoring/as-mentor/{mentor_id}", "/training"],
    "admin@northfirth.test": [
        "/",
        "/boards/northfirth",
        "/boards/northfirth/settings",
        "/boards/northfirth/withdrawn",
        "/withdrawals/{withdrawal_id}/downloads!",
        "/downloads-requests/{request_of_downloads_id}",
        "/boards/northfirth/groups/new!",
        "/boards/northfirth/people",
        "/boards/northfirth/people/new!",
        "/boards/northfirth/people/import!",
        "/boards/northfirth/seats/{seat_id}/appoint!",
        "/boards/northfirth/seats/{seat_id}/close",
        "/boards/northfirth/groups/{group_id}/seats/new!",
        "/boards/northfirth/people/{person_id}/account",
        "/boards/northfirth/seats/{seat_id}/change",
        "/boards/northfirth/expenses-policy/write",
        "/boards/northfirth/care-policy/change",
        "/boards/northfirth/expenses-policy/terms/car",
        "/boards/northfirth/expenses-policy/publish",
        "/boards/northfirth/appointments/{appointment_id}/end!",
        "/boards/northfirth/audit",
        "/boards/northfirth/audit?event=MeetingCalled",
        "/boards/northfirth/keeping",
        "/boards/northfirth/holds/new!",
    ],
    "approver@northfirth.test": [
        "/",
        "/claims/to-decide",
        "/help/expense-approver",
        "/claims/{claim_id}/decide",
        "/claims/payments",
        "/payment-runs/{run_id}",
        "/boards/northfirth/payees",
        "/boards/northfirth/books",
    ],
    "depute@northfirth.test": [
        "/",
        "/meetings/{meeting_id}",
        "/deputes",
        "/role",
        "/role/messages",
        "/claims",
        "/claims/{claim_id}",
        "/care/{request_id}",
        "/care/{request_id}/change",
    ],
    "coordinator@carers.test": [
        "/",
        "/boards",
        "/notice",
        "/leaving",
        "/expenses",
        "/care/figures",
        "/courses!",
        "/role-model",
        "/role-model/write!",
        "/support-figures",
    ],
    "nobody@nowhere.test": ["/"],
    "both@both.test": ["/sign-in/set-up-code", "/sign-in/set-up-code!"],
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("email", list(PAGES))
def test_pages_in_every_state(chromium: Browser, running: Running, axe_address: str, email: str, width: int) -> None:
    """An address that ends in ! is also sent empty, to see its errors."""
    context = chromium.new_context(base_url=running.address, viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
    if email:
        sign_in(page, email)
    wrong = []
    for path in PAGES[email]:
        count("pages in the browser")
        page.goto(path.rstrip("!").format(**running.cast.northfirth.things))
        if path.endswith("!"):
            page.locator(ORDINARY).first.click()
            page.locator(".govuk-error-summary").wait_for()
        wrong += [f"{path}: {problem}" for problem in problems_of(page, width, axe_address)]
        if WANTS_PICTURES:
            page.screenshot(path=picture(email, path, width), full_page=True)
    context.close()
    assert not wrong + blocked


def problems_of(page: Page, width: int, axe_address: str) -> list[str]:
    across = page.evaluate("document.documentElement.scrollWidth")
    return axe.violations(page, axe_address) + ([f"scrolls sideways: {across} px"] if across > width else [])


def picture(email: str, path: str, width: int) -> Path:
    PICTURES.mkdir(exist_ok=True)
    name = re.sub(r"[^a-z]+", "-", f"{email.split('@')[0]}{path}".lower()).strip("-")
    return PICTURES / f"{name}{'-error' if path.endswith('!') else ''}-{width}.png"


def test_text_twice_as_large_and_wide_spacing_break_nothing(open_page: Callable[..., Page], running: Running) -> None:
    page = open_page("rep@northfirth.test", width=640)
    for path in ("/", "/meetings/{meeting_id}", "/account"):
        page.goto(path.format(**running.cast.northfirth.things))
        page.evaluate(
            "const s = document.createElement('style'); s.nonce = document.querySelector('script').nonce;"
            "s.textContent = 'html{font-size:200%} *{line-height:1.5!important;letter-spacing:.12em!important;"
            "word-spacing:.16em!important}'; document.head.append(s)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_the_first_page_is_light_and_asks_no_other_host(open_page: Callable[..., Page], running: Running) -> None:
    page = open_page()
    sizes: dict[str, int] = {}

    def count(response: Any) -> None:
        sizes[response.url] = response.request.sizes()["responseBodySize"]

    page.on("requestfinished", lambda request: count(request.response()))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert all(address.startswith(running.address) for address in sizes)
    assert sum(sizes.values()) < 60_000, sizes
    assert len(sizes) <= 5
