"""Every box of every form in which people write freely, found from the forms themselves."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import wtforms
from wtforms import HiddenField, PasswordField, StringField
from wtforms.fields.core import UnboundField

import portal
from portal.infra.fields.checks import AtMost

FREE = 100  # so many letters or more may hold a sentence about somebody


def free_boxes() -> dict[str, str]:
    """The boxes by where they are, like 'papers.reading.NoteForm.text', each with the label that people read."""
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        importlib.import_module(module.name)
    return {_where(form, name): _label(box) for form in _forms(wtforms.Form) for name, box in _boxes(form)}


def _forms(form: type[wtforms.Form]) -> Iterator[type[wtforms.Form]]:
    for one in form.__subclasses__():
        if one.__module__.startswith("portal."):
            yield one
        yield from _forms(one)


def _boxes(form: type[wtforms.Form]) -> Iterator[tuple[str, UnboundField]]:
    """Those that a form has itself; what it has from another stands with that one."""
    for name, found in vars(form).items():
        if isinstance(found, UnboundField) and is_free(box := _inside(found)):
            yield name, box


def _inside(box: UnboundField) -> UnboundField:
    """What is asked of each of many things."""
    return _inside(box.args[0]) if box.args and isinstance(box.args[0], UnboundField) else box


def is_free(box: UnboundField) -> bool:
    kind = box.field_class
    if not issubclass(kind, StringField) or issubclass(kind, HiddenField | PasswordField):
        return False
    checks = [*box.kwargs.get("validators", ()), *(box.args[1] if len(box.args) > 1 else ())]
    return not checks or any(isinstance(check, AtMost) and check.max >= FREE for check in checks)


def _where(form: type[wtforms.Form], name: str) -> str:
    module = form.__module__.removeprefix("portal.").removesuffix(".forms")
    return f"{module}.{form.__name__}.{name}"


def _label(box: UnboundField) -> Any:  # a label of WTForms is text
    return box.args[0] if box.args else box.kwargs.get("label", "")
