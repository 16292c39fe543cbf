"""Where a clerk says a combined pack is split."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from portal.infra import forms
from portal.papers.splitting.rules import Part, Unclear, parts_of


class SplitForm(forms.Form):
    lines = forms.paragraphs(
        "Where each part begins",
        "Enter a line for each part: the page it begins on, and its name",
        most=20_000,
        hint="A line for each part, like “Page 5: Budget monitoring”. Or page numbers alone, like “1, 5, 12”",
    )

    pages, file_name = 0, ""
    parts: tuple[Part, ...] = ()

    def validate_lines(self, field: Field) -> None:
        try:
            self.parts = tuple(parts_of(field.data or "", self.pages, self.file_name))
        except Unclear as error:
            raise ValidationError(str(error)) from error


def split_form(pages: int, file_name: str, lines: str) -> SplitForm:
    form = SplitForm(lines=lines)
    form.pages, form.file_name = pages, file_name
    return form
