"""A clerk splits combined packs, at bookmarks and at typed pages, and each part is matched like a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import CLERK, add_items, call_meeting
from tests.cast import NOW
from tests.made_papers import made_paper

pytestmark = [pytest.mark.browser, pytest.mark.long]


def pack(path: Path, papers: list[str], bookmarked: bool) -> Path:
    """A file of papers of two pages each, with a bookmark at each if wanted."""
    with pikepdf.new() as whole:
        for paper in papers:
            with pikepdf.open(io.BytesIO(made_paper(paper, 2))) as part:
                whole.pages.extend(part.pages)
        with whole.open_outline() as outline:
            named = papers if bookmarked else []
            outline.root.extend(pikepdf.OutlineItem(paper, 2 * at) for at, paper in enumerate(named))
        whole.save(path)
    return path


def test_packs_are_split_at_bookmarks_and_at_typed_pages(open_page: Callable[..., Page], tmp_path: Path) -> None:
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=38), "Split Hall")
    add_items(clerk, ["Budget", "Risks"])
    files = [
        pack(tmp_path / "All papers.pdf", ["1 Budget", "2 Risks"], bookmarked=True),
        pack(tmp_path / "Scan.pdf", ["Appendix", "Letter"], bookmarked=False),
    ]
    clerk.get_by_text("Upload papers", exact=True).click()
    clerk.locator("input[type=file]").set_input_files(files)
    clerk.get_by_role("button", name="Upload the files").click()
    expect(clerk.locator(".portal-file--ready")).to_have_count(2, timeout=30_000)

    clerk.get_by_role("button", name=re.compile("Split it into papers.*All papers")).click()
    expect(clerk.get_by_label("Where each part begins")).to_have_value("Page 1: 1 Budget\nPage 3: 2 Risks")
    clerk.get_by_role("button", name="Split the file").click()
    expect(clerk.locator(".portal-file--ready")).to_have_count(3, timeout=30_000)
    clerk.get_by_role("button", name=re.compile("Split it into papers.*Scan")).click()
    clerk.get_by_label("Where each part begins").fill("1, 3")
    clerk.get_by_role("button", name="Split the file").click()
    expect(clerk.locator(".portal-file--ready")).to_have_count(4, timeout=30_000)

    for name, place in (("1 Budget", "1 Budget"), ("2 Risks", "2 Risks"), ("Scan, pages 1 to 2", "Do not publish yet")):
        chosen = clerk.get_by_label(f"Item of {name}.pdf").locator("option:checked")
        expect(chosen).to_have_text(place)
    clerk.get_by_role("button", name="Save and continue").click()
    expect(clerk.locator(".portal-plan tbody tr")).to_have_count(2)
    expect(clerk.get_by_text("2 files will not be published.")).to_be_visible()
