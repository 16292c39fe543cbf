"""The outbox and the mailer, judged by a real SMTP server: nothing lost, nothing doubled, everything said."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.infra.database import db
from portal.mentoring.pairs.actions import ask_for_mentor
from portal.notifications import outbox
from portal.notifications.mailer import WrongPassword, send_next
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast, anywhere
from tests.notifications.post_office import PostOffice, open_post_office
from tests.visitor import text_of

REP = "rep@northfirth.test"


@pytest.fixture
def post_office(app: Flask, work: Any) -> Iterator[PostOffice]:
    """The app sends to this server for one test."""
    before = app.config["PORTAL"]
    with open_post_office() as office:
        app.config["PORTAL"] = dataclasses.replace(
            before, smtp_host="127.0.0.1", smtp_port=office.port, smtp_starttls=False
        )
        yield office
    app.config["PORTAL"] = before


def now_of(email: Email) -> Email:
    return db.session.get_one(Email, email.id, populate_existing=True)


def test_an_email_is_sent_once_in_text_and_html(one_email: Email, post_office: PostOffice) -> None:
    assert send_next()
    assert not send_next()
    [message] = post_office.to(REP)
    group = "CANARYNORTH Main Group (Northfirth)"
    assert message["Subject"].strip() == f"2 papers, 10 days to read: {group}, 13 March"
    assert message["Message-ID"] == one_email.message_id
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    assert "- Budget: 3 pages" in plain.get_content()
    assert "Read the papers: http://localhost/meetings/" in plain.get_content()
    assert ">Read the papers</a>" in html.get_content()
    assert now_of(one_email).status == "sent"


@pytest.mark.parametrize("answer", ["550 no such person", "553 bad address"])
def test_a_refused_address_is_a_failure_that_an_officer_sees(
    one_email: Email, post_office: PostOffice, visit: Any, answer: str
) -> None:
    post_office.answer_to_recipient = answer
    assert send_next()
    assert now_of(one_email).status == "failed"
    assert not send_next()


@pytest.mark.parametrize("where", ["answer_to_recipient", "answer_to_message"])
def test_a_temporary_refusal_is_tried_again_later(
    one_email: Email, post_office: PostOffice, at: Any, where: str
) -> None:
    setattr(post_office, where, "451 try later")
    assert send_next()
    assert now_of(one_email).status == "waiting"
    assert not send_next()
    setattr(post_office, where, "")
    at(NOW + timedelta(minutes=1, seconds=1))
    assert send_next()
    assert len(post_office.taken) == 1


def test_no_server_at_all_loses_nothing(app: Flask, one_email: Email, post_office: PostOffice, at: Any) -> None:
    working = app.config["PORTAL"]
    app.config["PORTAL"] = dataclasses.replace(working, smtp_port=1)
    assert send_next()
    assert now_of(one_email).status == "waiting"
    app.config["PORTAL"] = working
    at(NOW + timedelta(minutes=2))
    assert send_next()
    assert now_of(one_email).status == "sent"


def test_a_wrong_password_stops_the_queue(app: Flask, one_email: Email, monkeypatch: pytest.MonkeyPatch) -> None:
    before = app.config["PORTAL"]
    with open_post_office(password="right") as office:
        wrong = dataclasses.replace(before, smtp_host="127.0.0.1", smtp_port=office.port, smtp_starttls=False)
        wrong = dataclasses.replace(wrong, smtp_username="portal", smtp_password="wrong")
        monkeypatch.setitem(app.config, "PORTAL", wrong)
        with pytest.raises(WrongPassword):
            send_next()
    assert now_of(one_email).status == "waiting"


def test_an_email_under_lease_is_left_to_whoever_holds_it(one_email: Email, work: Any, at: Any) -> None:
    with work():
        assert outbox.take_some(20)
    with work():
        assert outbox.take_some(20) == []
    at(NOW + outbox.LEASE + timedelta(seconds=1))
    with work():
        [again] = outbox.take_some(20)
    assert again.message_id == one_email.message_id


def test_an_email_whose_time_has_passed_is_recorded_and_not_sent(
    one_email: Email, post_office: PostOffice, at: Any
) -> None:
    at(NOW + timedelta(days=8))
    assert send_next()
    assert post_office.taken == []
    assert now_of(one_email).status == "expired"


def test_a_name_with_a_line_break_adds_no_header(one_email: Email, post_office: PostOffice, work: Any) -> None:
    with work():
        email = now_of(one_email)
        email.facts = {**email.facts, "where": "Group\r\nBcc: thief@evil.test"}
    assert send_next()
    assert post_office.taken[0]["Bcc"] is None
    assert len(post_office.taken[0].get_all("To")) == 1


def test_words_of_people_make_no_links_in_an_email(one_email: Email, work: Any) -> None:
    from portal.notifications.render import words_of

    email = now_of(one_email)
    email.facts = {**email.facts, "papers": [{"title": "<b>x</b> https://evil.test", "pages": 1}]}
    html = words_of(email).html
    assert "<b>x</b>" not in html
    assert 'href="https://evil.test' not in html
    db.session.rollback()


def wants(work: Any, cast: Cast, choice: str, who: str = "rep") -> None:
    with work():
        db.session.get_one(Person, cast.northfirth.people[who]).emails_wanted = choice


def soon(at: Any) -> None:
    """8am two days before the meeting of the cast: 'meeting soon' is due."""
    at(datetime(2026, 3, 11, 8, 30, tzinfo=UTC))
    do_what_is_due()


def statuses(template: str, person_id: Any) -> list[str]:
    statement = select(Email.status).where(Email.template == template, Email.person_id == person_id)
    return list(db.session.scalars(statement.order_by(Email.asked_at)))


def test_one_email_a_day_at_seven(work: Any, cast: Cast, at: Any, post_office: PostOffice) -> None:
    rep = cast.northfirth.people["rep"]
    wants(work, cast, "daily")
    soon(at)
    assert statuses("meeting-soon", rep) == ["held"]
    at(datetime(2026, 3, 12, 6, 59, tzinfo=UTC))
    do_what_is_due()
    assert statuses("daily", rep) == []
    at(datetime(2026, 3, 12, 7, 0, tzinfo=UTC))
    for _ in range(2):
        do_what_is_due()
    assert statuses("daily", rep) == ["waiting"]
    assert statuses("meeting-soon", rep) == ["bundled"]
    while send_next():
        pass
    daily = [m for m in post_office.to(REP) if "daily" in m["Subject"]]
    assert len(daily) == 1
    body = daily[0].get_body(("plain",))
    assert body
    assert "When: 10am on Friday 13 March 2026" in body.get_content()
    assert body.get_content().count("Hello") == 1


def test_only_what_needs_me_leaves_out_news(work: Any, cast: Cast, at: Any) -> None:
    rep = cast.northfirth.people["rep"]
    wants(work, cast, "only_needed")
    soon(at)
    assert statuses("meeting-soon", rep) == []
    assert statuses("papers-announced", rep)


def test_an_officer_sees_what_was_sent_and_sends_it_again(visit: Any, things: dict[str, Any], app: Flask) -> None:
    officer = visit("northfirth.officer")
    with app.app_context():
        db.session.execute(update(Email).where(Email.id == things["email_id"]).values(status="sent", sent_at=NOW))
        db.session.commit()
    page = text_of(officer.get(f"/meetings/{things['meeting_id']}/emails"))
    assert "To CANARYNORTH Rep, sent 10am on Tuesday 3 March 2026" in page
    assert officer.post(f"/emails/{things['email_id']}/send-again").status_code == 302
    with app.app_context():
        again = db.session.scalars(anywhere(select(Email).where(Email.key.like("papers-announced:again:%")))).one()
        first = db.session.get_one(Email, things["email_id"])
        assert again.facts == first.facts
        assert again.message_id != first.message_id


def test_a_clerk_sees_emails_of_meetings_and_cannot_send_again(visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.get("/boards/northfirth/emails")
    assert "These are the emails about meetings. Other emails" in text_of(page)
    officer = text_of(visit("northfirth.officer").get("/boards/northfirth/emails"))
    assert "about meetings, and all that reps of Northfirth got. Other emails" in officer
    assert "2 papers, 10 days to read: CANARYNORTH Main Group (Northfirth)" in text_of(page)
    assert "Send again" not in page.text
    assert "You are a carer rep" not in text_of(page)


def test_emails_are_listed_in_the_order_of_the_times_shown(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    officer, path = visit("northfirth.officer"), f"/meetings/{things['meeting_id']}/emails"
    with app.app_context():
        first, second = db.session.scalars(
            anywhere(select(Email.id).where(Email.meeting_id == things["meeting_id"]).order_by(Email.id).limit(2))
        )
        for key, asked, sent in ((first, 1, 30), (second, 2, 20)):
            when = {"asked_at": NOW + timedelta(minutes=asked), "sent_at": NOW + timedelta(minutes=sent)}
            db.session.execute(update(Email).where(Email.id == key).values(status="sent", **when))
        db.session.commit()
    page = text_of(officer.get(path))
    assert page.index("sent 10:30am on Tuesday 3 March") < page.index("sent 10:20am on Tuesday 3 March")


def test_the_list_rounds_as_pages_say_beforehand_and_claims_no_words_of_an_earlier_hour(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    officer, path = visit("northfirth.officer"), f"/meetings/{things['meeting_id']}/emails"
    one, at = Email.id == things["email_id"], NOW + timedelta(minutes=53, seconds=20)

    def listed(**values: object) -> str:
        with app.app_context():
            db.session.execute(update(Email).where(one).values(**values))
            db.session.commit()
        return text_of(officer.get(path))

    facts = {"facts": {**_facts(app, things), "published": ""}, "asked_at": at}
    page = listed(status="held", sent_at=None, **facts)
    assert "waiting since 10:53am" in page
    assert "their requests or their claims" in page
    assert "first written 10:53am" in listed(status="expired")
    assert "sent 10:54am" in listed(status="sent", sent_at=at)


def _facts(app: Flask, things: dict[str, Any]) -> dict[str, Any]:
    with app.app_context():
        return db.session.get_one(Email, things["email_id"]).facts


def test_what_a_morning_brings_about_training_comes_as_one_email(cast: Cast, work: Any, at: Any) -> None:
    """Several are gathered until ten past eight; one alone goes as it is; who chose at once has each at once."""
    officer = cast.northfirth.people["officer"]
    with work():
        for who in ("depute", "mentor", "clerk"):
            ask_for_mentor(cast.northfirth.id, cast.northfirth.people[who], cast.northfirth.people[who], [], "")
    assert "held" in statuses("mentor-wanted", officer)
    at(datetime(2026, 3, 4, 8, 9, tzinfo=UTC))
    do_what_is_due()
    assert "bundled" not in statuses("mentor-wanted", officer)
    at(datetime(2026, 3, 4, 8, 10, tzinfo=UTC))
    for _ in range(2):
        do_what_is_due()
    assert set(statuses("mentor-wanted", officer)) == {"bundled"}
    assert len(statuses("daily", officer)) == 1
    with work():
        ask_for_mentor(cast.southmoor.id, cast.southmoor.people["clerk"], cast.southmoor.people["clerk"], [], "")
    at(datetime(2026, 3, 5, 8, 10, tzinfo=UTC))
    do_what_is_due()
    theirs = cast.southmoor.people["officer"]
    assert statuses("mentor-wanted", theirs).count("waiting") == 1, "one alone goes as it is"
    wants(work, cast, "at_once", "officer")
    with work():
        ask_for_mentor(cast.northfirth.id, cast.northfirth.people["admin"], cast.northfirth.people["admin"], [], "")
    assert statuses("mentor-wanted", officer).count("waiting") == 1
