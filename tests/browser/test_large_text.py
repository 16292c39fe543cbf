"""Text twice as large on a narrow screen: nothing scrolls sideways, and boxes show what is typed into them.

`make test` opens the pages where it went wrong once; `make test-all` every page of test_every_page.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Running
from tests.browser.test_every_page import PAGES
from tests.run_folder import count

pytestmark = pytest.mark.browser
NARROW = 320
NAMED = {
    "rep@northfirth.test": ["/meetings/{meeting_id}", "/role", "/account/security"],
    "clerk@northfirth.test": ["/meetings/{coming_id}"],
}
TWICE = (
    "const s = document.createElement('style'); s.nonce = document.querySelector('script').nonce;"
    "s.textContent = 'html{font-size:200%}'; document.head.append(s)"
)
ROOM = """box => {
    const style = getComputedStyle(box), pen = document.createElement('canvas').getContext('2d');
    pen.font = style.font;
    const room = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return room / pen.measureText('0').width;
}"""


@pytest.mark.parametrize(
    "pages", [pytest.param(NAMED, id="named"), pytest.param(PAGES, id="every page", marks=pytest.mark.long)]
)
def test_twice_as_large_nothing_scrolls_sideways(
    open_page: Callable[..., Page], running: Running, pages: dict[str, list[str]]
) -> None:
    wrong = []
    for email, paths in pages.items():
        page = open_page(email, width=NARROW)
        for path in dict.fromkeys(path.rstrip("!") for path in paths):
            count("pages in the browser")
            page.goto(path.format(**running.cast.northfirth.things))
            page.evaluate(TWICE)
            across = page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{path}: {across} px"] if across > NARROW else []
            rooms = [box.evaluate(ROOM) for box in page.locator("input[autocomplete$='password']").all()]
            wrong += [f"{path}: a password box of {room:.0f} figures" for room in rooms if room < 10]
    assert not wrong


# What is smaller than 24 pixels, but for links within a sentence (WCAG 2.2, 2.5.8), with text as the browser has it.
SMALL = """() => [...document.querySelectorAll('main a[href], main button, main summary')].filter(one => {
    const sentence = getComputedStyle(one).display === 'inline'
        && one.parentElement.textContent.trim() !== one.textContent.trim();
    const heights = [...one.getClientRects()].map(box => box.height);
    return !sentence && heights.length && Math.max(...heights) < 24;
}).map(one => one.textContent.trim() + ' ' + one.getBoundingClientRect().height)"""


WORKED_ON = {
    "rep@northfirth.test": ["/meetings/{meeting_id}", "/account"],
    "clerk@northfirth.test": ["/meetings/{meeting_id}", "/meetings/{coming_id}"],
    "officer@northfirth.test": ["/boards/northfirth/reps"],
    "approver@northfirth.test": ["/claims/to-decide", "/payment-runs/{run_id}"],
}


@pytest.mark.parametrize("email", list(WORKED_ON))
def test_targets_of_ordinary_text_are_large_enough(
    open_page: Callable[..., Page], running: Running, email: str
) -> None:
    page, small = open_page(email, width=360), {}
    for path in WORKED_ON[email]:
        count("pages in the browser")
        answer = page.goto(path.format(**running.cast.northfirth.things))
        assert answer
        assert answer.ok
        small[path] = page.evaluate(SMALL)
    assert small == {path: [] for path in WORKED_ON[email]}


@pytest.mark.parametrize("email", list(WORKED_ON))
def test_paper_shows_no_addresses_and_no_buttons(open_page: Callable[..., Page], running: Running, email: str) -> None:
    page = open_page(email)
    page.emulate_media(media="print")
    shown = "one => getComputedStyle(one, '::after').content"
    for path in WORKED_ON[email]:
        count("pages in the browser")
        page.goto(path.format(**running.cast.northfirth.things))
        links = page.locator("main a[href]").all()
        assert links, path
        assert {link.evaluate(shown) for link in links} <= {"none", "normal"}, path
        never = page.locator("button, .govuk-button, nav, footer").all()
        assert [one.inner_text() for one in never if one.is_visible()] == [], path
        assert page.locator(".portal-print-only").get_by_text("Printed on").is_visible()
