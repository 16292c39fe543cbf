"""A question about a claim is answered in a box of its own, or by changing the claim, before it is sent again."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import select

from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.queries import claim_by_id
from portal.expenses.decisions import actions as decisions
from portal.expenses.decisions.actions import ask
from portal.expenses.models import Claim, ClaimQuestion
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests import databases
from tests.architecture.test_migrations import MIGRATIONS, before
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import TAXI, add, begin, claim_of, emails, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

NOT_YET = "Answer the question, or change the expense it is about, before you send your claim again"
IN_WORDS = "Answer the question before you send your claim again"


def asked(app: Flask, visit: Any, cast: Cast, question: str, about_line: bool = True) -> tuple[Any, Claim]:
    """The rep's claim of one taxi, handed back with a question."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    [line] = lines_of(app, claim.id)
    form = {"version": version_on(approver.get(f"/claims/{claim.id}/decide")), "question": question}
    assert (
        approver.post(f"/claims/{claim.id}/ask", {**form, "about": [str(line.id)] if about_line else []}).status_code
        == 302
    )
    return rep, claim


def send(rep: Any, claim: Claim, answer: str = "") -> Any:
    form = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": answer}
    return rep.post(f"/claims/{claim.id}/send", form)


def test_a_claim_with_a_question_is_not_sent_again_unchanged_and_unanswered(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    page = rep.get(f"/claims/{claim.id}")
    assert "Question on Tuesday 3 March, about Taxi, £12.50 on Monday 2 March: Which taxi was it?" in text_of(page)
    assert "Your answer" in text_of(page)
    for answer in ("", "  "):
        assert NOT_YET in text_of(send(rep, claim, answer))
    assert claim_of(app, claim.person_id, claim.title).status == "queried"
    too_long = send(rep, claim, "x" * 1001)
    assert "Your answer must be 1,000 characters or fewer" in text_of(too_long)
    assert "x" * 1001 in too_long.text, "what was typed stays"


def test_an_answer_stands_beside_the_line_for_the_approver(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    sent = text_of(send(rep, claim, "The blue one"))
    assert "Its number is ZZ-2026-0004" in sent
    page = visit("northfirth.approver").get(f"/claims/{claim.id}/decide").text
    [line] = lines_of(app, claim.id)
    beside = page.split("<h2", 1)[1].split(f'name="lines-{line.id}-say"')[0]
    assert "Which taxi was it?" in beside
    assert "The blue one" in beside
    with app.app_context():
        [row] = db.session.scalars(select(ClaimQuestion).where(ClaimQuestion.claim_id == claim.id)).all()
        assert "blue" not in row.sealed_answer, "it may tell of somebody's health"
    assert "The blue one" in text_of(rep.get(f"/claims/{claim.id}"))


def change_taxi(rep: Any, line: Any, **typed: object) -> None:
    form = {**TAXI, "once": str(line.id), **typed}
    assert rep.post(f"/claim-lines/{line.id}/change", form, content_type="multipart/form-data").status_code == 302


def test_only_a_change_of_what_was_asked_about_stands_for_an_answer(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Is there no receipt?")
    [line] = lines_of(app, claim.id)
    change_taxi(rep, line)
    assert NOT_YET in text_of(send(rep, claim)), "saved as it was, it is not changed"
    add(rep, claim, "parking", {**TAXI, "paid": "4.50"})
    assert NOT_YET in text_of(send(rep, claim)), "another expense is no answer"
    change_taxi(rep, line, no_receipt_because="The machine was broken")
    assert "Its number is" in text_of(send(rep, claim))
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "Not answered in writing. Taxi, £12.50 on Monday 2 March: changed." in page


def test_the_approver_reads_that_a_receipt_was_added(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Is there a better receipt?")
    [line] = lines_of(app, claim.id)
    change_taxi(rep, line, receipts=[(io.BytesIO(photo("PNG")), "taxi.png")])
    assert "Its number is" in text_of(send(rep, claim))
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "Not answered in writing. Taxi, £12.50 on Monday 2 March: a receipt was added." in page


def test_a_question_about_the_whole_claim_is_answered_in_words(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Why so late?", about_line=False)
    [line] = lines_of(app, claim.id)
    change_taxi(rep, line, paid="9")
    assert IN_WORDS in text_of(send(rep, claim))
    assert "Its number is" in text_of(send(rep, claim, "I was ill"))


def test_a_question_does_not_start_the_boards_days_again(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """Sent on the 3rd, asked about on the 13th, sent again on the 23rd, decided on the 25th: 12 days with the board.

    Whoever decides has had it for two of them, and that is what their list says.
    """
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    at(NOW + timedelta(days=10))
    decide = f"/claims/{claim.id}/decide"
    form = {"version": version_on(visit("northfirth.approver").get(decide)), "question": "Which taxi?"}
    assert visit("northfirth.approver").post(f"/claims/{claim.id}/ask", form).status_code == 302
    at(NOW + timedelta(days=20))
    assert "Your answer has been sent" in text_of(send(visit("northfirth.rep"), claim, "The white one"))
    at(NOW + timedelta(days=22))
    listed = text_of(visit("northfirth.approver").get("/claims/to-decide"))
    both = "First sent on Tuesday 3 March, sent again on Monday 23 March: 2 days ago"
    assert both in listed
    assert "12 days" not in listed
    assert both in text_of(visit("northfirth.approver").get(decide))
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Claim, claim.id)
        [line] = claims_queries.lines(one.id)
        decisions.decide(one, one.version, cast.northfirth.people["approver"], {line.id: (True, "")})
        assert one.days_to_decide == 12
        assert one.days_with_board(TODAY + timedelta(days=30)) == 20, "and as many more until it is paid"


def test_a_claim_that_waits_for_an_answer_stays_in_the_approvers_list(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    listed = text_of(visit("northfirth.approver").get("/claims/to-decide"))
    assert "Waiting for an answer ZZ-2026-0004" in listed
    assert "Sent back with a question on Tuesday 3 March" in listed
    sent = text_of(send(rep, claim, "The white one"))
    assert "within 20 days of when you sent it. Days when you have a question to answer do not count" in sent
    assert "Waiting for an answer" not in text_of(visit("northfirth.approver").get("/claims/to-decide"))


def test_the_email_says_what_the_question_is_about(app: Flask, visit: Any, cast: Cast) -> None:
    asked(app, visit, cast, "Which taxi was it?")
    [email] = emails(app, "claim-queried")
    assert (email.facts["question"], email.facts["about_line"]) == (
        "Which taxi was it?",
        "Taxi, £12.50 on Monday 2 March",
    )


def test_a_question_about_a_line_that_is_removed_stays_with_the_claim(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    [line] = lines_of(app, claim.id)
    add(rep, claim, "taxi", {**TAXI, "paid": "9"})
    assert rep.post(f"/claim-lines/{line.id}/remove").status_code == 302
    assert "Its number is" in text_of(send(rep, claim))
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "Which taxi was it?" in page
    assert "Not answered in writing. Taxi, £12.50 on Monday 2 March: removed." in page


def test_a_line_of_another_claim_is_not_asked_about(app: Flask, visit: Any, cast: Cast) -> None:
    things, approver = cast.northfirth.things, visit("northfirth.approver")
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    form = {"version": version_on(approver.get(f"/claims/{claim.id}/decide")), "question": "Why?"}
    page = approver.post(f"/claims/{claim.id}/ask", {**form, "about": [str(things["line_id"])]})
    assert "What is it about? Choose from the list" in text_of(page)
    with app.app_context():
        assert not db.session.scalars(select(ClaimQuestion).where(ClaimQuestion.claim_id == claim.id)).all()


def test_a_question_that_waits_survives_the_migration_both_ways(dialect: str, tmp_path: Path) -> None:
    """On the way down it stands on its claim again, and on the way up it waits as before."""
    app, cast = databases.filled(dialect, tmp_path)
    things = cast.northfirth.things
    with app.app_context():
        with unit_of_work():
            claim = claim_by_id(cast.northfirth.id, things["claim_id"])
            ask(claim, claim.version, cast.northfirth.people["approver"], "Which way?", [things["line_id"]])
        db.session.rollback()
        flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0019"))
        assert _found("SELECT reason FROM claims WHERE status = 'queried'") == ["Which way?"]
        flask_migrate.upgrade(directory=MIGRATIONS, revision="0019")
        assert _found("SELECT question FROM claim_questions WHERE closed_at IS NULL") == ["Which way?"]
        db.engine.dispose()


def _found(statement: str) -> list[str]:
    with db.engine.connect() as connection:
        return list(connection.execute(sa.text(statement)).scalars())
