"""What somebody writes about health leaves no trace: not in logs, emails, dumps, cookies, addresses or faults."""

from __future__ import annotations

import base64
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, select, update

from config import Config
from portal.accounts.models import SignedInSession
from portal.app import create_app
from portal.core import clock
from portal.infra import sealed
from portal.infra.database import Model, db
from portal.infra.keys import rotate, unopened
from portal.infra.sealed import Sealed
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import interrupted_form
from portal.notifications.mailer import send_next
from portal.papers.models import Note
from portal.scheduler.run import tick
from tests import databases
from tests.cast import NOW, PASSWORD, Cast, anywhere
from tests.visitor import Visitor

CANARY = "HEALTHCANARY she has had two strokes"
WORD = "HEALTHCANARY"


def key(name: str) -> str:
    return f"{name}:" + base64.b64encode(name.encode().ljust(32, b"k")[:32]).decode()


class House:
    """A portal with files of its own, so that everything it leaves behind can be searched."""

    def __init__(self, folder: Path, kind: str = "sqlite") -> None:
        self.folder = folder
        own = {"files_url": f"file://{folder}/files", "mailbox_folder": str(folder / "mailbox")}
        self.app, self.cast = databases.filled(kind, folder, field_keys=key("first"), **own)
        self.config: Config = self.app.config["PORTAL"]
        self.app.testing = False  # so that faults are handled and logged as they really are

    def left_behind(self) -> dict[str, bytes]:
        """Each file that the portal keeps, the database and its log included."""
        return {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def note_path(cast: Cast) -> str:
    return f"/papers/{cast.northfirth.things['paper_id']}/note"


def test_a_note_leaves_no_trace_anywhere(house: House, capfd: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    rep = Visitor(house.app, house.cast.northfirth.people["rep"])
    said = [rep.post(note_path(house.cast), {"text": CANARY})]
    with house.app.app_context():
        assert db.session.scalars(anywhere(select(Note))).one().text == CANARY
    assert WORD in rep.get(f"/papers/{house.cast.northfirth.things['paper_id']}").text
    _break_while_noting(rep, house.cast, monkeypatch)
    _lose_the_session_while_noting(house, rep)
    with house.app.app_context():
        clock.use(lambda: NOW + timedelta(days=1))
        tick()
        while send_next():
            pass
    assert house.folder.joinpath("mailbox").exists()
    found = [name for name, content in house.left_behind().items() if WORD.encode() in content]
    assert not found
    logged = capfd.readouterr()
    assert "fault" in logged.err, "nothing was logged, so nothing was searched"
    assert WORD not in logged.err + logged.out
    assert not [one for one in said if WORD in str(one.headers)]


def _break_while_noting(rep: Visitor, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in the middle of keeping the note: the words are in the local variables of every frame."""

    def broken(*words: Any) -> None:
        raise RuntimeError(f"could not keep {words}")

    with monkeypatch.context() as patch:
        patch.setattr("portal.papers.reading.actions.queries.note", broken)
        rep.app.config["PROPAGATE_EXCEPTIONS"] = False
        assert rep.post(note_path(cast), {"text": CANARY}).status_code == 500


def _lose_the_session_while_noting(house: House, rep: Visitor) -> None:
    """What was typed is kept on the server, and nobody can read it there; signed in again, its person is offered it."""
    token = rep.csrf_token()
    with house.app.app_context(), unit_of_work():
        db.session.execute(update(SignedInSession).values(ended_at=NOW))
    response = rep.client.post(note_path(house.cast), data={"csrf_token": token, "text": CANARY})
    assert response.headers["Location"] == "/sign-in?next=/carry-on"
    assert WORD not in str(response.headers)
    assert not [name for name, content in house.left_behind().items() if WORD.encode() in content]
    with rep.client.session_transaction() as session:
        assert interrupted_form.MARK in session
        assert WORD not in str(dict(session))
    rep.post("/sign-in", {"email": "rep@northfirth.test", "password": PASSWORD})
    assert WORD in rep.get("/carry-on").text


def test_words_that_are_left_behind_would_be_found(house: House) -> None:
    """The negative control: an unsealed note, a log line and a file are each seen."""
    with house.app.app_context(), unit_of_work():
        paper = house.cast.northfirth.things
        of = {"board_id": house.cast.northfirth.id, "group_id": paper["group_id"], "meeting_id": paper["meeting_id"]}
        rep = house.cast.northfirth.people["rep"]
        db.session.add(Note(**of, paper_id=paper["paper_id"], person_id=rep, sealed_text=CANARY, changed_at=NOW))
    assert [name for name, content in house.left_behind().items() if WORD.encode() in content]


PLAIN_TEXTS = {
    "agenda_items.chairs_ruling": "public: printed on the agenda",
    "agenda_items.title": "public: printed on the agenda",
    "standing_items.title": "what each agenda of a group has on it",
    "boards.contact": "an office",
    "boards.controller": "a body",
    "boards.controller_address": "an office",
    "boards.data_protection_contact": "an office",
    "boards.data_protection_email": "an address",
    "boards.privacy_notice": "an address on the web",
    "boards.councils": "places",
    "boards.name": "a body",
    "care_policies.words": "what a board publishes",
    "care_providers.contact": "an office: the form asks to write nothing about people",
    "care_providers.name": "a firm",
    "supplier_lines.name": "a firm",
    "corrections.about": "the day of a meeting, a session, a course or a claim's number",
    "corrections.judged_now": "figures of a board",
    "corrections.judged_was": "figures of a board",
    "corrections.now": "a day, a number or whether somebody came",
    "corrections.now_value": "the same as it is stored",
    "corrections.reason": "what everyone on the board reads beside a figure, or one of a list",
    "corrections.was": "a day, a number or whether somebody came",
    "corrections.was_value": "the same as it is stored",
    "sittings.reason": "what everyone concerned with a meeting is told",
    "courses.file_name": "a file's name",
    "courses.link": "an address",
    "courses.title": "what a course is called",
    "courses.why": "what a board or the coordinator publishes",
    "induction_steps.title": "what every new rep does",
    "mentors.offers": "what a mentor offers, read by the officers",
    "mentors.place": "a town or area",
    "support_meetings.link": "an address",
    "support_meetings.place": "a place",
    "training_sessions.link": "an address",
    "training_sessions.place": "a place",
    "training_sessions.title": "what a course is called",
    "awareness_sessions.others": "who gave training",
    "training_records.file_name": "the name of a certificate",
    "training_records.title": "what a course is called",
    "care_requests.title": "what a group or event is called",
    "emails.key": "ids",
    "emails.message_id": "an id",
    "emails.problem": "our own words about the mail server",
    "emails.to_address": "an address",
    "groups.name": "a body",
    "hits.key": "scrambled",
    "holds.reason": "the form asks for a number and no names",
    "mailed_links.new_email": "an address",
    "mailed_links.old_email": "an address",
    "meetings.link": "an address",
    "meetings.place": "a place",
    "meetings.reason": "why a meeting moved, told to everyone concerned",
    "nominations.email": "an address",
    "nominations.name": "a name",
    "nominations.reason": "an officer's word, read by the rep",
    "occasions.key": "ids",
    "page_texts.text": "what a board published",
    "page_texts.read_by_machine": "the same, as a machine read it",
    "paper_versions.file_name": "what a board published",
    "paper_versions.reason": "our own words about a file",
    "paper_versions.title_inside": "what a board published; emptied where it held personal data",
    "papers.author_post": "a post, not a person",
    "papers.recommendations": "what a board published",
    "papers.title": "what a board published",
    "people.email": "an address",
    "people.name": "a name",
    "people.password_hash": "a hash",
    "boards.complaints_email": "an address",
    "boards.finance_email": "an address",
    "boards.complaints_page": "an address",
    "boards.complaints_who": "an office",
    "proposed_reps.email": "an address",
    "proposed_reps.name": "a name",
    "profile_messages.email": "an address",
    "profile_messages.name": "a name",
    "public_profiles.about": "what a rep lets everyone read",
    "role_descriptions.contact": "an office",
    "role_descriptions.gives": "likewise",
    "role_descriptions.governance": "likewise",
    "role_descriptions.outside": "likewise",
    "role_descriptions.purpose": "what a board published",
    "role_descriptions.representing": "likewise",
    "role_models.gives": "likewise",
    "role_models.governance": "likewise",
    "role_models.outside": "likewise",
    "role_models.purpose": "what a body published",
    "role_models.reason": "why a version of the national model was published, which boards read",
    "role_models.representing": "likewise",
    "claim_lines.declined_because": "an approver's word, read by the rep",
    "claim_lines.no_receipt_because": "why a receipt is missing",
    "claim_lines.rule": "our own words about a price",
    "claim_questions.question": "an approver's question, read by the rep",
    "claims.title": "a group, or what an event was called",
    "expense_policies.decided_by": "an office",
    "expense_policies.not_covered": "what a board published",
    "policy_terms.examples": "what a board published",
    "passkeys.credential_id": "random letters of a phone or computer",
    "receipts.file_name": "a file's name, without the picture",
    "recovery_codes.key": "the hash of a code",
    "seats.title": "a place on a body",
    "withdrawals.words": "a clerk's word to everyone who could read a paper; none where it held personal data",
}


def test_every_longer_text_is_sealed_or_on_the_list_of_harmless_ones() -> None:
    """A new column in which people write freely is sealed, or somebody has thought about it and says why not."""
    sealed_columns = {f"{one.model.__tablename__}.{one.column}" for one in Sealed.columns}
    long = {
        f"{table.name}.{column.key}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text) or (isinstance(column.type, String) and (column.type.length or 0) >= 200)
    }
    assert long - sealed_columns == set(PLAIN_TEXTS)


@pytest.mark.slow
def test_keys_rotate_while_people_write(tmp_path: Path, dialect: str) -> None:
    """Two keys, four people writing and reading, and a rotation beside them: no note is lost, torn or left behind."""
    house = House(tmp_path, dialect)
    both = replace(house.config, field_keys=f"{key('second')},{key('first')}")
    newer = create_app(both)
    people = [house.cast.northfirth.people["rep"], house.cast.northfirth.people["depute"]]
    people += [house.cast.southmoor.people["rep"], house.cast.southmoor.people["depute"]]
    for number, person_id in enumerate(people):
        _write(house, newer, person_id, f"at first {number}")
    stop, errors, last = threading.Event(), [], {}

    def keep_writing(number: int) -> None:
        try:
            for turn in range(1000):
                last[number] = f"person {number}, turn {turn}"
                _write(house, newer, people[number], last[number])
                assert _read(house, newer, people[number]) == last[number]
                if stop.is_set():
                    return
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=keep_writing, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    with newer.app_context():
        for _ in range(5):
            list(rotate())
    stop.set()
    for thread in threads:
        thread.join(timeout=60)
    assert not errors
    with newer.app_context():
        list(rotate())
        assert not list(unopened())
    only_new = create_app(replace(house.config, field_keys=key("second")))
    for number, person_id in enumerate(people):
        assert _read(house, only_new, person_id) == last[number]
    with only_new.app_context():
        for note in db.session.scalars(anywhere(select(Note).order_by(Note.id))):
            assert note.sealed_text.startswith("second:")
        assert sealed.keys_of(only_new.config["PORTAL"]).keys() == {"second"}


def _write(house: House, app: Flask, person_id: Any, text: str) -> None:
    from portal.papers.models import Paper
    from portal.papers.reading.actions import keep_note

    things = house.cast.northfirth.things
    with app.app_context(), unit_of_work():
        paper = db.session.get_one(Paper, things["paper_id"])
        keep_note(type("Reader", (), {"id": person_id})(), paper, text)


def _read(house: House, app: Flask, person_id: Any) -> str:
    with app.app_context():
        return db.session.scalars(anywhere(select(Note).where(Note.person_id == person_id))).one().text
