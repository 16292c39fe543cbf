"""What somebody really selects with a pointer, counted by the browser itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

COUNTS = """() => {
  if (window.countsClicks) return;
  window.countsClicks = true;
  addEventListener("pointerdown", (event) => {
    if (event.isTrusted) sessionStorage.clicks = Number(sessionStorage.clicks || 0) + 1;
  }, true);
}"""


class Clicks:
    """From now on, on every page that is opened in the same tab."""

    def __init__(self, page: Page) -> None:
        self.page, self.besides = page, 0
        page.add_init_script(f"({COUNTS})()")
        page.evaluate(COUNTS)
        page.evaluate("sessionStorage.clicks = 0")

    def choose(self, files: Sequence[Path]) -> None:
        """On a page with a place for files: its button, and “Open” in a window that is not the page's."""
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(".govuk-file-upload-button").click()
        chooser.value.set_files(files)
        self.besides += 1

    @property
    def number(self) -> int:
        return self.besides + int(self.page.evaluate("sessionStorage.clicks"))
