"""Every field of every form that any module of the portal declares."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from werkzeug.datastructures import MultiDict

import portal
from portal.infra import forms

FormKind = type[forms.Form]


def every_form(base: FormKind = forms.Form) -> Iterator[FormKind]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def every_field(is_meant: Callable[[Any], bool] = lambda _: True) -> list[tuple[FormKind, str]]:
    """(form, field) of every field that a form of the portal declares."""
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if module.name.endswith("forms"):
            importlib.import_module(module.name)
    found = {
        (form, name)
        for form in every_form()
        if form.__module__.startswith("portal.")
        for name in dir(form)
        if hasattr(getattr(form, name), "field_class") and is_meant(getattr(form, name))
    }
    return sorted(found, key=lambda one: (one[0].__module__, one[0].__name__, one[1]))


def of_kind(kind: type) -> list[tuple[FormKind, str]]:
    return every_field(lambda declared: issubclass(declared.field_class, kind))


def has_check(name: str) -> list[tuple[FormKind, str]]:
    """Those with a validator of this name."""

    def is_meant(declared: Any) -> bool:
        checks = [*declared.args[1:2], declared.kwargs.get("validators") or []]
        return any(getattr(check, "__name__", "") == name for found in checks for check in found)

    return every_field(is_meant)


def called(found: Iterable[tuple[FormKind, str]]) -> list[str]:
    return [f"{form.__module__.split('.')[1]}.{form.__name__}.{name}" for form, name in found]


def filled(form: FormKind, name: str, *typed: str) -> Any:
    return form(MultiDict([(name, part) for part in typed]), meta={"csrf": False})
