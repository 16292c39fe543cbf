"""A page that lay open while its thing moved on: what was sent from it is not saved, which is said with the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, FieldList, FormField, HiddenField
from wtforms.fields.choices import SelectFieldBase

from portal.core.text import together
from portal.infra.web.interrupted_form import is_secret, not_taken
from portal.infra.web.not_done import not_done

Words = list[tuple[str, str]]  # of each question its label, and what was answered


def not_saved(why: str, page: str, page_words: str, form: Iterable[Field] = ()) -> ResponseReturnValue:
    """Say that nothing was saved and why, and show what was typed; `page` shows how the thing is now."""
    not_taken()
    facts = {"why": why, "page": page, "page_words": page_words, "typed": words_of(form), "files": _files()}
    return render_template("errors/moved_on.html", **facts), 409


def moved_on(why: str, page: str, page_words: str, form: Iterable[Field]) -> ResponseReturnValue:
    """From a page whose thing moved on: what was typed is shown, as it is not saved. Else go to how the thing is now.

    Every form in which somebody writes answers with this, before it checks anything else, when its thing is closed.
    """
    if request.method == "POST" and (words_of(form) or _files()):
        return not_saved(f"What you sent was not saved. {why}", page, page_words, form)
    not_done(why)
    return redirect(page)


def words_of(form: Iterable[Field]) -> Words:
    """What somebody answered in a form, in its own words: without ids, versions and what was left empty."""
    return [(label, words) for label, field in _boxes(form) if (words := " ".join(_said(field)).strip())]


def _boxes(form: Iterable[Field], about: str = "") -> Iterator[tuple[str, Field]]:
    """Each box with its label; one of many things begins with the name of its thing."""
    for field in form:
        label = f"{about}: {field.label.text}" if about else field.label.text
        if isinstance(field, FieldList):
            yield from _boxes(field)
        elif isinstance(field, FormField):
            yield from _boxes(field, field.label.text)
        else:
            yield label, field


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
