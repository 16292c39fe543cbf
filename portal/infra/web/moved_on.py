"""A page that lay open while its thing moved on: what was sent from it is not saved, which is said with the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, HiddenField
from wtforms.fields.choices import SelectFieldBase

from portal.core.text import together
from portal.infra.web.interrupted_form import is_secret, not_taken

Words = list[tuple[str, str]]  # of each question its label, and what was answered


def not_saved(why: str, page: str, page_words: str, form: Iterable[Field] = ()) -> ResponseReturnValue:
    """Say that nothing was saved and why, and show what was typed; `page` shows how the thing is now."""
    not_taken()
    facts = {"why": why, "page": page, "page_words": page_words, "typed": words_of(form), "files": _files()}
    return render_template("errors/moved_on.html", **facts), 409


def words_of(form: Iterable[Field]) -> Words:
    """What somebody answered in a form, in its own words: without ids, versions and what was left empty."""
    return [(field.label.text, words) for field in form if (words := " ".join(_said(field)).strip())]


def _said(field: Field) -> Iterator[str]:
    sent = [str(one) for one in field.raw_data or () if isinstance(one, str)]
    if not sent or isinstance(field, HiddenField) or is_secret(field.name):
        return
    if isinstance(field, BooleanField):
        yield "Yes" if field.data else ""
    elif isinstance(field, SelectFieldBase):
        words = {str(key): str(label) for key, label, *_ in field.iter_choices()}
        yield together([words[one] for one in sent if words.get(one)])
    else:
        yield from sent


def _files() -> bool:
    """Whether files were selected, which cannot be shown again."""
    return any(file.filename for file in request.files.values())
