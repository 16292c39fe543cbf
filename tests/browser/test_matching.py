"""The table in which twelve files of untidy names are matched: it fits a screen, and needs no mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import Clicks
from tests.browser.test_main_job import CLERK, call_meeting, made_files, paste_items
from tests.cast import NOW

pytestmark = pytest.mark.browser
DESK, SCREEN, PHONE, FINGER = 1366, 768, 360, 44
ITEMS = (
    *("1 Welcome and apologies", "2 Declarations of interest", "3 Minute of previous meeting", "4 Action log"),
    *("5 Chief Officer’s report", "6 Budget monitoring", "6(a) Budget recovery plan"),
    *("7 10 Year Strategic Commissioning Plan", "8 Performance report Q2", "9 Carers Strategy 2026-29"),
    *("10 Risk register", "11 Directions", "12 Audit Committee annual report", "13 Date of next meeting"),
)
LONG = "IJB_20261124_09_Carers_Strategy_2026-29_with_what_carers_told_us_v1.2_FINAL_clean"
UNTIDY = (
    *("Agenda", "05 Chief Officers Report", "Item 6 - Budget Monitoring Month 6", "6(a) Budget recovery plan FINAL"),
    *("10 Year Strategic Commissioning Plan", "Performance Report Q1", LONG, "Carers Strategy Easy Read"),
    *("Appendix 2 - Risk Register", "Audit Cttee Annual Rpt 2526", "9b", "scan0007"),
)
# Whatever can be selected in the table.
CONTROLS = "table.portal-sorting :is(a, button, select, textarea, input:not([type=hidden]))"
NAMES = ".portal-sorting__name"
ACTIVE = "document.activeElement"
FOCUSED = """(one => {
  one.dataset.seen = "yes";
  return [one.name || "", one.checked || false, (one.closest("tr") || one).textContent];
})"""
CHOSEN = f"{ACTIVE}.selectedOptions[0].textContent"
IS_CUT = "one => one.scrollWidth > one.clientWidth + 1"
IS_SMALL = f"one => one.getBoundingClientRect().height < {FINGER}"


def tab_to(page: Page, words: str, most: int = 120) -> None:
    """Press Tab until what has the focus says so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in page.evaluate(f"{ACTIVE} === document.body ? '' : {ACTIVE}.textContent"):
            return
    raise AssertionError(f"{words} did not come")


def go_through_table(page: Page) -> None:
    """With Tab from the first thing to what is behind the last, doing on the way what there is to do."""
    for _ in range(200):
        page.keyboard.press("Tab")
        name, is_ticked, where = page.evaluate(f"{FOCUSED}({ACTIVE})")
        if "Save and continue" in where:
            return
        if name.endswith("-place") and "scan0007" in where:
            page.keyboard.type("11 Dir")
            assert page.evaluate(CHOSEN) == "11 Directions"
        elif name.endswith("-place") and "Performance Report Q1" in where:
            page.keyboard.press("ArrowDown")
            assert page.evaluate(CHOSEN) == "9 Carers Strategy 2026-29"
            page.keyboard.press("ArrowUp")
            assert page.evaluate(CHOSEN) == "8 Performance report Q2"
        elif name.endswith("-right") and not is_ticked:
            page.keyboard.press("Space")
    raise AssertionError("the table did not end")


def test_twelve_untidy_names_fit_a_screen_and_are_published_without_a_mouse(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    clerk = open_page(CLERK, width=DESK)
    call_meeting(clerk, NOW + timedelta(days=36), "Keyboard Hall")
    paste_items(clerk, ITEMS)
    clicks, files = Clicks(clerk), made_files(tmp_path, UNTIDY)
    clerk.on("filechooser", lambda chooser: chooser.set_files(files))
    tab_to(clerk, "Upload papers")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_role("heading", name="Upload papers")).to_be_visible()
    tab_to(clerk, "Choose file")
    clerk.keyboard.press("Enter")
    expect(clerk.get_by_text(f"{len(UNTIDY)} files chosen")).to_be_visible()
    tab_to(clerk, "Upload the files")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".portal-file--ready")).to_have_count(len(UNTIDY), timeout=60_000)
    fits_a_screen(clerk)
    fits_a_phone(clerk)
    go_through_table(clerk)
    assert clerk.locator(f"{CONTROLS}:not([data-seen])").count() == 0, "everything in it had its turn"
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".portal-plan tbody tr")).to_have_count(len(UNTIDY))
    tab_to(clerk, "Publish now")
    clerk.keyboard.press("Enter")
    expect(clerk.locator(".portal-papers > li")).to_have_count(len(UNTIDY))
    assert clicks.number == 0


def fits_a_screen(page: Page) -> None:
    """The table of twelve files is not higher than a screen, and each name is read whole."""
    page.set_viewport_size({"width": DESK, "height": SCREEN})
    box = page.locator("table.portal-sorting").bounding_box()
    assert box
    assert box["height"] <= SCREEN, f"{box['height']} pixels"
    assert {f"{name}.pdf" for name in UNTIDY} == {*page.locator(NAMES).all_inner_texts()}
    assert page.evaluate(f"[...document.querySelectorAll({NAMES!r})].filter({IS_CUT}).length") == 0


def fits_a_phone(page: Page) -> None:
    """Nothing scrolls sideways, no name is cut, and a finger has room for everything that it selects."""
    page.set_viewport_size({"width": PHONE, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert page.evaluate(f"[...document.querySelectorAll({NAMES!r})].filter({IS_CUT}).length") == 0
    small = page.evaluate(f"[...document.querySelectorAll({CONTROLS!r})].filter({IS_SMALL}).map(one => one.outerHTML)")
    assert small == []
    page.set_viewport_size({"width": DESK, "height": SCREEN})
