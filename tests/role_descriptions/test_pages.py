"""A role from the national model to a rep's word, and what happens when it changes."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.notifications.models import Email
from portal.role_descriptions.models import RoleAgreement, RoleDescription
from portal.scheduler.run import do_what_is_due
from tests.cast import Cast, anywhere
from tests.visitor import text_of

NEW = {"purpose": "**Speak** for carers\n\n- listen\n- ask", "governance": "", "outside": "", "representing": ""}
NEW |= {"promises": ["care", "mentor"], "gives": "", "hours_a_month": "9", "contact": "Ann Fraser"}


def path(cast: Cast) -> str:
    return f"/boards/northfirth/groups/{cast.northfirth.things['group_id']}/role"


def write(visitor: Any, cast: Cast, version: int = 0, **changed: Any) -> Any:
    return visitor.post(f"{path(cast)}/write", {**NEW, "version": str(version), **changed})


def publish(visitor: Any, cast: Cast, version: int = 1) -> Any:
    return visitor.post(f"{path(cast)}/publish", {"version": str(version)})


def mails(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        do_what_is_due()
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at)
        return list(db.session.scalars(anywhere(statement)).unique())


def agreements(app: Flask, person_id: Any) -> list[int]:
    with app.app_context():
        statement = select(RoleDescription.number).join(
            RoleAgreement, RoleAgreement.description_id == RoleDescription.id
        )
        statement = statement.where(RoleAgreement.person_id == person_id).order_by(RoleDescription.number)
        return list(db.session.scalars(anywhere(statement)))


def test_from_draft_to_agreement(app: Flask, visit: Any, cast: Cast) -> None:
    """The cast's rep agreed to version 1 and was asked about 2; version 3 is written, published, mailed, agreed to."""
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    assert "CANARYNORTH visits, second" in officer.get(f"{path(cast)}/write").text, "it starts from what holds now"
    assert write(officer, cast).status_code == 302
    assert "Version 3" not in text_of(rep.get(path(cast))), "nobody sees a draft"
    page = officer.get(f"{path(cast)}/publish")
    assert "<ins>" in page.text
    assert "<del>" in page.text
    assert "<strong>Speak</strong> for carers" in page.text
    assert publish(officer, cast).status_code == 302
    [told] = [one for one in mails(app, "role-changed") if one.facts["number"] == 3]
    assert told.person_id == cast.northfirth.people["rep"]
    assert "What this role is for" in told.facts["changed"]
    assert "Read and agree your role description" in text_of(rep.get("/"))
    page = rep.get(path(cast))
    assert "What has changed since you agreed" in text_of(page)
    assert rep.post(f"{path(cast)}/agree", {"version": "3"}).status_code == 302
    assert rep.post(f"{path(cast)}/agree", {"version": "3"}).status_code == 302
    assert agreements(app, cast.northfirth.people["rep"]) == [1, 3]
    agreed = text_of(rep.get(path(cast)))
    assert "since you agreed" not in agreed, "nothing has"
    assert "What changed from version 1" in agreed
    assert "You agreed on Tuesday 3 March" in text_of(rep.get(path(cast)))
    assert "Read and agree your role description" not in text_of(rep.get("/"))
    assert "Agreed to version 3" in text_of(officer.get("/boards/northfirth/reps"))


def test_nobody_agrees_to_what_they_have_not_seen(app: Flask, visit: Any, cast: Cast) -> None:
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    write(officer, cast)
    publish(officer, cast)
    page = rep.post(f"{path(cast)}/agree", {"version": "2"}, follow_redirects=True)
    assert "There is a newer version now" in text_of(page)
    assert agreements(app, cast.northfirth.people["rep"]) == [1]


def test_the_same_words_are_not_published_again(app: Flask, visit: Any, cast: Cast) -> None:
    officer = visit("northfirth.officer")
    write(officer, cast)
    publish(officer, cast)
    write(officer, cast)
    publish(officer, cast)
    page = officer.get(path(cast))
    assert "Nothing has changed, so there is nothing to publish" in text_of(page)
    assert "Version 4" not in page.text


def test_words_that_were_changed_and_changed_back_are_not_published_again(visit: Any, cast: Cast) -> None:
    officer = visit("northfirth.officer")
    write(officer, cast)
    publish(officer, cast)
    write(officer, cast, purpose="Other words")
    write(officer, cast, version=1)
    assert "There are no changes to publish yet" in text_of(publish(officer, cast, version=2))


def test_two_who_write_at_once_lose_nothing(visit: Any, cast: Cast) -> None:
    officer, admin = visit("northfirth.officer"), visit("northfirth.admin")
    write(officer, cast, purpose="The officer's words")
    page = write(admin, cast, purpose="The administrator's words")
    assert "This was changed since you opened this page" in text_of(page)
    assert "The administrator&#39;s words" in page.text
    assert 'name="version" type="hidden" value="1"' in page.text
    assert write(admin, cast, version=1, purpose="The administrator's words").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("purpose", "", "Say in a few words what this role is for"),
        ("hours_a_month", "0", "must be a whole number from 1 to 200"),
        ("hours_a_month", "1e3", "must be a whole number from 1 to 200"),
        ("contact", "", "Enter who a rep can ask"),
        ("promises", ["money"], "What the board gives you: choose from the list"),
    ],
)
def test_what_is_missing_is_said(visit: Any, cast: Cast, field: str, value: Any, words: str) -> None:
    assert words in text_of(write(visit("northfirth.officer"), cast, **{field: value}))


def test_the_pdf_says_the_same(visit: Any, cast: Cast) -> None:
    officer = visit("northfirth.officer")
    write(officer, cast)
    publish(officer, cast)
    response = visit("northfirth.rep").client.get(f"{path(cast)}.pdf")
    assert response.mimetype == "application/pdf"
    pages = pypdfium2.PdfDocument(io.BytesIO(response.data))
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    for words in ("Speak for carers", "Replacement care", "About 9 hours", "Ann Fraser", "Version 3"):
        assert words in text
    assert visit("northfirth.rep").client.get(f"{path(cast)}.pdf?version=9").status_code == 404


def test_versions_are_compared_side_by_side(visit: Any, cast: Cast) -> None:
    page = visit("northfirth.rep").get(f"{path(cast)}/compare?old=1&new=2")
    assert "<del>first</del>" in page.text
    assert "<ins>second</ins>" in page.text
    assert "These two versions are the same" in text_of(
        visit("northfirth.rep").get(f"{path(cast)}/compare?old=2&new=2")
    )
    assert visit("northfirth.rep").client.get(f"{path(cast)}/compare?old=7").status_code == 404


def test_everyone_can_read_what_a_rep_does(visit: Any, cast: Cast) -> None:
    page = visit("").get("/public/boards/northfirth")
    assert "What a carer rep does here" in text_of(page)
    public = visit("").get(f"/public/boards/northfirth/roles/{cast.northfirth.things['group_id']}")
    assert "CANARYNORTH purpose" in public.text
    assert visit("").get(f"/public/boards/southmoor/roles/{cast.northfirth.things['group_id']}").status_code == 404


def test_the_coordinator_writes_the_model_and_boards_start_from_it(visit: Any, cast: Cast) -> None:
    coordinator, officer = visit("coordinator"), visit("northfirth.officer")
    assert "There is no national model yet" in text_of(officer.get("/role-model"))
    model = {name: NEW[name] for name in ("purpose", "promises")}
    coordinator.post("/role-model/write", {**model, "purpose": "The national purpose", "version": "0"})
    assert "The national purpose" not in officer.get("/role-model").text
    coordinator.post("/role-model/publish", {"version": "1"})
    assert "The national purpose" in officer.get("/role-model").text
    assert "There is a national model now" in text_of(officer.get("/boards/northfirth/roles"))
    admin = visit("northfirth.admin")
    admin.post("/boards/northfirth/groups/new", {"name": "New group", "kind": "other", "parent": ""})
    page = officer.get("/boards/northfirth/roles").text
    new_group = page.split("New group")[0].rsplit('href="', 1)[1].split('"')[0]
    assert "The national purpose" in officer.get(f"{new_group}/write").text


def test_a_depute_agrees_with_the_nomination_and_is_asked_again(app: Flask, visit: Any, cast: Cast) -> None:
    officer, depute = visit("northfirth.officer"), visit("northfirth.depute")
    nomination = cast.northfirth.things["nomination_id"]
    with app.app_context():
        from portal.accounts.models import Person

        person = db.session.get_one(Person, cast.northfirth.people["depute"])
        email = person.email
        from portal.deputes.models import Nomination
        from portal.infra.unit_of_work import unit_of_work

        with unit_of_work():
            one = db.session.get_one(Nomination, nomination)
            one.email = email
    officer.post(f"/deputes/{nomination}/decide", {"answer": "yes"})
    assert "Read the role" in text_of(depute.get("/deputes"))
    depute.post(f"/deputes/{nomination}/agree")
    assert agreements(app, cast.northfirth.people["depute"]) == [2]
    write(officer, cast)
    publish(officer, cast)
    told = [one for one in mails(app, "role-changed") if one.person_id == cast.northfirth.people["depute"]]
    assert [one.facts["as_depute"] for one in told] == [True]
    for page in ("/deputes", "/"):
        assert "The role has a new version" in text_of(depute.get(page)), page
    depute.post(f"/deputes/{nomination}/agree")
    assert agreements(app, cast.northfirth.people["depute"]) == [2, 3]
    assert "The role has a new version" not in text_of(depute.get("/"))


def test_a_new_rep_is_asked_on_the_first_day(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    from datetime import timedelta

    from tests.cast import NOW

    form = {"name": "Nell New", "email": "nell@new.test", "capacity": "unpaid_carer"}
    form |= {"from_on": ["10", "3", "2026"], "until_on": ["9", "3", "2027"]}
    seat = cast.northfirth.things["seat_id"]
    assert visit("northfirth.admin").post(f"/boards/northfirth/seats/{seat}/appoint", form).status_code == 302

    def asked() -> list[Any]:
        return [one for one in mails(app, "role-to-agree") if one.person.email == "nell@new.test"]

    assert asked() == []
    at(NOW + timedelta(days=7))
    assert len(asked()) == 1
    assert len(asked()) == 1


def publish_model(coordinator: Any, purpose: str, reason: str = "") -> Any:
    coordinator.post("/role-model/write", {"purpose": purpose, "promises": ["care"], "version": "0"})
    return coordinator.post("/role-model/publish", {"version": "1", "reason": reason})


def test_a_model_that_reads_as_it_did_has_not_changed(visit: Any, cast: Cast) -> None:
    """A description begun from version 1: 2 says something else, and 3 says the same as 1."""
    coordinator, officer = visit("coordinator"), visit("northfirth.officer")
    publish_model(coordinator, "- **Speak** for carers")
    write(officer, cast)
    publish(officer, cast)
    roles = "/boards/northfirth/roles"
    assert "national model has changed" not in text_of(officer.get(roles))
    assert "Enter why it has changed" in text_of(publish_model(coordinator, "- **Speak up** for carers"))
    assert coordinator.post("/role-model/publish", {"version": "1", "reason": "Reps asked"}).status_code == 302
    assert "The national model has changed" in text_of(officer.get(roles))
    page = officer.get(path(cast))
    assert re.search(r"<ins>\s*up\s*</ins>", page.text)
    assert "**" not in text_of(page), "the marks of bold words and lists are not shown"
    assert 'href="/role-model"' in page.text
    assert "national model" not in text_of(visit("northfirth.rep").get(path(cast)))
    assert "Why it was changed: Reps asked" in text_of(officer.get("/role-model"))
    assert coordinator.post("/role-model/restore?version=1").status_code == 302
    assert coordinator.post("/role-model/publish", {"version": "1", "reason": "As it was"}).status_code == 302
    assert "national model has changed" not in text_of(officer.get(roles))
    assert "national model has changed" not in text_of(officer.get(path(cast)))


def test_an_older_model_is_not_restored_over_a_draft(visit: Any) -> None:
    coordinator = visit("coordinator")
    publish_model(coordinator, "First")
    publish_model(coordinator, "Second", "Better")
    coordinator.post("/role-model/write", {"purpose": "Third", "promises": [], "version": "0"})
    assert "Write a new version from this one" not in text_of(coordinator.get("/role-model?version=1"))
    page = coordinator.post("/role-model/restore?version=1", follow_redirects=True)
    assert "There is a draft already. Publish or discard it first." in text_of(page)
    assert "Third" in text_of(page)


def test_a_draft_waits_on_the_first_page_until_it_is_published_or_discarded(visit: Any, cast: Cast) -> None:
    coordinator, officer = visit("coordinator"), visit("northfirth.officer")
    first_page = {coordinator: "/", officer: "/boards/northfirth/desk"}
    for who, begin, waits, draft in (
        (coordinator, lambda: publish_model(coordinator, "First"), "draft of the national model", "/role-model"),
        (officer, lambda: write(officer, cast), "Publish or discard the draft role", path(cast)),
    ):
        begin()
        if who is coordinator:
            assert waits not in text_of(coordinator.get("/")), "it is published"
            who.post("/role-model/write", {"purpose": "Second", "promises": [], "version": "0"})
        assert waits in text_of(who.get(first_page[who]))
        assert "The draft was changed since you opened this page" in text_of(
            who.post(f"{draft}/discard", {"version": "7"}, follow_redirects=True)
        )
        page = who.post(f"{draft}/discard", {"version": "1"}, follow_redirects=True)
        assert "Draft discarded." in text_of(page)
        assert waits not in text_of(who.get(first_page[who]))


def test_a_link_in_the_model_leads_to_a_secure_address_or_is_refused(visit: Any) -> None:
    coordinator = visit("coordinator")
    words = {"promises": [], "version": "0"}
    page = coordinator.post("/role-model/write", {**words, "purpose": "[Look](http://x.example)"})
    assert "Change the link to http://x.example: it must start with https://" in text_of(page)
    page = coordinator.post(
        "/role-model/write", {**words, "purpose": "[Look](https://x.example)"}, follow_redirects=True
    )
    assert 'href="https://x.example"' in page.text
