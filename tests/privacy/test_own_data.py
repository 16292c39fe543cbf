"""Everything held about oneself: all of one's own canaries in both files, and none of anybody else's."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import String, Text, select

from portal.accounts.models import MailedLink, Person
from portal.audit.models import AuditLine
from portal.capabilities import GATHERED
from portal.core.events import every_event
from portal.infra.database import Model, db
from portal.infra.sealed import Sealed
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Note
from portal.privacy import export
from portal.privacy.labels import WORDS
from portal.retention.actions import place_hold
from portal.retention.queries import points_to_people
from tests.cast import NOW, Cast, anywhere
from tests.cast_support import PRIVATE, SHARED
from tests.visitor import text_of

FIXED = {"status", "role", "template", "purpose", "key", "capacity", "emails_wanted", "message_id", "table", "event"}
FIXED |= {
    "coming",
    "care",
    "travel",
    "attended",
    "kind",
    "left_because",
    "category",
    "what",
    "prefix",
    "to_agree",
    "place",
    "who",
    "way",
    "spoke",
    "understood",
    "explained",
}


def put_canaries(person_id: UUID, canary: str) -> list[str]:
    """Write a canary of its own into every free text of every row that belongs to a person; those written."""
    written = []
    for mapper in Model.registry.mappers:
        model: Any = mapper.class_
        columns = [c for c in model.__table__.columns if points_to_people(c) or (model is Person and c.key == "id")]
        if not columns:
            continue
        of_person = select(model).where(columns[0] == person_id).order_by(*model.__table__.primary_key)
        for row in db.session.scalars(anywhere(of_person)).unique():
            written += _fill(model, row, canary)
    return written


def _fill(model: Any, row: Any, canary: str) -> list[str]:
    written, secret = [], GATHERED.rule_of[model.__tablename__].secret
    sealed = {one.column.column: name for name, one in vars(model).items() if isinstance(one, Sealed)}
    for column in model.__table__.columns:
        if not isinstance(column.type, String | Text) or column.key in FIXED or column.key in secret:
            continue
        word = f"{canary}{len(written)}{column.key.replace('_', '')[:8]}"
        if column.key == "email":
            word = f"{word}@x.test".lower()
        setattr(row, sealed.get(column.key, column.key), word)
        written.append(word)
    return written


@pytest.fixture
def filled(app: Flask, cast: Cast, rolled_back: Any) -> dict[str, list[str]]:
    """Canaries by person: of the rep of Northfirth, and of the clerk and the depute, whose rows lie beside theirs."""
    with app.app_context(), unit_of_work():
        people = {name: cast.northfirth.people[name] for name in ("rep", "clerk", "depute")}
        for person_id in people.values():
            _leave_traces(cast, person_id)
        db.session.flush()
        return {name: put_canaries(person_id, f"OWN{name.upper()}") for name, person_id in people.items()}


def _leave_traces(cast: Cast, person_id: UUID) -> None:
    things = cast.northfirth.things
    of = {"board_id": cast.northfirth.id, "group_id": things["group_id"], "meeting_id": things["meeting_id"]}
    note = Note(**of, paper_id=things["paper_id"], person_id=person_id, changed_at=NOW)
    note.text = "to be filled"
    link = MailedLink(person_id=person_id, purpose="new-email", created_at=NOW, fingerprint="x")
    db.session.add_all([note, link])
    place_hold(cast.northfirth.id, person_id, "to be filled", person_id)


@pytest.mark.parametrize("ending", ["json", "pdf"])
def test_ones_own_canaries_are_all_there_and_no_others(visit: Any, filled: dict[str, list[str]], ending: str) -> None:
    response = visit("northfirth.rep").client.get(f"/account/data.{ending}")
    assert response.status_code == 200
    text = response.text if ending == "json" else _text_of_pdf(response.data)
    own = filled["rep"]
    assert len(own) >= 10
    missing = [word for word in own if word not in text]
    assert not missing
    others = [word for name in ("clerk", "depute") for word in filled[name] if word in text]
    assert not others


def _text_of_pdf(content: bytes) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return "".join(page.get_textpage().get_text_bounded() for page in pages).replace("\r\n", "").replace("\ufffe", "")


def test_what_is_secret_stays_so_even_for_its_owner(visit: Any, app: Flask, cast: Cast) -> None:
    text = visit("northfirth.rep").client.get("/account/data.json").text
    with app.app_context():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        assert person.password_hash
        assert person.password_hash not in text
    assert "fingerprint" not in text


def test_the_file_names_things_and_tells_what_one_did(visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    rep.client.get(f"/papers/{things['paper_id']}/file")
    held = json.loads(rep.client.get("/account/data.json").text)
    [seat] = held["Seats you held, and why you left one"]
    assert seat["board"] == "Northfirth"
    assert seat["seat"] == "CANARYNORTH Seat"
    trail = next(rows for what, rows in held.items() if "audit trail" in what)
    assert "PaperDownloaded" in {line["event"] for line in trail}
    assert "RepAppointed" in {line["event"] for line in trail}


def test_the_file_to_print_says_what_happened_in_the_sentences_of_the_trail(visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    rep.client.get(f"/papers/{things['paper_id']}/file")
    text = _text_of_pdf(rep.client.get("/account/data.pdf").data)
    assert "Downloaded a paper" in text
    assert "Appointed a carer rep" in text
    kinds = [one.__name__ for one in every_event() if one.__module__.startswith("portal.")]
    assert not [name for name in kinds if name in text], "what a program calls it tells nobody anything"


def test_it_is_asked_for_with_a_fresh_password_and_stands_in_the_trail(visit: Any, app: Flask, at: Any) -> None:
    rep = visit("northfirth.rep")
    assert "Everything we hold about you" in text_of(rep.get("/account/data"))
    rep.client.get("/account/data.json")
    with app.app_context():
        lines = select(AuditLine).where(AuditLine.event == "DataDownloaded")
        assert len(db.session.scalars(anywhere(lines)).all()) == 1
    at(NOW + timedelta(minutes=16))
    for path in ("/account/data", "/account/data.json", "/account/data.pdf"):
        assert rep.client.get(path).headers["Location"].startswith("/account/prove?next=")


def test_the_paper_copy_is_readable(visit: Any) -> None:
    text = _text_of_pdf(visit("northfirth.rep").client.get("/account/data.pdf").data)
    assert text.startswith("What is held about CANARYNORTH Rep")
    assert "Seat: CANARYNORTH Seat" in text


def held_by(visit: Any, who: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(visit(f"northfirth.{who}").client.get("/account/data.json").text)
    return held


def trail_of(held: dict[str, Any]) -> list[dict[str, Any]]:
    [lines] = [rows for what, rows in held.items() if "audit trail" in what]
    return list(lines)


@pytest.mark.parametrize(("writer", "other"), [("mentor", "rep"), ("rep", "mentor")])
def test_neither_of_a_pair_can_count_what_the_other_keeps_alone(
    visit: Any, cast: Cast, rolled_back: Any, writer: str, other: str
) -> None:
    before = held_by(visit, other)
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    for for_whom in ("mine", "mine", "both"):
        visit(f"northfirth.{writer}").post(f"{path}/notes/{for_whom}", {"text": f"ONLY{for_whom.upper()}"})
    visit(f"northfirth.{writer}").post(f"/mentoring/notes/{cast.northfirth.things['note_id']}/remove")
    after = held_by(visit, other)
    new = Counter(line["event"] for line in trail_of(after)) - Counter(line["event"] for line in trail_of(before))
    assert not set(new) - {"SignedIn", "DataDownloaded"}
    assert "ONLYMINE" not in json.dumps(after)
    assert "ONLYBOTH" in json.dumps(after), "what both may read belongs in both copies"


def test_a_note_for_oneself_leaves_no_line_in_the_trail(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    path = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    notes = select(AuditLine.id).where(AuditLine.event.in_(("NoteKept", "NoteRemoved"))).order_by(AuditLine.id)
    with app.app_context():
        before = db.session.scalars(anywhere(notes)).all()
    rep = visit("northfirth.rep")
    rep.post(f"{path}/notes/mine", {"text": "For me"})
    rep.post(f"/mentoring/notes/{cast.northfirth.things['note_id']}/remove")
    with app.app_context():
        assert db.session.scalars(anywhere(notes)).all() == before
    rep.post(f"{path}/notes/both", {"text": "For us"})
    with app.app_context():
        assert len(db.session.scalars(anywhere(notes)).all()) == len(before) + 1


@pytest.mark.parametrize("name", ["NoteKept", "NoteRemoved", "PulseAnswered", "PairAnswered"])
def test_a_line_of_the_trail_that_is_anothers_affair_is_read_by_them_alone(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, name: str
) -> None:
    """Also one of years ago, and by an administrator who is one of the pair."""
    people, board_id = cast.northfirth.people, cast.northfirth.id
    with app.app_context(), unit_of_work():
        facts = {"pair_id": str(board_id), "person_id": str(people["admin"]), "mentor_id": str(people["rep"])}
        line = {"board_id": board_id, "chain_id": board_id, "event": name, "facts": facts}
        db.session.add(AuditLine(**line, happened_at=NOW, actor_id=people["rep"]))
    assert name in {line["event"] for line in trail_of(held_by(visit, "rep"))}
    assert name not in {line["event"] for line in trail_of(held_by(visit, "admin"))}
    read = visit("northfirth.admin").client.get("/boards/northfirth/audit.csv").text
    assert "CANARYNORTH Rep; CANARYNORTH Admin" not in read
    assert "CANARYNORTH Admin; CANARYNORTH Rep" not in read


@pytest.mark.parametrize("who", ["rep", "mentor", "depute", "officer", "approver"])
def test_nobody_elses_id_stands_in_ones_own_data(visit: Any, cast: Cast, who: str) -> None:
    text = visit(f"northfirth.{who}").client.get("/account/data.json").text
    rows = [row for rows in json.loads(text).values() for row in rows]
    own = cast.northfirth.people[who]
    others = {str(one) for one in cast.northfirth.people.values() if one != own}
    assert not [row for row in rows if others & set(map(str, _values(row)))]
    if who == "rep":
        assert "someone else" in text


def _values(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [found for one in (value.values() if isinstance(value, dict) else value) for found in _values(one)]
    return [value]


@pytest.mark.parametrize("who", ["rep", "mentor"])
def test_a_session_is_in_the_copy_of_both_whoever_recorded_it(visit: Any, who: str) -> None:
    held = held_by(visit, who)
    assert "CANARYNORTH next step" in json.dumps(held)
    assert SHARED in json.dumps(held)
    assert (PRIVATE in json.dumps(held)) == (who == "rep")


@pytest.mark.parametrize("who", ["officer", "approver", "clerk"])
def test_what_people_wrote_to_the_staff_is_in_no_copy_of_the_staffs_data(
    app: Flask, visit: Any, cast: Cast, filled: dict[str, list[str]], who: str
) -> None:
    text = visit(f"northfirth.{who}").client.get("/account/data.json").text
    assert not [word for word in filled["rep"] if word in text]


def test_everything_kept_about_somebody_has_words_on_paper(app: Flask) -> None:
    """No label is the name of a column: give a new one words in portal/privacy/labels.py."""
    with app.app_context():
        for rule in GATHERED.retention:
            sealed = {one.column.column: name for name, one in vars(rule.model).items() if isinstance(one, Sealed)}
            keys = [one.key for one in rule.model.__table__.columns if one.key not in rule.secret]
            shown = {sealed.get(key, key) for key in keys}
            if export._whose(rule) or rule.also:
                assert shown - set(WORDS) == set(), rule.what
