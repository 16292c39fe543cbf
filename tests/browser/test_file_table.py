"""Files and their items on a desk: every column of the table is within the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import CLERK, add_items, call_meeting
from tests.cast import NOW
from tests.made_papers import made_paper

pytestmark = pytest.mark.browser
OUTSIDE = """() => [...document.querySelectorAll('.portal-sorting thead th')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth;
}).map(one => one.textContent.trim())"""


def test_no_column_of_files_begins_or_ends_outside_the_window(open_page: Callable[..., Page], tmp_path: Path) -> None:
    clerk, file = open_page(CLERK), tmp_path / "1 Annual audit plan 2027.pdf"
    file.write_bytes(made_paper(file.stem, 2))
    call_meeting(clerk, NOW + timedelta(days=40), "Table Hall")
    add_items(clerk, ["Annual audit plan"])
    clerk.get_by_text("Upload papers", exact=True).click()
    clerk.locator("input[type=file]").set_input_files([file])
    clerk.get_by_role("button", name="Upload the files").click()
    expect(clerk.locator(".portal-sorting thead th")).to_have_count(6, timeout=30_000)
    outside = {}
    for width in (1024, 1366, 1600):
        clerk.set_viewport_size({"width": width, "height": 800})
        outside[width] = clerk.evaluate(OUTSIDE)
    assert outside == {1024: [], 1366: [], 1600: []}
