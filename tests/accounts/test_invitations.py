"""Invitations: for 14 days, once, withdrawn by whoever may invite, asked for again, and what became of their emails."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.accounts import actions, invitations
from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.sealed import seal
from portal.infra.unit_of_work import unit_of_work
from portal.notifications import mailer, outbox
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import work_once
from tests.accounts.mailed import emails, send_all
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

PEOPLE = "/boards/northfirth/people"
PASSWORD = {"password": "heron ladder quay"}
UNA = "una@new.test"


@pytest.fixture
def una(app: Flask, visit: Any) -> str:
    """Una is invited as an officer; the address of her link."""
    visit("northfirth.admin").post(f"{PEOPLE}/new", {"name": "Una New", "email": UNA, "role": "officer"})
    return latest_link(app, "invitation")


def person_id(app: Flask, email: str = UNA) -> Any:
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def account_of(app: Flask) -> str:
    return f"{PEOPLE}/{person_id(app)}/account"


def test_an_invitation_lives_14_days_and_works_once(app: Flask, visit: Any, at: Any, una: str) -> None:
    at(NOW + timedelta(days=14) - timedelta(seconds=1))
    assert visit("").get(una).status_code == 200
    at(NOW + timedelta(days=14))
    assert visit("").get(una).status_code == 404
    at(NOW + timedelta(days=13))
    assert visit("").post(una, PASSWORD).status_code == 302
    assert visit("").post(una, PASSWORD).status_code == 404


def test_a_withdrawn_invitation_and_every_other_link_let_nobody_in(app: Flask, visit: Any, una: str) -> None:
    visit("").post("/forgotten-password", {"email": UNA})
    reset = latest_link(app, "reset-password")
    admin = visit("northfirth.admin")
    assert admin.post(account_of(app), {"what": "withdraw"}).status_code == 302
    page = text_of(admin.get(PEOPLE))
    assert "Una New" not in page.split("They cannot join unless you invite them again.")[0]
    assert "Una New Invitation withdrawn Was invited as engagement officer" in page
    assert "Withdraw the invitation" not in page
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert "Withdrew an invitation: Una New" in trail
    assert "Agreed to change an account: " not in trail
    before = len(emails(app, "invitation"))
    for path in (una, reset):
        assert visit("").post(path, PASSWORD).status_code == 404
    for path in ("/invitation/again", "/forgotten-password", "/sign-in/by-email"):
        visit("").post(path, {"email": UNA})
        do_the_work(app)
    assert len(emails(app, "invitation")) == before
    assert len(emails(app, "reset-password")) == 1


def do_the_work(app: Flask) -> None:
    with app.app_context():
        while work_once():
            pass


def test_whoever_is_invited_again_after_that_can_join(app: Flask, visit: Any, una: str) -> None:
    admin = visit("northfirth.admin")
    admin.post(account_of(app), {"what": "withdraw"})
    admin.post(f"{PEOPLE}/new", {"name": "Una New", "email": UNA, "role": "clerk"})
    assert visit("").post(latest_link(app, "invitation"), PASSWORD).status_code == 302


@pytest.mark.parametrize(("name", "answer"), [("northfirth.officer", 403), ("southmoor.admin", 404)])
def test_only_an_administrator_of_the_board_withdraws(app: Flask, visit: Any, una: str, name: str, answer: int) -> None:
    assert visit(name).post(account_of(app), {"what": "withdraw"}).status_code == answer
    assert visit("").get(una).status_code == 200


def test_the_page_of_a_dead_invitation_sends_a_new_one(app: Flask, visit: Any, at: Any, una: str) -> None:
    at(NOW + timedelta(days=20))
    page = visit("").get(una)
    assert 'action="/invitation/again"' in page.text
    assert "Send me a new invitation" in page.text
    answers = {text_of(visit("").post("/invitation/again", {"email": email})) for email in (UNA, "who@else.test")}
    assert len(answers) == 1, "whether somebody is invited is told to nobody"
    new = latest_link(app, "invitation")
    assert new != una
    assert visit("").post(new, PASSWORD).status_code == 302
    [first, second] = emails(app, "invitation")
    assert second.board_id == first.board_id
    assert [post.split(":")[0] for post in second.facts["posts"]] == ["Engagement officer"]


def test_whoever_has_joined_and_asks_for_an_invitation_gets_a_link_to_sign_in(app: Flask, visit: Any) -> None:
    visit("").post("/invitation/again", {"email": "rep@northfirth.test"})
    assert latest_link(app, "sign-in-link").startswith("/sign-in/link/")
    assert not emails(app, "invitation")


@pytest.mark.parametrize("how", ["refused", "never taken", "six times in vain"])
def test_whoever_invited_hears_that_it_was_not_delivered(
    app: Flask, visit: Any, cast: Cast, at: Any, una: str, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def deliver(_postman: Any, _message: Any) -> None:
        raise mailer.Refused("The address was refused (550)") if how == "refused" else OSError("away")

    admin = visit("northfirth.admin")
    assert "Invited Asked today, ends on" in text_of(admin.get(PEOPLE))
    monkeypatch.setattr(mailer.Postman, "deliver", deliver)
    if how == "six times in vain":
        with app.app_context(), unit_of_work():
            db.session.execute(anywhere(update(Email).where(Email.template == "invitation").values(tries=5)))
    if how == "never taken":
        with app.app_context(), unit_of_work():
            outbox.mark_expired(emails(app, "invitation")[0])
    else:
        send_all(app)
    [told] = emails(app, "invitation-failed")
    assert told.person_id == cast.northfirth.people["admin"]
    assert "Invitation not delivered" in text_of(visit("northfirth.admin").get(PEOPLE))
    assert "Invitation not delivered" in text_of(visit("northfirth.admin").get(account_of(app)))
    with app.app_context(), unit_of_work():
        outbox.mark_failed(emails(app, "invitation")[0], "again")
    assert len(emails(app, "invitation-failed")) == 1, "once is enough"


def test_an_invitation_that_goes_after_all_is_no_failure_any_more(app: Flask, visit: Any, una: str) -> None:
    [email] = emails(app, "invitation")
    with app.app_context(), unit_of_work():
        outbox.mark_failed(email, "away")
    with app.app_context(), unit_of_work():
        outbox.mark_sent(email)
    assert "Invited Asked today, ends on" in text_of(visit("northfirth.admin").get(PEOPLE))


def test_a_stranger_who_joined_can_be_closed_even_after_their_role_has_ended(app: Flask, visit: Any, una: str) -> None:
    """Or before it has begun."""
    visit("").post(una, PASSWORD)
    admin, stranger = visit("northfirth.admin"), visit("")
    role = admin.get(PEOPLE).text.split(f"{UNA}")[0].rsplit("/boards/northfirth/roles/", 1)[1].split("/")[0]
    assert admin.post(f"/boards/northfirth/roles/{role}/end").status_code == 302
    page = text_of(admin.get(PEOPLE))
    assert "Una New" in page.split("No role now, account open")[1]
    assert admin.post(account_of(app), {"what": "disable"}).status_code == 302
    sign_in = {"email": UNA, **PASSWORD}
    assert "do not match" in text_of(stranger.post("/sign-in", sign_in))
    admin.get(PEOPLE)  # says once more whose account was closed
    assert "Una New" not in text_of(admin.get(PEOPLE))
    assert visit("southmoor.admin").get(account_of(app)).status_code == 404
    assert visit("northfirth.officer").get(account_of(app)).status_code == 403


def test_whoever_begins_next_month_has_an_account_page_already(app: Flask, visit: Any) -> None:
    first = TODAY + timedelta(days=30)
    typed = {"name": "Una New", "email": UNA, "role": "clerk", "from_on": [first.day, first.month, first.year]}
    admin = visit("northfirth.admin")
    admin.post(f"{PEOPLE}/new", typed)
    page = text_of(admin.get(PEOPLE))
    assert "Una New is invited as clerk from Thursday 2 April 2026, at una@new.test." in page
    assert "Withdraw the invitation of Una New" in page
    assert "Withdraw the invitation" in text_of(admin.get(account_of(app)))


def test_an_invitation_goes_with_the_last_role(app: Flask, visit: Any, una: str) -> None:
    admin = visit("northfirth.admin")
    role = admin.get(PEOPLE).text.split(f"{UNA}")[0].rsplit("/boards/northfirth/roles/", 1)[1].split("/")[0]
    path = f"/boards/northfirth/roles/{role}/end"
    page = text_of(admin.get(path))
    assert "Una New has not joined yet, and will not become an engagement officer of Northfirth." in page
    assert "Their invitation will stop working at once." in page
    assert "signed out" not in page
    admin.post(path)
    assert visit("").post(una, PASSWORD).status_code == 404


def appoint(visit: Any, cast: Cast, seat: str, email: str = UNA, name: str = "Una New") -> Any:
    term = {"from_on": ["3", "3", "2026"], "until_on": ["2", "3", "2027"], "capacity": "unpaid_carer"}
    path = f"/boards/northfirth/seats/{cast.northfirth.things[seat]}/appoint"
    admin = visit("northfirth.admin")
    assert admin.post(path, {"name": name, "email": email, **term}).status_code == 302
    return text_of(admin.get("/boards/northfirth"))


def mails_to(app: Flask, email: str = UNA) -> list[Email]:
    theirs = select(Email).where(Email.person_id == person_id(app, email)).order_by(Email.asked_at, Email.id)
    with app.app_context():
        return list(db.session.scalars(anywhere(theirs)))


def test_a_new_rep_gets_one_email_and_the_rest_in_one_once_they_have_joined(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    from portal.scheduler.run import do_what_is_due

    assert "Una New is invited as carer rep, at una@new.test." in appoint(visit, cast, "seat_id")
    for minutes in (0, 2, 24 * 60):
        at(NOW + timedelta(minutes=minutes))
        with app.app_context():
            do_what_is_due()
        send_all(app)
    sent = [one.template for one in mails_to(app) if one.status == "sent"]
    assert sent == ["invitation"]
    waiting = {one.template for one in mails_to(app) if one.status == "held"}
    assert {"role-to-agree", "induction-began"} <= waiting
    [invitation] = emails(app, "invitation")
    assert [post.split(",")[0] for post in invitation.facts["posts"]] == ["Carer rep on CANARYNORTH Main Group"]
    assert visit("").post(latest_link(app, "invitation"), PASSWORD).status_code == 302
    send_all(app)
    assert [one.template for one in mails_to(app) if one.status == "sent"] == ["invitation", "daily"]


def test_whoever_has_joined_is_told_which_group(app: Flask, visit: Any, cast: Cast) -> None:
    appoint(visit, cast, "seat_id", "clerk@northfirth.test", "CANARYNORTH Clerk")
    [email] = [one for one in emails(app, "rep-appointed") if one.person_id == cast.northfirth.people["clerk"]]
    with app.app_context():
        words = words_of(db.session.get_one(Email, email.id))
    assert words.subject == "You are a carer rep on CANARYNORTH Main Group"
    assert "a carer rep on CANARYNORTH Main Group, a group of CANARYNORTH Joint Board" in words.text


def test_an_email_to_somebody_without_a_password_says_how_to_get_one(app: Flask, visit: Any, una: str) -> None:
    with app.app_context(), unit_of_work():
        actions.disable(db.session.get_one(Person, person_id(app)))
        actions.enable(db.session.get_one(Person, person_id(app)))
    with app.app_context():
        text = words_of(db.session.get_one(Email, emails(app, "account-opened")[0].id)).text
        invitation = words_of(db.session.get_one(Email, emails(app, "invitation")[0].id)).text
    assert "Get a new invitation: http://localhost/invitation/again" in text
    assert "/account/notifications" not in text + invitation
    assert "until Tuesday 17 March 2026" in invitation


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("Una New", UNA, "Una New is invited as clerk, at una@new.test."),
        ("Una New", "both@both.test", "has this role already, so nothing has changed. You typed Una New,"),
        (
            "CANARYNORTH Rep",
            "rep@northfirth.test",
            "is now clerk. They already have an account, so they do not need an invitation",
        ),
        ("Ann", "officer@southmoor.test", "Ann is invited as clerk, at officer@southmoor.test."),
    ],
)
def test_what_is_said_of_an_address_is_true(
    app: Flask, visit: Any, cast: Cast, name: str, email: str, said: str
) -> None:
    if email.startswith("both"):
        with app.app_context(), unit_of_work():
            db.session.get_one(Person, cast.person("both")).email = email
    admin = visit("northfirth.admin")
    admin.post(f"{PEOPLE}/new", {"name": name, "email": email, "role": "clerk"})
    page = text_of(admin.get(PEOPLE))
    assert said in page
    assert "If they are new" not in page


def test_an_appointment_names_whoever_has_the_address(visit: Any, cast: Cast) -> None:
    said = appoint(visit, cast, "seat_id", "clerk@northfirth.test", "Una New")
    assert "CANARYNORTH Clerk already has an account with this address and is appointed." in said


def test_nobody_is_told_that_an_invitation_went_which_did_not(app: Flask, visit: Any, cast: Cast) -> None:
    path = f"/boards/northfirth/roles/{cast.northfirth.things['role_id']}/invite-again"
    admin = visit("northfirth.admin")
    admin.post(path)
    assert "No invitation was sent, because CANARYNORTH Approver has already joined." in text_of(admin.get(PEOPLE))
    assert not emails(app, "invitation")


def test_nobody_is_invited_by_a_link_of_another_purpose(work: Any, cast: Cast) -> None:
    """Asking for a link to sign in sends nothing to somebody who has not joined."""
    with work():
        one = invitations.invite(UNA, "Una", cast.northfirth.id)
    with work():
        actions.mail_link("sign-in", seal(actions.MAIL_LINK, UNA))
    found = select(Email.template).where(Email.person_id == one.id)
    assert list(db.session.scalars(anywhere(found))) == ["invitation"]
