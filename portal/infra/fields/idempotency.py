"""A field that makes a form sent twice do one thing."""

from __future__ import annotations

from uuid import UUID, uuid4

from wtforms import HiddenField


class IdempotencyKey(HiddenField):  # type: ignore[misc]  # WTForms ships no types
    """An id made with the page, so that a form sent twice does one thing."""

    data: UUID

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = UUID(valuelist[0]) if valuelist else uuid4()
        except ValueError:
            self.data = uuid4()
