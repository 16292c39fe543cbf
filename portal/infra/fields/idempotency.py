"""A field that makes a form sent twice do one thing."""

from __future__ import annotations

from uuid import UUID, uuid4

from wtforms import HiddenField


class IdempotencyKey(HiddenField):  # type: ignore[misc]  # WTForms ships no types
    """An id made with the page, so that a form sent twice does one thing."""

    data: UUID

    def __init__(self, **options: object) -> None:
        super().__init__(default=uuid4, **options)  # the page must hold it, or each sending would be another

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = UUID(valuelist[0]) if valuelist else uuid4()
        except ValueError:
            self.data = uuid4()
