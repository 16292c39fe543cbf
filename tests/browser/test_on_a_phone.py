"""On a phone: what has the focus is never behind the tabs, the present entry is seen in the reader's own colours, and a
table says that it can be scrolled only where it can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Running, sign_in

pytestmark = pytest.mark.browser
PLACES = ("/", "/meetings/{meeting_id}", "/account")
HINT = ".portal-scroll__hint"
WAYS = ".portal-tabs a"
COVERED = """() => {
    const one = document.activeElement, tabs = document.querySelector('.portal-tabs');
    if (tabs.contains(one) || getComputedStyle(tabs).position !== 'fixed') return 'the end';
    return one.getBoundingClientRect().bottom > tabs.getBoundingClientRect().top + 1 ? one.textContent.trim() : '';
}"""

LOOKS = """all => all.map(one => {
    const letters = document.createRange();
    letters.selectNodeContents(one);
    return [getComputedStyle(one).color, letters.getBoundingClientRect().bottom];
})"""
GROUNDS = "all => all.map(one => getComputedStyle(one).backgroundColor)"
HIGHLIGHT = """() => {
    const one = document.body.appendChild(document.createElement('i'));
    one.style.backgroundColor = 'Highlight';
    return getComputedStyle(one).backgroundColor;
}"""


@pytest.fixture
def phone(chromium: Browser, running: Running) -> Iterator[Callable[..., Page]]:
    """phone('rep@northfirth.test', forced_colors='active') is a page of theirs on a phone."""
    contexts = []

    def opened(email: str, **options: str) -> Page:
        size = {"width": 360, "height": 740}
        contexts.append(chromium.new_context(base_url=running.address, viewport=size, **options))
        page = contexts[-1].new_page()
        running.forget_tries()
        sign_in(page, email)
        return page

    yield opened
    for context in contexts:
        context.close()


def covered(page: Page) -> list[str]:
    """What is behind the tabs when it has the focus, of all that a keyboard comes to before them."""
    found = []
    while (words := _next(page)) != "the end":
        found += [words] if words else []
    return found


def _next(page: Page) -> str:
    page.keyboard.press("Tab")
    return str(page.evaluate(COVERED))


def test_nothing_has_the_focus_behind_the_tabs(phone: Callable[..., Page], running: Running) -> None:
    page = phone("rep@northfirth.test")
    for place in PLACES:
        page.goto(place.format(**running.cast.northfirth.things))
        assert page.locator(WAYS).first.is_visible()
        assert covered(page) == []


def test_what_was_saved_has_the_focus_and_is_seen(phone: Callable[..., Page]) -> None:
    page = phone("rep@northfirth.test")
    page.goto("/account/calendar")
    page.get_by_role("button", name="Make a new address").click()
    message = page.get_by_role("status").first
    assert message.evaluate("one => one === document.activeElement && one.getBoundingClientRect().top >= 0")


def test_the_present_entry_is_seen_in_the_reader_s_own_colours(phone: Callable[..., Page]) -> None:
    page = phone("rep@northfirth.test", forced_colors="active")
    page.goto("/claims")
    chosen = page.evaluate(HIGHLIGHT)
    for ways in (WAYS, ".portal-sub a"):
        grounds = page.locator(f"{ways}[aria-current]").evaluate_all(GROUNDS)
        assert grounds == [chosen]
        assert chosen not in page.locator(f"{ways}:not([aria-current])").evaluate_all(GROUNDS)


def test_a_table_says_that_it_scrolls_only_where_it_does(phone: Callable[..., Page], running: Running) -> None:
    page = phone("approver@northfirth.test")
    seen = set()
    for width in (360, 660, 740):
        page.set_viewport_size({"width": width, "height": 360})
        page.goto("/payment-runs/{run_id}".format(**running.cast.northfirth.things))
        for frame in page.locator(".portal-scroll").all():
            scrolls = frame.evaluate("one => one.scrollWidth > one.clientWidth")
            assert (frame.locator(HINT).evaluate("one => one.offsetHeight") > 0) == scrolls
            seen.add(scrolls)
    assert seen == {True, False}


@pytest.mark.parametrize("width", [360, 1366])
def test_the_boxes_of_a_day_stand_in_one_line_and_the_ways_of_the_footer_too(
    open_page: Callable[..., Page], width: int
) -> None:
    page = open_page("rep@northfirth.test", width=width)
    page.goto("/claims/new")
    places = "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    assert len(set(page.locator(".govuk-date-input__input").evaluate_all(places))) == 1
    ways = page.locator(".portal-footer li").filter(has_text="Who can do what").locator("a")
    [way], [out] = (one.evaluate_all(LOOKS) for one in (ways, page.locator(".portal-footer button")))
    assert out[0] == way[0], "in one colour"
    assert abs(out[1] - way[1]) <= 1, "on one line"
