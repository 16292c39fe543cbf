"""What stays of a request in the eyes of both sides: what was typed, who was to come, what was read, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.arranging.actions import keep_late_cost
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import request_by_id
from tests.cast import NOW, Cast, anywhere
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, request_of
from tests.security.sent_as_shown import ShownForm, forms_in, forms_of
from tests.visitor import Visitor, text_of

CHANGED = "This was changed since you opened this page"
BELOW = "What you typed is still below"


def arranged(app: Flask, visit: Any, cast: Cast, **typed: Any) -> tuple[Any, Any, CareRequest]:
    """Care from 9am to 2pm, arranged as the rep asked with the provider, by an officer who read it all."""
    one = asked(app, visit, cast)
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    do(officer, one, "take", 1)
    officer.get(f"/care/{one.id}/text")
    provider = {"provider": str(cast.northfirth.things["provider_id"]), "cost": "54"}
    assert do(officer, one, "arrange", 2, **{**ARRANGE, **provider, **typed}).status_code == 302
    return rep, officer, request_of(app, cast)


def change(rep: Any, app: Flask, cast: Cast, **typed: object) -> None:
    one = request_of(app, cast)
    assert rep.post(f"/care/{one.id}/change", {**ASK, **typed, "version": str(one.version)}).status_code == 302


def page_of(visitor: Any, one: CareRequest) -> str:
    return text_of(visitor.get(f"/care/{one.id}/arrange", follow_redirects=True))


def page_of_rep(rep: Any, one: CareRequest) -> str:
    return text_of(rep.get(f"/care/{one.id}"))


def test_what_an_officer_typed_in_an_older_tab_stays(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast)
    old: Typed = {**ARRANGE, "provider": str(one.provider_id), "cost": "70", "invoice": "OLDTAB-70"}
    page = do(officer, one, "arrange", 1, **old)
    assert CHANGED in text_of(page)
    assert BELOW in text_of(page)
    assert "OLDTAB-70" in page.text
    assert 'value="70"' in page.text
    assert do(officer, one, "arrange", one.version, **old).status_code == 302, "and it is saved when sent again"
    assert request_of(app, cast).invoice == "OLDTAB-70"


def arrange_form(page: TestResponse, path: str, officer: Visitor) -> ShownForm:
    return next(one for one in forms_in(page, path, officer) if "invoice" in one.typed)


def test_an_older_tab_with_an_invoice_keeps_no_older_times_and_no_older_cost(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, officer, one = arranged(app, visit, cast)
    path = f"/care/{one.id}/arrange"
    old = arrange_form(officer.get(path), path, officer)
    change(rep, app, cast, until_hour="4pm")
    old.fields = [(name, "OLDTAB-70" if name == "invoice" else value) for name, value in old.fields]
    page = officer.client.post(path, data=MultiDict(old.fields))
    assert CHANGED in text_of(page)
    assert request_of(app, cast).ends_at.hour == 16, "nothing is saved before the officer has seen the new times"
    shown = arrange_form(page, path, officer)
    assert dict(shown.fields)["until_hour"] == "16:00"
    assert dict(shown.fields)["invoice"] == "OLDTAB-70"
    assert officer.client.post(path, data=MultiDict(shown.fields)).status_code == 302
    now = request_of(app, cast)
    assert (now.ends_at.hour, now.invoice, now.to_agree) == (16, "OLDTAB-70", "")


def test_why_it_cannot_be_provided_stays(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast)
    page = do(officer, one, "cannot", 1, answer="NOBODYFREE")
    assert CHANGED in text_of(page)
    assert BELOW in text_of(page)
    assert "NOBODYFREE" in page.text


def test_an_invoice_typed_in_an_older_tab_stays(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    _, _, one = arranged(app, visit, cast, is_paid_by_board="yes")
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    do(visit("northfirth.rep"), one, "outcome", one.version, status="took_place")
    officer = visit("northfirth.officer")
    page = do(officer, one, "late-cost", 1, cost="70", invoice="OLDTAB-70")
    assert BELOW in text_of(page)
    assert "OLDTAB-70" in page.text


def test_what_a_rep_typed_in_an_older_tab_stays(app: Flask, visit: Any, cast: Cast) -> None:
    rep, _, one = arranged(app, visit, cast)
    page = do(rep, one, "change", 1, **{**ASK, "note": "OLDTABNOTE"})
    assert "This was changed since you opened this page. What you typed is still below" in text_of(page)
    assert "OLDTABNOTE" in page.text
    with app.app_context():
        assert request_by_id(cast.northfirth.id, one.id).note == "NOTEWORDS"


def test_who_was_to_come_stays_after_the_rep_changed_the_times(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    for page in (page_of(officer, one), page_of_rep(rep, one)):
        assert "Arranged for the earlier times with" in page
        assert "Jo comes" in page


def test_who_was_to_come_stays_after_the_rep_changed_the_words(app: Flask, visit: Any, cast: Cast) -> None:
    rep, _, one = arranged(app, visit, cast)
    change(rep, app, cast, note="Please come at the back door")
    assert "Arranged before the change with" in page_of_rep(rep, one)


def test_read_stays_read_while_the_words_are_the_same(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    unread = "You have not read what the rep told us"
    change(rep, app, cast, until_hour="3pm")
    assert unread not in page_of(officer, one)
    change(rep, app, cast, until_hour="3pm", note="Please come at the back door")
    assert unread in page_of(officer, one)


def test_other_times_have_a_price_of_their_own(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    assert "What it costs £54.00" in page_of_rep(rep, one)
    change(rep, app, cast, until_hour="3pm")
    assert "£54.00" not in page_of_rep(rep, one)
    page = page_of(officer, one)
    assert "What does it cost at the new times? It was £54.00 for the earlier times" in page
    do(officer, one, "agree-times", request_of(app, cast).version, new_cost="63")
    assert "What it costs £63.00" in page_of_rep(rep, one)


def test_arranged_late_stays_said_and_an_offer_moves_no_date(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one = asked(app, visit, cast)
    at(NOW + timedelta(days=14))  # Tuesday 17 March; it was due on the 15th
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    do(officer, one, "arrange", 1, **ARRANGE)
    late = "Arrange it by Friday 13 March 2026 Arranged on Tuesday 17 March 2026 Late"
    assert late in page_of(officer, one)
    at(NOW + timedelta(days=14, hours=20))  # the next day
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    other = {**ARRANGE, "day": ["21", "3", "2026"], "anyway": "y"}
    do(officer, one, "arrange", 2, **other)
    assert late in page_of(officer, one), "another day was offered, and not asked for"
    do(rep, one, "agree", 3)
    assert late in page_of(officer, one)
    change(rep, app, cast, until_hour="3pm")
    assert "has until Wednesday 18 March 2026 to look at your change" in page_of_rep(rep, one)


def test_another_day_is_asked_about_before_it_is_offered(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer = visit("northfirth.officer")
    do(officer, one, "take", 1)
    officer.get(f"/care/{one.id}/text")
    other = {**ARRANGE, "day": ["21", "3", "2026"]}
    page = text_of(do(officer, one, "arrange", 2, **other))
    assert "Saturday 21 March is not the day the rep needs care, Friday 20 March" in page
    assert request_of(app, cast).status == "arranging"
    assert do(officer, one, "arrange", 2, **other, anyway="y").status_code == 302
    assert request_of(app, cast).to_agree == "rep"


def newest_email(app: Flask, cast: Cast, template: str) -> str:
    with app.app_context():
        to_rep = (Email.template == template, Email.person_id == cast.northfirth.people["rep"])
        statement = select(Email).where(*to_rep).order_by(Email.asked_at.desc(), Email.id)
        found = db.session.scalars(anywhere(statement)).unique().first()
        return words_of(found).text if found else ""


def test_an_email_says_how_the_request_stands(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast)
    other: Typed = {**ARRANGE, "provider": str(one.provider_id), "from_hour": "10am"}
    do(officer, one, "arrange", one.version, **other, anyway="y")
    assert "Your officer has offered other times for your request about an event on Friday 20 March." in newest_email(
        app, cast, "care-to-agree"
    )
    with app.app_context():
        updates = select(Email).where(Email.template == "care-update").order_by(Email.id)
        states = {email.facts["state"] for email in db.session.scalars(anywhere(updates)).unique()}
    assert states == {"taken", "arranged"}


def test_the_price_at_which_care_was_arranged_is_no_earlier_invoice(app: Flask, visit: Any, cast: Cast) -> None:
    _, _, one = arranged(app, visit, cast, is_paid_by_board="yes")
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, one.id)
        care.status = "took_place"
        keep_late_cost(care, care.version, care.officer_id, care.provider_id, 8000, "INV-9")
    page = text_of(visit("northfirth.approver").get("/claims/payments"))
    assert "Arranged at £54.00; the invoice is £80.00" in page
    assert "Changed from" not in page


def test_an_answer_in_an_older_tab_says_what_was_answered_meanwhile(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    _, _, one = arranged(app, visit, cast)
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    old = next(form for form in forms_of(f"/care/{one.id}", rep) if form.path.endswith("outcome"))
    do(rep, one, "outcome", one.version, status="took_place", cost="12.50")
    page = rep.client.post(old.path, data=MultiDict([*old.fields, ("status", "not_held")]))
    assert "Did your care take place: Yes" in text_of(page)
    assert request_of(app, cast).status == "took_place"


def test_accepting_a_change_in_an_older_tab_says_which_times_changed(app: Flask, visit: Any, cast: Cast) -> None:
    """From what to what; the price typed for the earlier ones is not taken for that of the new ones."""
    rep, officer, one = arranged(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    path = f"/care/{one.id}/arrange"
    old = next(form for form in forms_of(path, officer) if form.path.endswith("agree-times"))
    change(rep, app, cast, until_hour="1:30pm")
    fields = [(name, "60" if name == "new_cost" else value) for name, value in old.fields]
    page = text_of(officer.client.post(old.path, data=MultiDict(fields)))
    was, now = "Friday 20 March, from 9am to 3pm", "Friday 20 March, from 9am to 1:30pm"
    assert f"The times asked for were {was}. They are now {now}." in page
    assert "You entered £60.00 for the earlier times. Check it is right for the new ones." in page
    assert "Now saved" not in page, "nobody else changed what is typed there"
    assert request_of(app, cast).to_agree == "officer", "and nothing is accepted before that is read"


def test_arranging_in_an_older_tab_says_which_times_changed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    path = f"/care/{one.id}/arrange"
    old = arrange_form(officer.get(path), path, officer)
    change(rep, app, cast, until_hour="4pm")
    page = text_of(officer.client.post(path, data=MultiDict(old.fields)))
    assert (
        "The times asked for were Friday 20 March, from 9am to 2pm. They are now Friday 20 March, from 9am to 4pm."
        in page
    )
    assert "for the earlier times. Check it" not in page, "no price was typed"
