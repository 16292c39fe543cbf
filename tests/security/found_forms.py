"""Every form of the portal, found from the routes: who may send it, and the fields that the page shows for it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from flask import Flask

from portal.access.decide import can
from portal.accounts import rules
from portal.accounts.models import MailedLink, Person, SignedInSession
from portal.accounts.queries import fingerprint_of, key_of, person_by_email
from portal.check_in.actions import check_in_of
from portal.infra.database import db
from portal.infra.guard import guard_of
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.meetings.queries import meeting_by_id
from portal.notifications.rules import UNSUBSCRIBE, mark_of_address
from portal.role_profiles.letters.rules import LETTER, ONLY_ONE
from tests.architecture.matrix import path_of, viewer_of
from tests.cast import HALF_WAY, NOW, Cast, person
from tests.visitor import Visitor

SENDERS = (
    *(f"northfirth.{role}" for role in ("clerk", "admin", "officer", "rep", "depute", "approver")),
    "coordinator",
)
FROM_ANOTHER_PAGE = {  # fields that only the answer to another form shows
    "boards.confirm_import": {"rows": "[]"},
    "demonstration": {},
}


@dataclass
class FoundForm:
    """One form: where it goes, who may send it, and its fields with the values that the page gives them."""

    endpoint: str
    rule: str
    guard: str
    sender: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    lists: set[str] = field(default_factory=set)  # the fields that offer something to choose from


def forms(app: Flask, cast: Cast) -> Iterator[FoundForm]:
    """One for each route that takes a POST."""
    askers = askers_of(app, cast)
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "POST" in (rule.methods or ()):
            guard = guard_of(app, rule.endpoint)
            yield FoundForm(rule.endpoint, rule.rule, guard, sender_of(askers, cast, guard))


def askers_of(app: Flask, cast: Cast) -> dict[str, Any]:
    return {name: viewer_of(app, cast, name) for name in SENDERS}


def sender_of(askers: dict[str, Any], cast: Cast, guard: str) -> str:
    """The first whom a door lets in; nobody where nobody is signed in."""
    if guard in ("public", "awaiting second factor") or guard.startswith("link "):
        return ""
    north = cast.northfirth
    of_group = {"board_id": north.id, "group_id": north.things["group_id"]}
    rows = [type("OfBoard", (), {**of_group, "person_id": north.people[role]})() for role in ("depute", "rep", "clerk")]
    found = (name for row in rows for name in SENDERS if guard == "account:own" or can(askers[name], guard, row))
    return next(found)


class Senders:
    """Browsers in the state that a form needs: signed in, half-way there, or holding a mailed link."""

    def __init__(self, app: Flask, cast: Cast, visit: Any) -> None:
        self.app, self.cast, self.visit = app, cast, visit

    def of(self, form: FoundForm) -> Visitor:
        visitor: Visitor = self.visit(form.sender)
        if form.guard == "awaiting second factor":
            self._awaiting_second_factor(visitor, with_factor=form.endpoint.endswith("sign_in_code"))
        return visitor

    def _awaiting_second_factor(self, visitor: Visitor, with_factor: bool) -> None:
        visitor.csrf_token()
        secret, moments = secrets.token_hex(8), {"began_at": NOW, "seen_at": NOW, "proved_at": NOW}
        with self.app.app_context(), unit_of_work():
            someone = person_by_email(HALF_WAY) or person(HALF_WAY, "Hal Way")
            someone.sealed_totp = None
            if with_factor:
                someone.totp = "JBSWY3DPEHPK3PXP" * 2
            db.session.add(SignedInSession(key=key_of(secret), person_id=someone.id, **moments))
        with visitor.client.session_transaction() as session:
            session["_user_id"] = secret

    def path(self, form: FoundForm) -> str:
        path = path_of(form.rule, self.cast.northfirth)
        if form.guard.startswith("link "):
            path = path.replace("<token>", self._token(form.guard.removeprefix("link ")))
        return path

    def _token(self, purpose: str) -> str:
        if purpose == "check-in":
            return self._token_of_check_in()
        if purpose == LETTER:
            return self._token_of_letter()
        if purpose == UNSUBSCRIBE:
            return self._token_of_address()
        with self.app.app_context(), unit_of_work():
            rep = db.session.get_one(Person, self.cast.northfirth.people["rep"])
            mark = fingerprint_of(rep)
            link = MailedLink(person_id=rep.id, purpose=purpose, created_at=NOW, fingerprint=mark)
            link.new_email = "new@new.test" if purpose == rules.NEW_EMAIL else None
            db.session.add(link)
            db.session.flush()
            return token_for(purpose, link.id, mark)

    def _token_of_letter(self) -> str:
        with self.app.app_context():
            return token_for(LETTER, self.cast.northfirth.things["letter_id"], ONLY_ONE)

    def _token_of_check_in(self) -> str:
        with self.app.app_context(), unit_of_work():
            meeting = meeting_by_id(self.cast.northfirth.things["meeting_id"])
            one = check_in_of(meeting, self.cast.northfirth.people["rep"])
            return token_for("check-in", one.id, str(one.generation))

    def _token_of_address(self) -> str:
        with self.app.app_context():
            rep = db.session.get_one(Person, self.cast.northfirth.people["rep"])
            return token_for(UNSUBSCRIBE, rep.id, mark_of_address(rep.email))

    def look(self, form: FoundForm) -> FoundForm:
        """Fill in the fields that its own page shows; a form without a page of its own has what others give it."""
        form.fields |= FROM_ANOTHER_PAGE.get(form.endpoint, {})
        page = self.of(form).client.get(self.path(form))
        if page.status_code == 200 and page.mimetype == "text/html":
            for control in lxml.html.fromstring(page.text).xpath("//main//*[@name]"):
                _note_control(form, control)
        return form


def _note_control(form: FoundForm, control: Any) -> None:
    name, kind = control.get("name"), control.get("type", "")
    if name == "csrf_token":
        return
    if control.tag == "select" or kind == "radio":
        form.lists.add(name)
    if kind == "file":
        form.files.append(name)
    elif control.tag == "select":
        chosen = control.xpath(".//option[@selected]/@value") or control.xpath(".//option/@value")
        form.fields[name] = str(chosen[0]) if chosen else ""
    else:
        form.fields[name] = control.get("value", control.text or "")
