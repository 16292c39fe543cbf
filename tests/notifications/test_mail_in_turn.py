"""Many emails over one connection, what cannot wait first, and the trouble of one holds up no other."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.capabilities import GATHERED
from portal.infra.database import db
from portal.notifications import mailer, outbox
from portal.notifications.mailer import Postman
from portal.notifications.models import FIRST, LATER, Email
from tests.cast import NOW, anywhere
from tests.notifications import test_mail as mail
from tests.notifications.post_office import PostOffice

post_office = mail.post_office  # a fixture of theirs


def waiting(work: Any, how_many: int, first: int = -1) -> list[str]:
    """That many emails wait, to addresses that are numbers; one of them cannot wait. In the order they were asked."""
    with work():
        db.session.execute(anywhere(update(Email).values(status="expired")))
        rep = db.session.scalars(select(Person).where(Person.email == mail.REP)).one()
        for number in range(how_many):
            of = {"key": f"some:{number}", "template": "password-changed", "board_id": None, "meeting_id": None}
            row = outbox._row(**of, person_id=rep.id, to_address=f"{number}@x.test", facts={}, now=NOW)
            row.not_before = NOW - timedelta(seconds=how_many - number)
            row.turn = FIRST if number == first else LATER
            db.session.add(row)
    return [f"{number}@x.test" for number in range(how_many)]


def test_many_emails_go_over_one_connection_which_ends_when_there_are_no_more(
    work: Any, post_office: PostOffice
) -> None:
    everybody = waiting(work, 45)
    with Postman() as postman:
        taken = [postman.send_some() for _ in range(4)]
        assert postman.connection is None, "nothing waits any more"
    assert taken == [20, 20, 5, 0]
    assert [str(one["To"]) for one in post_office.taken] == everybody
    assert post_office.connections == 1


def test_what_cannot_wait_goes_first(work: Any, post_office: PostOffice) -> None:
    waiting(work, 30, first=29)
    with Postman() as postman:
        postman.send_some()
    assert str(post_office.taken[0]["To"]) == "29@x.test"


def test_what_cannot_wait_is_said_where_the_email_is_declared(app: Flask) -> None:
    found = {email for email, one in GATHERED.email_called.items() if one.cannot_wait}
    assert {"sign-in-link", "reset-password", "confirm-new-email", "check-in"} <= found


def test_a_slow_server_holds_up_nobody_who_asks_meanwhile(
    work: Any, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken and has no time left is given back, and counts as no try."""
    waiting(work, 10)
    monkeypatch.setattr(mailer, "SECONDS_AT_ONCE", 0.0)
    with Postman() as postman:
        assert postman.send_some() == 10
        assert post_office.taken == []
        monkeypatch.setattr(mailer, "SECONDS_AT_ONCE", 5.0)
        with work():
            db.session.execute(anywhere(update(Email).where(Email.key == "some:7").values(turn=FIRST)))
        assert postman.send_some() == 10
    assert str(post_office.taken[0]["To"]) == "7@x.test"
    assert set(
        db.session.scalars(anywhere(select(Email.tries).where(Email.key.like("some:%")).order_by(Email.id)))
    ) == {1}


def test_one_refused_address_holds_up_no_other(work: Any, post_office: PostOffice) -> None:
    waiting(work, 3)
    post_office.refused = {"1@x.test"}
    with Postman() as postman:
        postman.send_some()
    assert [str(one["To"]) for one in post_office.taken] == ["0@x.test", "2@x.test"]
    assert post_office.connections == 1


def test_a_server_that_ends_a_connection_after_some_gets_the_next_over_another(
    work: Any, post_office: PostOffice
) -> None:
    everybody = waiting(work, 7)
    post_office.most_of_a_connection = 3
    with Postman() as postman:
        postman.send_some()
    assert [str(one["To"]) for one in post_office.taken] == everybody
    assert post_office.connections == 3


def test_without_a_server_one_try_is_enough_for_all(app: Flask, work: Any, post_office: PostOffice) -> None:
    waiting(work, 5)
    app.config["PORTAL"] = dataclasses.replace(app.config["PORTAL"], smtp_port=1)
    with Postman() as postman:
        assert postman.send_some() == 5
        assert postman.send_some() == 0, "all of them wait a minute"
    problems = set(
        db.session.scalars(anywhere(select(Email.problem).where(Email.key.like("some:%")).order_by(Email.id)))
    )
    assert problems == {"It could not be sent (ConnectionRefusedError). We will try again"}
