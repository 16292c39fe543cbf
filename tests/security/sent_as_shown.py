"""Forms as a page shows them, sent as a browser sends them when nobody touched a box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
from flask import Flask
from werkzeug.test import TestResponse

from portal.infra.guard import guard_of
from tests.architecture.matrix import path_of
from tests.cast import Cast
from tests.security.found_forms import SENDERS, Senders, askers_of, forms, sender_of
from tests.visitor import Visitor

SENT_BY_ANYONE = (*SENDERS, "northfirth.mentor")
FOR_WORDS = ("text", "email", "url", "tel", "number")
NOT_TYPED = ("hidden", "file", "password", "submit")


@dataclass
class ShownForm:
    """A form on a page: where the page is, where it is sent, by whom, and what it holds."""

    page: str
    path: str
    visitor: Visitor
    fields: list[tuple[str, str]]
    is_filled: bool  # in a box or choice that people see
    typed: tuple[str, ...] = ()  # the names of its boxes for words

    def again(self) -> list[tuple[str, str]]:
        """The same fields as the page shows them now; an id made with the page and the version are its own."""
        found = forms_of(self.page, self.visitor)
        fields = next((form.fields for form in found if form.path == self.path), [])
        return [(name, value) for name, value in fields if name not in ("once", "version", "csrf_token")]


def forms_of(page: str, visitor: Visitor) -> list[ShownForm]:
    return forms_in(visitor.client.get(page), page, visitor)


def forms_in(answer: TestResponse, page: str, visitor: Visitor) -> list[ShownForm]:
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    found = lxml.html.fromstring(answer.text).xpath("//main//form[@method='post']")
    return [
        ShownForm(
            page,
            _address(form) or page,
            visitor,
            list(_sent(form)),
            any(map(_is_filled, _controls(form))),
            tuple(_typed(form)),
        )
        for form in found
    ]


def _address(form: Any) -> str:
    """Where it is sent: by itself, or by the first of its buttons that says where."""
    buttons = form.xpath(".//button[@formaction] | //button[@formaction][@form = $id]", id=form.get("id") or "none")
    return str(form.get("action") or next((one.get("formaction") for one in buttons), ""))


def _typed(form: Any) -> Iterator[str]:
    """Boxes of one line or several, but for the three of a day."""
    names = [one.get("name") for one in _controls(form)]
    for one in _controls(form):
        is_for_words = one.tag == "textarea" or (one.tag == "input" and one.get("type", "text") in FOR_WORDS)
        if is_for_words and names.count(one.get("name")) == 1:
            yield one.get("name")


def _controls(form: Any) -> list[Any]:
    """Those inside it, and those elsewhere that name it as theirs."""
    return list(form.xpath(".//*[@name][not(@form)] | //*[@name][@form = $id]", id=form.get("id") or "none"))


def _sent(form: Any) -> Iterator[tuple[str, str]]:
    for one in _controls(form):
        kind = one.get("type", "")
        if one.tag == "select":
            chosen = one.xpath(".//option[@selected]") or one.xpath(".//option")
            yield from ((one.get("name"), option.get("value", option.text)) for option in chosen[:1])
        elif one.tag == "textarea":
            yield one.get("name"), (one.text or "").removeprefix("\n")
        elif kind in ("radio", "checkbox"):
            if one.get("checked") is not None:
                yield one.get("name"), one.get("value", "on")
        elif one.tag == "input" and kind not in ("file", "submit"):
            yield one.get("name"), one.get("value", "")


def _is_filled(one: Any) -> bool:
    if one.tag == "input" and one.get("type", "") in NOT_TYPED:
        return False
    if one.get("type") in ("radio", "checkbox"):
        return one.get("checked") is not None
    return bool(one.get("value") or one.xpath(".//option[@selected]") or (one.tag == "textarea" and one.text))


def filled_forms(app: Flask, cast: Cast, visit: Any) -> Iterator[tuple[str, ShownForm]]:
    """(endpoint it is sent to, form) of every form with something in it, on each page that a route opens."""
    senders, adapter = Senders(app, cast, visit), app.url_map.bind("localhost")
    visitors = {name: visit(name) for name in SENT_BY_ANYONE}
    for page, names in sorted(_pages(app, cast, senders)):
        for form in next(filter(None, (_filled(page, visitors[name]) for name in names)), []):
            endpoint, _ = adapter.match(form.path.partition("?")[0], method="POST")
            yield endpoint, form


def _filled(page: str, visitor: Visitor) -> list[ShownForm]:
    return [form for form in forms_of(page, visitor) if form.is_filled]


def _pages(app: Flask, cast: Cast, senders: Senders) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Addresses, and who may see a form there: anyone where it is sent to, else the first let in, or a rep."""
    sent_to, askers = list(forms(app, cast)), askers_of(app, cast)
    yield from ((senders.path(form), SENT_BY_ANYONE) for form in sent_to)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "<token>" not in rule.rule and rule.endpoint != "static":
            guard = guard_of(app, rule.endpoint)
            if rule.endpoint not in {form.endpoint for form in sent_to}:
                yield (
                    path_of(rule.rule, cast.northfirth),
                    (sender_of(askers, cast, guard) or SENDERS[0], "northfirth.rep"),
                )
