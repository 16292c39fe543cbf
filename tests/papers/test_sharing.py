"""Sharing notes with a depute: a restricted paper is marked, and what that asks of both is said."""

from __future__ import annotations

from typing import Any

import lxml.html
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.access.roles import Viewer
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.papers.models import Note, Paper
from portal.papers.reading import actions as reading
from tests.cast import Cast
from tests.papers.test_pages import BECAUSE
from tests.security.sent_as_shown import forms_of
from tests.visitor import text_of

DUTY = f"{BECAUSE} Do not share its papers, or talk about them, with anyone who is not allowed to see them."
TELLS = "If you share a note on a restricted paper, your depute must keep it private too."


def note_on(app: Flask, cast: Cast, thing: str, is_shared: bool = False) -> str:
    things, rep = cast.northfirth.things, Viewer(cast.northfirth.people["rep"])
    with app.app_context(), unit_of_work():
        reading.keep_note(rep, db.session.get_one(Paper, things[thing]), "NOTEWORDS")
        db.session.flush()
        note: Any = db.session.scalars(
            select(Note.id).where(Note.person_id == rep.id, Note.paper_id == things[thing])
        ).one()
        if is_shared:
            reading.hand_over(rep, meeting_by_id(things["meeting_id"]), [note])
    return str(note)


def label_and_hint(page: Any, note: str) -> tuple[str, str]:
    """What is said of one note's box: beside it, and below."""
    tree = lxml.html.fromstring(page.text)
    box = tree.get_element_by_id(tree.xpath(f"//input[@value='{note}']/@id")[0])
    said = tree.xpath(f"//label[@for='{box.get('id')}']")[0].text_content()
    hints = [tree.get_element_by_id(one).text_content() for one in (box.get("aria-describedby") or "").split()]
    return " ".join(said.split()), " ".join(" ".join(hints).split())


def test_whoever_shares_a_note_sees_which_papers_are_restricted(app: Flask, visit: Any, cast: Cast) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{cast.northfirth.things['meeting_id']}/hand-over"
    open_to_all = note_on(app, cast, "paper_id")
    page = rep.get(path)
    assert TELLS not in text_of(page)
    assert label_and_hint(page, open_to_all)[0].endswith("Budget")
    secret = note_on(app, cast, "secret_paper_id")
    page = rep.get(path)
    assert TELLS in text_of(page)
    assert label_and_hint(page, secret) == ("Contract Restricted", DUTY)
    assert "Restricted" not in " ".join(label_and_hint(page, open_to_all))
    assert rep.post(path, {"notes": [secret]}).status_code == 302


def test_the_depute_sees_it_of_what_is_shared_with_them(app: Flask, visit: Any, cast: Cast) -> None:
    depute, path = visit("northfirth.depute"), f"/meetings/{cast.northfirth.things['meeting_id']}"
    note_on(app, cast, "paper_id", is_shared=True)
    shared, restricted = "CANARYNORTH Rep has shared notes with you on: ", "Contract Restricted"
    assert f"{shared}Budget" in text_of(depute.get("/"))
    assert "Restricted" not in text_of(depute.get("/"))
    note_on(app, cast, "secret_paper_id", is_shared=True)
    for page in ("/", path):
        assert f"{shared}{restricted} {DUTY}" in text_of(depute.get(page)), page


def test_a_title_is_shown_as_it_was_typed(app: Flask, visit: Any, cast: Cast) -> None:
    note_on(app, cast, "secret_paper_id")
    with app.app_context(), unit_of_work():
        db.session.get_one(Paper, cast.northfirth.things["secret_paper_id"]).title = "<b>Care</b> & cost"
    page = visit("northfirth.rep").get(f"/meetings/{cast.northfirth.things['meeting_id']}/hand-over")
    assert "<b>Care</b> & cost" in text_of(page)
    assert not lxml.html.fromstring(page.text).xpath("//label//b")


def test_a_page_left_open_shares_no_note_again(app: Flask, visit: Any, cast: Cast) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{cast.northfirth.things['meeting_id']}/hand-over"
    first, second = note_on(app, cast, "paper_id"), note_on(app, cast, "secret_paper_id")
    rep.post(path, {"notes": [first]})
    old = next(form for form in forms_of(path, rep) if form.path == path)
    rep.post(path, {})
    late = rep.client.post(path, data=MultiDict([*old.fields, ("notes", second)]))
    assert "Which notes can they read: nothing ticked" in text_of(late)
    assert not [box for name, box in forms_of(path, rep)[0].fields if name == "notes"], "nothing is shared"
