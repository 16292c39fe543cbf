"""Notes about supporting a rep: their whole life, from the officer who writes one to the day they are deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.boards.models import Appointment
from portal.capabilities import GATHERED
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.privacy import export
from portal.rep_pages.models import SupportNote
from portal.rep_pages.notes import actions
from portal.retention.actions import delete_due
from portal.retention.models import Hold
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

WORDS = "Likes to be rung on Fridays"
OWN = "/support-notes"


def page(cast: Cast) -> str:
    return f"/boards/northfirth/reps/{cast.northfirth.people['rep']}"


def address(cast: Cast) -> str:
    return f"/support-notes/{cast.northfirth.things['support_note_id']}"


def write(visit: Any, cast: Cast, words: str = WORDS, once: UUID | None = None) -> Any:
    typed = {"text": words, "once": str(once or uuid4())}
    return visit("northfirth.officer").post(f"{page(cast)}/notes/new", typed)


def kept(app: Flask, cast: Cast) -> list[SupportNote]:
    with app.app_context():
        statement = select(SupportNote).where(SupportNote.board_id == cast.northfirth.id).order_by(SupportNote.id)
        return list(db.session.scalars(anywhere(statement)))


def end_term(app: Flask, cast: Cast, days_ago: int) -> None:
    """The rep's appointment ended some days ago."""
    with app.app_context(), unit_of_work():
        term = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        term.until_on = TODAY - timedelta(days=days_ago)


def delete_what_is_over(app: Flask) -> int:
    rule = GATHERED.rule_of["support_notes"]
    with app.app_context(), unit_of_work():
        return delete_due(rule, clock.now() - timedelta(days=rule.days or 0))


def test_the_officer_is_told_who_reads_it_before_they_write(visit: Any, cast: Cast) -> None:
    form = text_of(visit("northfirth.officer").get(f"{page(cast)}/notes/new"))
    assert "CANARYNORTH can read this. Do not write about health." in form


def test_what_an_officer_notes_is_read_by_the_rep(visit: Any, cast: Cast, rolled_back: Any) -> None:
    assert write(visit, cast).status_code == 302
    shown = text_of(visit("northfirth.rep").get(OWN))
    assert f"{WORDS} CANARYNORTH Officer, 10am on Tuesday 3 March" in shown


def test_what_an_officer_notes_is_on_the_reps_page(visit: Any, cast: Cast, rolled_back: Any) -> None:
    write(visit, cast)
    assert WORDS in text_of(visit("northfirth.officer").get(page(cast)))


def test_a_form_sent_twice_is_one_note(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    once, before = uuid4(), len(kept(app, cast))
    for _ in range(2):
        write(visit, cast, once=once)
    assert len(kept(app, cast)) == before + 1


def test_a_note_needs_words(visit: Any, cast: Cast) -> None:
    assert "Write your note" in text_of(write(visit, cast, words=" "))


def test_the_rep_is_emailed_without_a_word_of_it(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    write(visit, cast)
    of_rep = (Email.template == "support-note", Email.person_id == cast.northfirth.people["rep"])
    with app.app_context():
        emails = db.session.scalars(anywhere(select(Email).where(*of_rep).order_by(Email.asked_at, Email.id))).all()
    assert [WORDS in str(one.facts) for one in emails] == [False]


def test_the_rep_is_not_emailed_of_a_note_that_was_removed(app: Flask, cast: Cast, rolled_back: Any) -> None:
    [row] = [one for one in GATHERED.emails if one.email == "support-note"]
    assert row.when_sent is not None
    with app.app_context():
        facts = {"support_note_id": cast.northfirth.things["support_note_id"].hex}
        assert row.when_sent(facts, 2) == facts
        assert row.when_sent({"support_note_id": uuid4().hex}, 2) == "the note was removed"


def test_an_officer_corrects_a_note_and_the_rep_sees_that(visit: Any, cast: Cast, rolled_back: Any) -> None:
    form = visit("northfirth.officer")
    form.get(address(cast))
    assert form.post(address(cast), {"text": WORDS}).status_code == 302
    shown = text_of(visit("northfirth.rep").get(OWN))
    assert f"{WORDS} CANARYNORTH Officer, 10am on Tuesday 3 March 2026 Corrected by CANARYNORTH Officer" in shown


def test_a_note_saved_as_it_was_is_not_corrected(visit: Any, cast: Cast, rolled_back: Any) -> None:
    visit("northfirth.officer").post(address(cast), {"text": "CANARYNORTH noted"})
    assert "Corrected" not in text_of(visit("northfirth.rep").get(OWN))


def test_a_removed_note_is_gone(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer = visit("northfirth.officer")
    assert "CANARYNORTH noted" in text_of(officer.get(f"{address(cast)}/remove")), "it is asked first"
    assert officer.post(f"{address(cast)}/remove").status_code == 302
    assert kept(app, cast) == []


def test_the_trail_has_no_word_of_it_and_names_the_officer_alone(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    write(visit, cast)
    wrote = select(AuditLine).where(AuditLine.event == "SupportNoteWritten", AuditLine.board_id == cast.northfirth.id)
    with app.app_context():
        lines = db.session.scalars(anywhere(wrote.order_by(AuditLine.happened_at, AuditLine.id))).all()
        assert not any(WORDS in str(one.facts) for one in lines)
    trail = text_of(visit("northfirth.admin").get("/boards/northfirth/audit"))
    said = trail.split("Wrote a note about supporting a rep")
    assert len(said) > 1
    assert not any("CANARYNORTH Rep" in one[:60] for one in said[1:])


def test_the_text_is_sealed(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    write(visit, cast)
    assert not any(WORDS in one.sealed_text for one in kept(app, cast))


@pytest.mark.parametrize("who", ["clerk", "approver", "admin", "mentor", "depute"])
def test_nobody_else_of_the_board_finds_a_note(visit: Any, cast: Cast, who: str) -> None:
    assert visit(f"northfirth.{who}").get(address(cast)).status_code == 404
    assert visit(f"northfirth.{who}").get(f"{page(cast)}/notes/new").status_code == 404


def test_the_rep_changes_nothing(app: Flask, visit: Any, cast: Cast) -> None:
    rep = visit("northfirth.rep")
    assert rep.post(address(cast), {"text": "Mine"}).status_code == 404
    assert rep.post(f"{address(cast)}/remove").status_code == 404
    assert [one.changed_at for one in kept(app, cast)] == [None]


def test_another_board_finds_nothing(visit: Any, cast: Cast) -> None:
    officer = visit("southmoor.officer")
    for path in (address(cast), f"{address(cast)}/remove", f"{page(cast)}/notes/new"):
        assert officer.get(path).status_code == 404, path
    assert "CANARYNORTH" not in text_of(visit("southmoor.rep").get(OWN))


def test_a_rep_without_notes_is_told_what_will_be_there(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        actions.forget_person(cast.northfirth.people["rep"])
    shown = text_of(visit("northfirth.rep").get(OWN))
    assert "You have no notes" not in shown
    assert "There are no notes about supporting you yet. When an officer writes one, it will appear here." in shown


def test_the_download_of_the_rep_has_the_words_and_that_of_the_officer_has_not(app: Flask, cast: Cast) -> None:
    with app.app_context():
        own, officers = (export.everything_about(cast.northfirth.people[one]) for one in ("rep", "officer"))
    what = GATHERED.rule_of["support_notes"].what
    assert [one["text"] for one in own[what]] == ["CANARYNORTH noted"]
    assert what not in officers


def test_a_note_stays_while_the_appointment_runs(app: Flask, cast: Cast, rolled_back: Any) -> None:
    end_term(app, cast, days_ago=0)
    assert delete_what_is_over(app) == 0


def test_a_note_goes_with_the_appointment(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        hold = db.session.get_one(Hold, cast.northfirth.things["hold_id"])
        hold.lifted_at = NOW
    end_term(app, cast, days_ago=2)
    assert delete_what_is_over(app) == 1
    assert kept(app, cast) == []


def test_a_hold_keeps_a_note(app: Flask, cast: Cast, rolled_back: Any) -> None:
    end_term(app, cast, days_ago=2)
    assert delete_what_is_over(app) == 0


def test_nobody_reads_a_note_after_the_last_day(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    end_term(app, cast, days_ago=1)
    officer = visit("northfirth.officer")
    assert officer.get(address(cast)).status_code == 404
    assert officer.get(page(cast)).status_code == 404


def test_an_erased_account_leaves_no_note(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        actions.forget_person(cast.northfirth.people["rep"])
    assert kept(app, cast) == []
