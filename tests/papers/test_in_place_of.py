"""A paper in place of a withdrawn one: each leads to the other, and whoever was told of one is told of the other."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.destination import Destination, of_item
from portal.papers.models import Paper, PaperVersion
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.rules import ERROR, PERSONAL
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast
from tests.made_papers import made_paper
from tests.papers.withdrawing import Outside, every, loaded, told, upload, withdraw
from tests.visitor import text_of


def uploaded_instead(here: Outside, things: dict[str, Any], gone: UUID) -> UUID:
    """The paper that a clerk uploads in place of another."""
    with here(), unit_of_work():
        meeting, paper = meeting_by_id(things["meeting_id"]), queries.paper_by_id(gone)
        [version] = preparing.upload(meeting, [("right.pdf", made_paper("Right", 2))], 50_000_000, paper)
        paper_id = version.paper_id
    while True:
        with here():
            if not work_once():
                return paper_id


def publish(here: Outside, things: dict[str, Any], at: Any, later: timedelta = timedelta()) -> None:
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        preparing.publish(meeting, meeting.version)
    at(NOW + later + timedelta(minutes=30))
    with here():
        do_what_is_due()


def test_each_of_the_two_papers_leads_to_the_other(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    withdraw(things, ERROR)
    clerk, rep, old = visit("northfirth.clerk"), visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    address = f"/meetings/{things['meeting_id']}/papers/upload?in_place_of={things['paper_id']}"
    for page in (old, f"/meetings/{things['meeting_id']}"):
        assert address in clerk.get(page).text
        assert "Nothing has been published in its place yet" in text_of(rep.get(page))
        assert "Upload the replacement paper" not in text_of(rep.get(page))
    assert "You can choose several" not in text_of(clerk.get(address))
    assert "One file, up to 50 MB" in text_of(clerk.get(address))
    assert "file" in (label := text_of(clerk.get(address)).split("Choose the PDF")[1].split("One file")[0])
    assert "files" not in label
    assert "Choose the " in text_of(clerk.post(address, {}))
    two = [(BytesIO(made_paper("Right", 2)), f"{name}.pdf") for name in "ab"]
    assert "Choose one file, to replace one paper" in text_of(clerk.post(address, {"files": two}))
    clerk.post(address, {"files": [(BytesIO(made_paper("Right", 2)), "right.pdf")]})
    with here():
        work_once()
    assert "The replacement paper is uploaded and not published" in text_of(clerk.get(old))
    publish(here, things, at)
    [new] = every(select(Paper).where(Paper.in_place_of_id == things["paper_id"]).order_by(Paper.id))
    assert (new.title, new.item_id) == ("Budget", things["item_id"])
    for page in (old, f"/meetings/{things['meeting_id']}"):
        assert f"/papers/{new.id}" in rep.get(page).text
        assert "A replacement paper was published on Tuesday 3 March" in text_of(rep.get(page))
    page = rep.get(f"/papers/{new.id}")
    assert "In place of a paper withdrawn on Tuesday 3 March" in text_of(page)
    assert old in page.text


@pytest.mark.parametrize("reason", [ERROR, PERSONAL])
@pytest.mark.parametrize(("later", "place"), [(0, ""), (12, ""), (12, "minutes:draft")])
def test_whoever_was_told_of_the_withdrawal_is_told_of_the_corrected_paper(
    here: Outside, cast: Cast, things: dict[str, Any], at: Any, reason: str, later: int, place: str
) -> None:
    """Before the meeting, after it, and of minutes; but those who may not open it any more."""
    at(NOW + timedelta(days=later))
    gone = things["paper_id"]
    if place:
        upload(things, Destination.read(place), "Draft minutes")
        statement = select(Paper.id).where(Paper.meeting_id == things["meeting_id"], Paper.kind == "minutes")
        [gone] = every(statement.order_by(Paper.id))
    withdraw({**things, "gone": gone}, reason, paper="gone")
    knew = told("paper-withdrawn").keys() | told("personal-data-found").keys()
    before = {one.id for template in TELL for one in told(template).values()}
    new = uploaded_instead(here, things, gone)
    publish(here, things, at, timedelta(days=later))
    emails = [one for template in TELL for one in told(template).values() if one.id not in before]
    with here():
        may = set(queries.readers(queries.paper_by_id(new), (NOW + timedelta(days=later)).date()))
        written = [words_of(db.session.get_one(Email, one.id)) for one in emails]
    words = [one.text for one in written]
    if not place:
        assert all("replacement paper" in one.subject for one in written), "its subject says what it is"
    assert knew & may <= {one.person_id for one in emails}
    assert len(emails) == len({one.person_id for one in emails}), "nobody twice"
    assert cast.northfirth.people["officer"] in knew & may
    assert all("in place of" in one for one in words)


TELL = ("paper-corrected", "papers-announced", "minutes-published")


def test_next_steps_say_that_a_paper_was_withdrawn_and_whether_another_came(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, rep_goes: None
) -> None:
    rep = visit("northfirth.rep")
    assert "was withdrawn: " not in text_of(rep.get("/"))
    withdraw(things, ERROR)
    page = text_of(rep.get("/"))
    assert "was withdrawn: Budget" in page
    assert "No other paper has been published in its place yet" in page
    new = uploaded_instead(here, things, things["paper_id"])
    assert "No other paper has been published in its place yet" in text_of(rep.get("/")), "not before it is published"
    publish(here, things, at)
    assert "A replacement paper was published on Tuesday 3 March" in text_of(rep.get("/"))
    rep.post(f"/papers/{new}/read", {"read": "1"})
    assert "was withdrawn: Budget" not in text_of(rep.get("/"))


def test_a_file_that_is_matched_elsewhere_is_in_place_of_nothing(here: Outside, things: dict[str, Any]) -> None:
    withdraw(things, ERROR)
    new = uploaded_instead(here, things, things["paper_id"])
    [version] = every(select(PaperVersion.id).where(PaperVersion.paper_id == new).order_by(PaperVersion.id))
    for place, is_kept in (
        (of_item(things["item_id"]), True),
        (Destination(), True),
        (Destination.read("agenda"), False),
    ):
        with here(), unit_of_work():
            preparing.sort_files(meeting_by_id(things["meeting_id"]), [Sorted(version, place, "Budget")])
        assert (loaded(new).in_place_of_id is not None) is is_kept


def told_of_two(here: Outside, things: dict[str, Any], at: Any) -> list[Any]:
    """What is written once two papers are published in place of two; 'later' is after the meeting."""
    at(NOW + timedelta(days=12))
    withdraw(things, PERSONAL, title="Budget")
    withdraw(things, ERROR, paper="secret_paper_id")
    for gone in ("paper_id", "secret_paper_id"):
        uploaded_instead(here, things, things[gone])
    publish(here, things, at, timedelta(days=12))
    written = every(select(Email).where(Email.template == "paper-corrected").order_by(Email.id))
    with here():
        return [(one.person_id, words_of(db.session.get_one(Email, one.id))) for one in written]


def test_papers_that_are_corrected_together_are_told_in_one_email(
    here: Outside, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    written = told_of_two(here, things, at)
    assert len(written) == len({one for one, _ in written})
    secret = loaded(things["secret_paper_id"]).title
    [both] = [words for one, words in written if one == cast.northfirth.people["rep"]]
    assert "2 replacement papers: " in both.subject
    assert "“Budget”" in both.text
    assert f"“{secret}”" in both.text
    with here():
        may = set(queries.readers(queries.paper_by_id(things["secret_paper_id"]), (NOW + timedelta(days=12)).date()))
    others = [words for one, words in written if one not in may]
    assert not any(f"“{secret}”" in words.text for words in others)


def test_whoever_was_told_of_personal_data_in_a_private_paper_is_told_that_it_was_replaced(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    """And the page before says of each how many papers they are told of: as many as their email names."""
    at(NOW + timedelta(days=12))
    withdraw(things, PERSONAL, paper="secret_paper_id", title="Contracts")
    withdraw(things, ERROR)
    for gone in ("paper_id", "secret_paper_id"):
        uploaded_instead(here, things, things[gone])
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/publish"))
    [said] = re.findall(r"Replacement papers: .*? To (.*?)\. (?:Publish|After)", page)
    publish(here, things, at, timedelta(days=12))
    admin, secret = cast.northfirth.people["admin"], loaded(things["secret_paper_id"]).title
    assert secret == "Contracts"
    parts = dict(reversed(one.split(": ", 1)) for one in said.split("; "))
    others = {key: one for key, one in told("paper-corrected").items() if key != cast.northfirth.people["clerk"]}
    for person, email in others.items():
        with here():
            words, name = words_of(db.session.get_one(Email, email.id)), db.session.get_one(Person, person).name
        [what] = [one for one, who in parts.items() if name in who]
        assert ("Contracts”" in words.text) is (what == "2 papers"), (what, name)
        assert (person == admin) is (what == "1 paper, and that “Contracts” was replaced (without its title)")
    with here():
        text = words_of(db.session.get_one(Email, told("paper-corrected")[admin].id)).text
    assert "- a private paper for item" in text
    assert "because it contained personal data" in text
    assert str(things["secret_paper_id"]) not in text


def test_whoever_was_asked_to_delete_a_copy_is_asked_so_again(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=12))
    withdraw(things, PERSONAL, title="Budget")
    new = uploaded_instead(here, things, things["paper_id"])
    publish(here, things, at, timedelta(days=12))
    assert told("paper-corrected")
    for one in told("paper-corrected").values():
        with here():
            text = words_of(db.session.get_one(Email, one.id)).text
        assert "If you have a copy of the withdrawn paper, please delete or destroy it" in text
        assert "do not use it" not in text
        assert "readers" not in str(one.facts)
    assert "please delete or destroy it" in text_of(visit("northfirth.rep").get(f"/papers/{new}"))


def test_an_announcement_says_so_too(here: Outside, things: dict[str, Any], at: Any) -> None:
    withdraw(things, PERSONAL, title="Budget")
    before = {one.id for one in told("papers-announced").values()}
    uploaded_instead(here, things, things["paper_id"])
    publish(here, things, at)
    new = [one.id for one in told("papers-announced").values() if one.id not in before]
    with here():
        texts = [words_of(db.session.get_one(Email, one)).text for one in new]
    assert texts
    assert all("withdrawn because it contained personal data" in one for one in texts)
