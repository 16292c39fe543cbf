"""Whether care took place: boxes that mean one thing each, and an answer that can be changed for a while."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from tests.cast import Cast
from tests.replacement_care.asking import ARRANGE, asked, do, mails, request_of
from tests.visitor import text_of


def _day_after(app: Flask, visit: Any, cast: Cast, at: Any, **arranged: Any) -> Any:
    """Care that was arranged for yesterday."""
    one = asked(app, visit, cast)
    do(visit("northfirth.officer"), one, "arrange", 1, **{**ARRANGE, **arranged})
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    return one


def test_one_question_about_care_that_is_over_has_one_answer(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one, rep = _day_after(app, visit, cast, at), visit("northfirth.rep")
    page = rep.get(f"/care/{one.id}")
    asks = text_of(page).split("Did your care take place?")[1].split("Save")[0]
    assert 'type="checkbox"' not in page.text.split("Did your care take place?")[1], "one question, one answer"
    for words in ("Yes", "Yes, and I used my own care budget", "No, because nobody came. We’ll tell your officer"):
        assert words in asks
    assert "No, for another reason" in asks
    wrong = "If you were charged all the same, claim it as an expense"
    assert wrong in text_of(do(rep, one, "outcome", 2, status="not_held", cost="12"))
    do(rep, one, "outcome", 2, status="nobody")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "You told us that nobody came." in page
    assert "Who was due to come Jo comes" in page
    officer = visit("northfirth.officer")
    assert "CANARYNORTH Rep says that nobody came." in text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Did not take place Nobody came" in text_of(officer.get("/care/to-arrange"))
    assert mails(app, cast, "care-nobody-came", "officer") == 1


def test_of_care_that_was_declined_the_rep_says_how_they_managed(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one = asked(app, visit, cast)
    do(visit("northfirth.officer"), one, "cannot", 1, answer="Nobody is free", sure="y")
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "How did you manage? I found care myself" in page
    assert "Did your care take place?" not in page
    do(rep, one, "outcome", 2, status="nobody")
    assert "You told us that nobody was found." in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    assert mails(app, cast, "care-nobody-came", "officer") == 0


def test_whether_care_took_place_can_be_changed_for_a_month(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one, rep = _day_after(app, visit, cast, at), visit("northfirth.rep")
    do(rep, one, "outcome", 2, status="own_budget", cost="62.50")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "You can change your answer until Monday 20 April" in page
    assert "We put the £62.50 that you paid on a claim for you" in page
    assert "If you paid for it" not in page, "what is on a claim is not put there twice"
    do(rep, one, "outcome", 3, status="not_held")
    changed = request_of(app, cast)
    assert (changed.status, changed.was_own_budget) == ("not_held", False)
    at(datetime(2026, 4, 21, 9, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    assert "You could change your answer until Monday 20 April." in text_of(rep.get(f"/care/{one.id}"))
    do(rep, one, "outcome", 4, status="took_place")
    assert request_of(app, cast).status == "not_held"


def test_an_answer_holds_once_the_invoice_is_entered(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    pays = {"provider": str(cast.northfirth.things["provider_id"]), "is_paid_by_board": "yes"}
    one, rep = _day_after(app, visit, cast, at, **pays), visit("northfirth.rep")
    do(rep, one, "outcome", 2, status="took_place")
    assert "or until the provider’s invoice is with the approver" in text_of(rep.get(f"/care/{one.id}"))
    do(visit("northfirth.officer"), one, "late-cost", 3, cost="75", invoice="INV-8")
    assert "because the provider’s invoice is with the approver" in text_of(rep.get(f"/care/{one.id}"))
    do(rep, one, "outcome", 4, status="not_held")
    assert request_of(app, cast).status == "took_place"


def test_what_was_declined_is_not_past_before_its_day(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "take", 1)
    officer.get(f"/care/{one.id}/text")
    do(officer, one, "cannot", 2, answer="Nobody is free")
    before = text_of(officer.get("/care/to-arrange")).split("Declined, day still to come")[1]
    assert "Friday 20 March" in before.split("Past or cancelled")[0]
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    page = text_of(visit("northfirth.officer").get("/care/to-arrange"))
    assert "Declined, day still to come" not in page
    assert "Friday 20 March" in page.split("Past or cancelled")[1]
