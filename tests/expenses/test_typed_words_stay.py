"""Words typed on a page of a claim outlast its other buttons, and a claim that moved on meanwhile."""

from __future__ import annotations

import io
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.expenses.models import Claim, ClaimQuestion
from portal.infra.database import db
from tests.cast import Cast
from tests.expenses.claiming import TAXI, add, begin, lines_of, press, version_on
from tests.expenses.test_questions import asked, send
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

ANSWER = "The blue one by the station"


def type_and_press(rep: Any, claim: Claim, then: str, answer: str = ANSWER, **more: Any) -> Any:
    form = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": answer, "then": then, **more}
    return rep.post(f"/claims/{claim.id}/send", form, content_type="multipart/form-data")


def test_an_answer_half_typed_stays_while_the_expense_is_changed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    [line] = lines_of(app, claim.id)
    page = rep.get(f"/claims/{claim.id}").text
    assert f'name="then" value="{line.id}"' in page, "the button belongs to the form of the answer"
    assert type_and_press(rep, claim, str(line.id)).location.endswith(f"/claim-lines/{line.id}/change")
    assert ANSWER in rep.get(f"/claims/{claim.id}").text
    assert type_and_press(rep, claim, "new", "Another").location.endswith("/lines/new")
    assert "Another" in rep.get(f"/claims/{claim.id}").text
    assert "Another" not in visit("northfirth.approver").get(f"/claims/{claim.id}/decide").text, "it is not sent yet"
    with app.app_context():
        [row] = db.session.scalars(select(ClaimQuestion).where(ClaimQuestion.claim_id == claim.id)).all()
        assert "Another" not in row.sealed_answer


def test_an_answer_that_was_not_sent_is_said_before_its_claim_is_withdrawn(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    assert 'value="withdraw"' in rep.get(f"/claims/{claim.id}").text, "it belongs to the form of the answer"
    page = text_of(rep.get(type_and_press(rep, claim, "withdraw").location))
    assert "You have written an answer and not sent it" in page
    assert ANSWER in page
    assert "Withdraw this claim" not in text_of(press(rep, claim, "withdraw"))
    with app.app_context():
        assert db.session.get_one(Claim, claim.id).status == "withdrawn"


def test_an_answer_stays_as_a_line_or_receipt_is_removed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?", about_line=False)
    add(rep, claim, "parking", {**TAXI, "paid": "4.50"})
    parking = next(one for one in lines_of(app, claim.id) if one.category == "parking")
    rep.post(f"/claim-lines/{parking.id}/remove", {"answer": ANSWER})
    assert len(lines_of(app, claim.id)) == 1
    assert ANSWER in rep.get(f"/claims/{claim.id}").text


def test_receipts_selected_beside_an_answer_stay_too(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Is there no receipt?")
    [line] = lines_of(app, claim.id)
    box = {f"receipts-{line.id}": (io.BytesIO(photo("PNG")), "taxi.png")}
    page = rep.get(f"/claims/{claim.id}").text
    name = page.split('type="file"')[0].rsplit('name="', 1)[-1].split('"')[0]
    type_and_press(rep, claim, "new", **{name if "receipts" in name else next(iter(box)): next(iter(box.values()))})
    assert "Receipt: taxi" in text_of(rep.get(f"/claims/{claim.id}"))


def test_a_line_sent_to_a_claim_that_was_sent_is_not_dropped_in_silence(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    [line] = lines_of(app, claim.id)
    press(rep, claim, "send")
    form = {**TAXI, "paid": "99.10", "no_receipt_because": "The wind took it", "once": str(line.id)}
    for path in (f"/claim-lines/{line.id}/change", f"/claims/{claim.id}/lines/new?category=taxi"):
        page = rep.post(path, form, content_type="multipart/form-data")
        assert page.status_code == 409
        said = text_of(page)
        assert "What you sent was not saved. This claim had been sent already" in said
        assert "99.10" in said
        assert "The wind took it" in said
        assert "2 3 2026" in said
    assert [one.paid for one in lines_of(app, claim.id)] == [1250]
    assert rep.get(f"/claim-lines/{line.id}/change").status_code == 302


def test_an_answer_to_a_claim_that_was_sent_meanwhile_is_shown(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = asked(app, visit, cast, "Which taxi was it?")
    form = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": "A second answer"}
    send(rep, claim, "The first answer")
    page = text_of(rep.post(f"/claims/{claim.id}/send", form))
    assert "What you sent was not saved" in page
    assert "A second answer" in page


def test_a_change_of_a_line_that_is_gone_is_shown(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    [line] = lines_of(app, claim.id)
    rep.post(f"/claim-lines/{line.id}/remove")
    page = rep.post(f"/claim-lines/{line.id}/change", {**TAXI, "no_receipt_because": "The wind took it"})
    assert page.status_code == 404
    assert "What you sent has not been saved." in text_of(page)
    assert "The wind took it" in text_of(page)


def test_a_receipt_is_removed_only_after_a_question(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI, (photo("PNG"), "taxi.png"))
    page = rep.get(f"/claims/{claim.id}").text
    path = "/receipts/" + page.split("/receipts/")[1].split("/")[0] + "/remove"
    assert f'action="{path}"' not in page
    assert "Remove this receipt?" in text_of(rep.get(path))
    assert "Receipt: taxi" in text_of(rep.get(f"/claims/{claim.id}"))
    rep.post(path)
    assert "Receipt removed: taxi." in text_of(rep.get(f"/claims/{claim.id}"))
