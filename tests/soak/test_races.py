"""Many at once, on a real database: one publication, one announcement, one use of a link, ten guesses and no more."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts import actions as accounts
from portal.accounts import mailed_links
from portal.accounts.models import MailedLink, Person
from portal.accounts.queries import person_by_email
from portal.infra.database import db
from portal.infra.sealed import seal
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.infra.web import downloads
from portal.infra.web.limits import has_room
from portal.meetings.actions import add_item
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.models import Publication
from portal.papers.preparing import actions as preparing_actions
from portal.scheduler.run import do_what_is_due
from tests import databases
from tests.cast import Cast, publish

AT_ONCE = 8
pytestmark = [pytest.mark.slow, pytest.mark.races]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, dialect: str) -> Iterator[tuple[Flask, Cast]]:
    app, cast = databases.filled(dialect, tmp_path_factory.mktemp("races"))
    yield app, cast
    with app.app_context():
        db.engine.dispose()


def all_at_once(app: Flask, do: Callable[[], Any]) -> list[Any]:
    """What each of several threads got, starting in the same moment: a result or an exception."""
    barrier, results = threading.Barrier(AT_ONCE), []

    def one() -> None:
        with app.app_context():
            barrier.wait()
            try:
                results.append(do())
            except Exception as error:
                results.append(error)

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_publish_pressed_many_times_at_once_publishes_once(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    meeting_id = cast.northfirth.things["coming_id"]
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(meeting_id)
        add_item(meeting, title="Budget")
        version = meeting.version

    def press() -> str:
        with unit_of_work():
            preparing_actions.publish(meeting_by_id(meeting_id), version)
        return "published"

    results = all_at_once(app, press)
    assert results.count("published") == 1
    assert all(isinstance(one, EditConflict) for one in results if one != "published")
    with app.app_context():
        count = select(func.count(Publication.id)).where(Publication.meeting_id == meeting_id)
        assert db.session.scalar(count) == 1


def test_publishing_without_looking_at_the_version_would_be_noticed(
    filled: tuple[Flask, Cast], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: several of many at once succeed."""
    app, cast = filled
    monkeypatch.setattr("portal.infra.versions.rows_changed", lambda _statement: 1)

    def press() -> str:
        with unit_of_work():
            preparing_actions.publish(meeting_by_id(cast.northfirth.things["coming_id"]), 1)
        return "published"

    assert all_at_once(app, press).count("published") > 1


def test_many_schedulers_at_once_tell_each_person_once(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    meeting_id = cast.southmoor.things["coming_id"]
    with app.app_context(), unit_of_work():
        add_item(meeting_by_id(meeting_id), title="Budget")
    with app.app_context():
        publish(meeting_by_id(meeting_id), {"1 Budget.pdf": 1})
    results = all_at_once(app, do_what_is_due)
    assert all(isinstance(one, int) for one in results)
    with app.app_context():
        told = select(Email.person_id, func.count()).where(
            Email.meeting_id == meeting_id, Email.template == "papers-announced"
        )
        assert [count for _, count in db.session.execute(told.group_by(Email.person_id))] == [1]


def test_a_link_used_many_times_at_once_works_once(filled: tuple[Flask, Cast]) -> None:
    app, _ = filled
    with app.app_context(), unit_of_work():
        accounts.mail_link("sign-in", seal(accounts.MAIL_LINK, "rep@northfirth.test"))
    with app.app_context():
        link_id = db.session.scalars(select(MailedLink.id).where(MailedLink.purpose == "sign-in")).one()

    def use() -> str:
        with unit_of_work():
            accounts.use_sign_in_link(db.session.get_one(MailedLink, link_id))
        return "in"

    assert all_at_once(app, use).count("in") == 1


def links_of(app: Flask, email: str, purpose: str, new_email: str = "") -> list[Any]:
    """The ids of as many links as there are to be uses at once, all of one purpose and alive."""
    with app.app_context(), unit_of_work():
        person = person_by_email(email)
        made = [mailed_links.new_link(person, purpose) for _ in range(AT_ONCE)]
        for link in made:
            link.new_email = new_email or None
        return [link.id for link in made]


def test_of_a_new_password_and_a_new_address_at_once_by_link_one_succeeds(filled: tuple[Flask, Cast]) -> None:
    """Each makes the other's link dead, however close together they are used."""
    app, _ = filled
    email = "mentor@southmoor.test"
    resets = links_of(app, email, "reset")[: AT_ONCE // 2]
    changes = links_of(app, email, "new-email", "raced@southmoor.test")[: AT_ONCE // 2]
    uses = [*((accounts.reset_password, one, ("heron ladder quay seven",)) for one in resets)]
    uses += [(accounts.change_email, one, ()) for one in changes]

    def use() -> str:
        act, link_id, typed = uses.pop()
        with unit_of_work():
            act(db.session.get_one(MailedLink, link_id), *typed)
        return "in"

    results = all_at_once(app, use)
    assert results.count("in") == 1
    assert all(isinstance(one, accounts.AlreadyTaken) for one in results if one != "in")


def test_of_many_who_take_one_address_at_once_one_has_it(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    wanted = "wanted@southmoor.test"
    emails = [f"{role}@{board.key}.test" for board in cast.boards for role in ("clerk", "officer", "approver", "admin")]
    ids = [links_of(app, email, "new-email", wanted)[0] for email in emails[:AT_ONCE]]

    def use() -> str:
        with unit_of_work():
            accounts.change_email(db.session.get_one(MailedLink, ids.pop()))
        return "in"

    results = all_at_once(app, use)
    assert results.count("in") == 1
    assert all(isinstance(one, accounts.AddressTaken) for one in results if one != "in")


def test_of_many_new_addresses_asked_for_at_once_one_can_be_confirmed(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    person_id = cast.southmoor.people["depute"]
    addresses = [f"asked{number}@southmoor.test" for number in range(AT_ONCE)]

    def ask() -> str:
        with unit_of_work():
            accounts.ask_to_change_email(db.session.get_one(Person, person_id), addresses.pop())
        return "asked"

    assert all_at_once(app, ask) == ["asked"] * AT_ONCE
    with app.app_context():
        alive = select(func.count(MailedLink.id)).where(MailedLink.person_id == person_id)
        assert db.session.scalar(alive.where(MailedLink.purpose == "new-email")) == 1


def test_many_guesses_at_once_find_at_most_ten_places(filled: tuple[Flask, Cast]) -> None:
    app, _ = filled
    results = [one for _ in range(3) for one in all_at_once(app, lambda: has_room("10 per 5 minutes", "race"))]
    assert len(results) == 24
    assert not [one for one in results if isinstance(one, Exception)]
    assert 0 < results.count(True) <= 10


def test_one_code_used_many_times_at_once_lets_in_once(filled: tuple[Flask, Cast]) -> None:
    import pyotp

    from portal.accounts import second_factor
    from portal.accounts.models import SignedInSession
    from tests.cast import NOW

    app, cast = filled
    secret = pyotp.random_base32()
    person_id = cast.southmoor.people["clerk"]
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, person_id).totp = secret
        moments = {"began_at": NOW, "seen_at": NOW, "proved_at": NOW}
        for number in range(AT_ONCE):
            db.session.add(SignedInSession(key=f"race-{number}", person_id=person_id, **moments))
    keys = [f"race-{number}" for number in range(AT_ONCE)]

    def use() -> bool:
        with unit_of_work():
            session = db.session.get_one(SignedInSession, keys.pop())
            return second_factor.pass_with(session.person, session, pyotp.TOTP(secret).at(NOW))

    assert all_at_once(app, use).count(True) == 1


def test_of_ranges_that_come_at_once_one_begins_the_download(filled: tuple[Flask, Cast]) -> None:
    """A download manager asks for eight parts of a paper in the same moment: it is on record once."""
    app, cast = filled
    person_id, part = cast.person("northfirth.rep"), {"Range": "bytes=5-9"}

    def ask() -> bool:
        with app.test_request_context(headers=part), unit_of_work():
            return downloads.begins(person_id, "papers/at-once.pdf")

    assert sorted(all_at_once(app, ask), key=str) == [False] * (AT_ONCE - 1) + [True]
