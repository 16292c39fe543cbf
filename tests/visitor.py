"""A person with a browser, for page tests. Each page they open is held to the style of the whole portal."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import lxml.html
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.models import Person, SignedInSession
from portal.accounts.queries import key_of
from portal.core import clock
from portal.infra.database import db, will_write
from tests.page_rules import attributes_twice, problems_of


def hidden_boxes(page: TestResponse) -> dict[str, str]:
    """What a page puts into its form itself, but for the token; of boxes with one name the first."""
    boxes = lxml.html.fromstring(page.text).xpath("//main//input[@type='hidden'][@name!='csrf_token']")
    return {box.get("name"): box.get("value") or "" for box in reversed(boxes)}


class Visitor:
    """Somebody signed in (or a stranger): opens pages, sends forms, and checks every page on the way."""

    def __init__(self, app: Flask, person_id: UUID | None = None) -> None:
        self.app = app
        self.client = app.test_client()
        self.token = ""
        if person_id:
            self.sign_in(person_id)

    def sign_in(self, person_id: UUID) -> None:
        secret = secrets.token_hex(8)
        moment = clock.now()
        with self.app.app_context():
            will_write.set(True)
            row = {"person_id": person_id, "began_at": moment, "seen_at": moment, "proved_at": moment}
            row["factor_at"] = moment if db.session.get_one(Person, person_id).has_factor else None
            db.session.add(SignedInSession(key=key_of(secret), **row))
            db.session.commit()
        with self.client.session_transaction() as session:
            session["_user_id"] = secret

    def get(self, path: str, **options: Any) -> TestResponse:
        response = self.client.get(path, **options)
        check_page(response)
        return response

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form with the token of this browser's session."""
        body = {"csrf_token": self.csrf_token(), **(data or {})}
        response = self.client.post(path, data=body, **options)
        check_page(response)
        return response

    @contextmanager
    def as_it_is(self) -> Iterator[None]:
        """Whatever happens inside, this browser holds the same cookies afterwards."""
        cookies = dict(self.client._cookies)
        yield
        self.client._cookies = cookies

    def csrf_token(self) -> str:
        if not self.token:
            page = self.client.get("/help").text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            page = page if found else self.client.get("/sign-in", follow_redirects=True).text
            self.token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)[1]
        return self.token


def text_of(response: TestResponse) -> str:
    """The words of a page in one line."""
    return " ".join(lxml.html.fromstring(response.text).text_content().split())


def check_page(response: TestResponse) -> None:
    """What holds for each HTML page: one h1, a title made from it, labels, no id twice, no trace of a fault."""
    if response.mimetype != "text/html" or not response.text or response.status_code in (301, 302, 303, 307, 308):
        return
    page = lxml.html.fromstring(response.text)
    headings = page.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1 on the page"
    heading = " ".join(headings[0].text_content().split())
    title = " ".join(page.xpath("//title")[0].text_content().split())
    assert title.removeprefix("Error: ") == f"{heading} – Carer Rep Portal"
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
        assert named, f"no label for {control.get('name')}"
    for form in page.xpath("//form[@method='post']"):
        assert form.get("autocomplete") == "off", "or a browser fills it again, for whoever is signed in by then"
    problems = [*problems_of(page), *attributes_twice(response.text)]
    assert not problems, problems
    assert "Traceback" not in response.text
    if response.status_code < 400:
        assert not page.xpath("//*[@style]"), "inline style, which the content policy forbids"
