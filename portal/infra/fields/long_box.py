"""A box for more than a line of words."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovCharacterCount
from wtforms import Field

from portal.infra.web.pages import PageFacts


class LongBox(GovCharacterCount):  # type: ignore[misc]  # ships no types
    """A box of several lines that says how much it takes: with scripts, once three quarters of that are typed."""

    def __init__(self, most: int, rows: int) -> None:
        super().__init__()
        self.size = {
            "maxlength": most,
            "threshold": "75",
            "rows": rows,
            "textareaDescriptionText": f"You can enter up to {most:,} characters",
        }

    def map_gov_params(self, field: Field, **kwargs: object) -> PageFacts:
        return {**super().map_gov_params(field, **kwargs), **self.size}
