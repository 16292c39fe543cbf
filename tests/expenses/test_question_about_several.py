"""One question about several expenses: asked with ticks, answered in one box with receipts at each of them."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from flask import Flask
from lxml.html import fromstring

from portal.expenses.claims import queries as claims_queries
from portal.expenses.decisions.actions import ask
from portal.expenses.models import Claim
from portal.expenses.questions import queries as questions_queries
from portal.expenses.questions.rules import done_beside
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, emails, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

TAXI_NAME, PARKING_NAME = "Taxi, £12.50 on Monday 2 March", "Parking, £4.50 on Monday 2 March"
PARKING = {**DAY, "paid": "4.50", "no_receipt_because": "The machine was broken"}


def asked(app: Flask, visit: Any, cast: Cast) -> tuple[Any, Claim, dict[str, UUID]]:
    """A claim of a taxi, of parking and of miles, handed back with a question about the first two."""
    rep, claim = begin(app, visit, cast)
    for category, form in (("taxi", TAXI), ("parking", PARKING), ("car", {**DAY, "miles": "5"})):
        add(rep, claim, category, form)
    press(rep, claim, "send")
    lines = {one.category: one.id for one in lines_of(app, claim.id)}
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    boxes = fromstring(page.text).xpath("//input[@name='about' and @type='checkbox']/@value")
    assert sorted(boxes) == sorted(str(one) for one in lines.values()), "each of them can be ticked"
    form = {"version": version_on(page), "question": "Were there no receipts?"}
    about = [str(lines["taxi"]), str(lines["parking"])]
    assert approver.post(f"/claims/{claim.id}/ask", {**form, "about": about}).status_code == 302
    return rep, claim, lines


def answer(rep: Any, claim: Claim, words: str = "", **files: list[tuple[bytes, str]]) -> Any:
    form: dict[str, Any] = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": words}
    for name, found in files.items():
        form[name] = [(io.BytesIO(content), called) for content, called in found]
    return rep.post(f"/claims/{claim.id}/send", form, content_type="multipart/form-data")


def beside(page: Any, line_id: UUID) -> str:
    [part] = fromstring(page.text).xpath(f"//div[@class='portal-file'][.//input[@name='lines-{line_id}-say']]")
    return " ".join(part.text_content().split())


def test_the_rep_reads_what_it_is_about_and_finds_a_box_for_receipts_at_each(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, claim, lines = asked(app, visit, cast)
    page = rep.get(f"/claims/{claim.id}")
    about = text_of(page).split("Question on Tuesday 3 March, about ")[1].split(": Were there no receipts?")[0]
    assert sorted(about.split(" and ")) == [PARKING_NAME, TAXI_NAME]
    found = fromstring(page.text)
    for category, name in (("taxi", TAXI_NAME), ("parking", PARKING_NAME)):
        [box] = found.xpath(f"//li//input[@type='file' and @name='receipts-{lines[category]}']")
        assert box.get("form") == "answer-form", "it is sent with the answer, without scripts too"
        assert f"{name}: add a receipt" in text_of(page)
    assert not found.xpath(f"//input[@name='receipts-{lines['car']}']"), "nobody asked about the miles"
    [form] = found.xpath("//form[@id='answer-form']")
    assert form.get("enctype") == "multipart/form-data"
    assert form.xpath(".//textarea[@name='answer']")
    [email] = emails(app, "claim-queried")
    assert sorted(email.facts["about_line"].split("; ")) == [PARKING_NAME, TAXI_NAME]


def test_a_receipt_for_one_of_them_is_saved_and_the_other_is_still_asked_about(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, claim, lines = asked(app, visit, cast)
    page = answer(rep, claim, **{f"receipts-{lines['taxi']}": [(photo("PNG"), "taxi.png")]})
    assert "Answer the question, or change each expense it is about, before you send your claim again" in text_of(page)
    assert claim_of(app, claim.person_id, claim.title).status == "queried"
    with app.app_context():
        assert [one.file_name for one in claims_queries.receipts(claim.id)[lines["taxi"]]] == ["taxi.jpg"]
    done = answer(rep, claim, **{f"receipts-{lines['parking']}": [(photo("PNG"), "parking.png")]})
    assert "Its number is" in text_of(done), "a receipt at each of them answers it"
    with app.app_context():
        names = {key: [one.file_name for one in found] for key, found in claims_queries.receipts(claim.id).items()}
        assert names == {lines["taxi"]: ["taxi.jpg"], lines["parking"]: ["parking.jpg"]}, "each where it was put"


def test_the_approver_reads_the_answer_and_the_new_receipt_beside_each(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim, lines = asked(app, visit, cast)
    done = answer(rep, claim, "Only for the taxi", **{f"receipts-{lines['taxi']}": [(photo("PNG"), "taxi.png")]})
    assert "Your answer has been sent" in text_of(done)
    page = visit("northfirth.approver").get(f"/claims/{claim.id}/decide")
    for category in ("taxi", "parking"):
        words = beside(page, lines[category])
        assert "Question on Tuesday 3 March, about 2 expenses: Were there no receipts?" in words
        assert "Answer: Only for the taxi" in words
    assert f"{TAXI_NAME}: a receipt was added." in beside(page, lines["taxi"])
    assert "Added after the question" in beside(page, lines["taxi"])
    assert "a receipt was added" not in beside(page, lines["parking"]), "that is said beside the taxi"
    assert "Added after the question" not in beside(page, lines["parking"])
    assert "Question on" not in beside(page, lines["car"])


def test_a_wrong_file_is_said_beside_its_box_and_the_right_one_is_held(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim, lines = asked(app, visit, cast)
    taxi, parking = f"receipts-{lines['taxi']}", f"receipts-{lines['parking']}"
    page = answer(rep, claim, "Here", **{taxi: [(b"no picture", "odd.jpg")], parking: [(photo(), "good.jpg")]})
    found = fromstring(page.text)
    [error] = found.xpath("//*[@class='govuk-error-summary']//a")
    assert error.get("href") == f"#{taxi}"
    assert error.text_content().strip().startswith(f"{TAXI_NAME}: ")
    [beside_box] = found.xpath(f"//*[@id='{taxi}-error']")
    assert TAXI_NAME in beside_box.text_content()
    [held] = found.xpath(f"//input[@name='{parking}-held']")
    assert (held.get("form"), held.get("checked")) == ("answer-form", "checked")
    assert found.get_element_by_id("answer").text_content().strip() == "Here"
    form = {"version": version_on(page), "answer": "Here", f"{parking}-held": held.get("value")}
    assert "Its number is" in text_of(rep.post(f"/claims/{claim.id}/send", form, content_type="multipart/form-data"))
    with app.app_context():
        assert [one.file_name for one in claims_queries.receipts(claim.id)[lines["parking"]]] == ["good.jpg"]


def test_one_that_is_removed_is_said_beside_the_other(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim, lines = asked(app, visit, cast)
    assert rep.post(f"/claim-lines/{lines['parking']}/remove").status_code == 302
    assert "or change the expense it is about, or remove it" in text_of(rep.get(f"/claims/{claim.id}"))
    assert "Its number is" in text_of(answer(rep, claim, "I have none"))
    page = visit("northfirth.approver").get(f"/claims/{claim.id}/decide")
    assert f"{PARKING_NAME}: removed." in beside(page, lines["taxi"])


def test_receipts_are_asked_for_at_two_of_them_in_one_question(app: Flask, visit: Any, cast: Cast) -> None:
    """The button beside each adds its line and its sentence to what is there."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    add(rep, claim, "parking", PARKING)
    press(rep, claim, "send")
    lines = {one.category: one.id for one in lines_of(app, claim.id)}
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/ask"
    form: dict[str, Any] = {"version": version_on(approver.get(f"/claims/{claim.id}/decide"))}
    for category in ("taxi", "parking"):
        page = fromstring(approver.post(f"{path}?receipt={lines[category]}", form).text)
        form["question"] = page.get_element_by_id("question").text_content().strip()
        form["about"] = page.xpath("//input[@name='about' and @checked]/@value")
    assert sorted(form["about"]) == sorted(str(one) for one in lines.values())
    assert TAXI_NAME in form["question"]
    assert PARKING_NAME in form["question"]


def test_a_question_from_before_stays_with_its_line(app: Flask, visit: Any, cast: Cast) -> None:
    """It named its line in a column alone, and kept every line of the claim without their names."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    add(rep, claim, "parking", PARKING)
    press(rep, claim, "send")
    lines = {one.category: one.id for one in lines_of(app, claim.id)}
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Claim, claim.id)
        ask(one, one.version, cast.northfirth.people["approver"], "Which taxi?", [lines["taxi"]])
        question = questions_queries.open_question(one)
        assert question
        then = questions_queries.lines_now(claims_queries.lines(one.id), claims_queries.receipts(one.id))
        question.lines_then = {key: was[:-1] for key, was in then.items()}
    page = rep.get(f"/claims/{claim.id}")
    assert f"about {TAXI_NAME}: Which taxi?" in text_of(page)
    assert fromstring(page.text).xpath(f"//input[@name='receipts-{lines['taxi']}']")
    assert not fromstring(page.text).xpath(f"//input[@name='receipts-{lines['parking']}']")
    [email] = emails(app, "claim-queried")
    assert email.facts["about_line"] == TAXI_NAME
    assert "Its number is" in text_of(answer(rep, claim, "The blue one"))
    decide = visit("northfirth.approver").get(f"/claims/{claim.id}/decide")
    assert "The blue one" in beside(decide, lines["taxi"])
    assert "The blue one" not in beside(decide, lines["parking"])


def test_beside_a_line_stands_what_no_other_line_says_itself() -> None:
    about = {"a": ["Taxi"], "b": ["Parking"], "c": ["Bus"]}
    done = ["Taxi: changed", "Parking: a receipt was added", "Bus: removed", "The claim was withdrawn"]
    assert done_beside("a", about, done) == ["Taxi: changed", "Bus: removed", "The claim was withdrawn"]
    assert done_beside("b", about, done)[0] == "Parking: a receipt was added"
