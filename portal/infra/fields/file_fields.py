"""Files that survive a mistake in another field: when the form is shown again, they are held and offered to be kept."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from flask import get_template_attribute
from flask_login import current_user
from flask_wtf.file import MultipleFileField
from markupsafe import Markup
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.utils import unset_value

from portal.infra.forms import ManyFilesInput, chosen
from portal.infra.storage import held_files
from portal.infra.storage.held_files import HeldFile


class _HeldFilesInput(ManyFilesInput):
    """The file box, and below it a tick for each file that was chosen before."""

    def __call__(self, field: HeldFilesField, **options: object) -> Markup:
        box, held = super().__call__(field, **options), field.hold()
        show = get_template_attribute("components/fields.html", "held_files")
        ticks = [show(field.held_name, held, options.get("form", ""))] if held else []
        return Markup().join([box, *ticks])


class HeldFilesField(MultipleFileField):  # type: ignore[misc]  # Flask-WTF ships no types
    """Its data are the files that came with this form, and then those that came before and are still ticked."""

    def __init__(self, label: str, *, multiple: bool, **options: object) -> None:
        super().__init__(label, widget=_HeldFilesInput(multiple), **options)
        self.is_multiple = multiple

    @property
    def held_name(self) -> str:
        """The name of the ticks."""
        return f"{self.name}-held"

    def process(
        self, formdata: MultiDict[str, str] | None, data: object = unset_value, extra_filters: object = None
    ) -> None:
        super().process(formdata, data, extra_filters)
        if formdata is None:
            return
        new, before = chosen(self), self._held_before(formdata.getlist(self.held_name))
        self.data = [*new, *before] if self.is_multiple else [*new, *before][:1]

    def _held_before(self, typed: Sequence[str]) -> list[FileStorage]:
        ids = []
        for one in typed[: held_files.MOST_OF_ONE_PERSON]:
            with suppress(ValueError):
                ids.append(UUID(one))
        if not ids or not current_user.is_authenticated:
            return []
        taken = held_files.take(current_user.person.id, ids)
        return [FileStorage(io.BytesIO(content), filename=name) for name, content in taken]

    def hold(self) -> list[HeldFile]:
        """Hold what was sent, as this form is shown once more."""
        if not current_user.is_authenticated:
            return []
        held = []
        for file in chosen(self):
            file.stream.seek(0)
            held.append(held_files.hold(current_user.person.id, file.filename or "", file.read()))
        return [one for one in held if one]


def held(label: str, hint: str = "", accept: str = ".pdf", multiple: bool = True) -> HeldFilesField:
    """A box for files, or for one."""
    return HeldFilesField(label, multiple=multiple, description=hint, render_kw={"accept": accept})
