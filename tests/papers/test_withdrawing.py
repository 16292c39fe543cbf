"""Withdrawing for personal data: who is told, and what goes at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.access.decide import can
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.models import Board
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import end_stand_in
from portal.meetings.queries import meeting_by_id, stand_ins
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.destination import version_of
from portal.papers.models import Note, Pack, PageText, WithdrawnFile
from portal.papers.packs import actions as packs
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.could_open import could_open
from portal.papers.withdrawing.rules import ERROR, OTHER, PERSONAL, WRONG_FILE, emailed_words
from portal.privacy.actions import tidy
from portal.retention.models import Hold
from portal.scheduler.run import work_once
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.papers.withdrawing import (
    Outside,
    every,
    form,
    loaded,
    packs_of,
    told,
    upload,
    versions,
    withdraw,
)
from tests.visitor import text_of

EVERYONE = {"rep", "depute", "officer", "admin"}  # who may read papers beside clerks


@pytest.mark.parametrize("reason", [WRONG_FILE, PERSONAL, ERROR, OTHER])
def test_everyone_who_could_read_it_is_told_alike(
    here: Outside, cast: Cast, things: dict[str, Any], reason: str
) -> None:
    withdraw(things, reason, words="It was a draft")
    emails = told("paper-withdrawn") | told("personal-data-found")
    people = {cast.northfirth.people[role] for role in EVERYONE} | {
        cast.northfirth.people["clerk"],
        cast.others["both"],
    }
    assert emails.keys() - {cast.others["former"]} == people
    assert {one.facts["title"] for one in emails.values()} == {loaded(things["paper_id"]).title}
    assert ("It was a draft" in str([one.facts for one in emails.values()])) is (reason != PERSONAL)


@pytest.mark.parametrize(("days", "closed"), [(0, 0), (1, 1)])
def test_administrators_read_how_many_of_those_who_could_open_it_are_emailed(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], at: Any, days: int, closed: int
) -> None:
    """Neither the clerk who withdrew it is, nor, a day later, a clerk whose account was closed since."""
    at(NOW + timedelta(days=days))
    with here():
        since = queries.published_on(queries.versions(things["paper_id"]))
        could = set(queries.readers(queries.paper_by_id(things["paper_id"]), since))
    clerk = visit("northfirth.clerk")
    gone = form(things, clerk, reason=PERSONAL, understood="y")
    clerk.post(f"/papers/{things['paper_id']}/withdraw", gone)
    emails = told("personal-data-found")
    with here():
        admin = db.session.get_one(Email, emails[cast.northfirth.people["admin"]].id)
        said = words_of(admin).text
        people = [db.session.get_one(Person, one) for one in {*emails, *told("paper-withdrawn")} & could]
    written = sum(one.disabled_at is None for one in people)
    assert len(could) - written == 1 + closed
    assert f"{len(could)} people could open it. {emailed_words(written, 1, closed, 0)}" in said


@pytest.mark.parametrize("reason", [WRONG_FILE, PERSONAL])
@pytest.mark.parametrize("paper", ["paper_id", "secret_paper_id"])
def test_a_depute_whose_cover_ended_since_it_was_published_is_told_as_they_could_open_it(
    here: Outside, cast: Cast, things: dict[str, Any], at: Any, reason: str, paper: str
) -> None:
    depute = cast.northfirth.people["depute"]
    with here(), unit_of_work():
        [row] = [one for one, _, _ in stand_ins(things["meeting_id"]) if one.person_id == depute]
        end_stand_in(row)
    withdrawal_id = withdraw(things, reason, paper=paper)
    assert depute in told("paper-withdrawn")
    with here():
        assert depute not in queries.readers(queries.paper_by_id(things[paper]), TODAY)
        could = queries.withdrawal_by_id(withdrawal_id).could_open
        assert could == len(could_open(queries.paper_by_id(things[paper]), queries.versions_of(withdrawal_id)))


def test_a_depute_who_had_gone_before_it_was_published_is_not_told(
    here: Outside, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    depute = cast.northfirth.people["depute"]
    with here(), unit_of_work():
        [row] = [one for one, _, _ in stand_ins(things["meeting_id"]) if one.person_id == depute]
        end_stand_in(row)
    at(NOW + timedelta(minutes=5))
    upload(things, version_of(things["paper_id"]), "Published once they had gone")
    withdraw(things, WRONG_FILE, "2")
    assert told("paper-withdrawn")
    assert depute not in told("paper-withdrawn")


def test_of_a_restricted_paper_only_those_are_told_who_may_read_it(
    here: Outside, cast: Cast, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR, paper="secret_paper_id")
    assert cast.northfirth.people["admin"] not in told("paper-withdrawn")
    assert cast.northfirth.people["depute"] in told("paper-withdrawn")


@pytest.mark.parametrize("paper", ["paper_id", "secret_paper_id"])
def test_who_could_read_a_paper_is_as_the_table_of_permissions_says(
    here: Outside, cast: Cast, things: dict[str, Any], paper: str
) -> None:
    with here():
        one = queries.paper_by_id(things[paper])
        people = [db.session.get_one(Person, cast.person(name)) for name in cast.everyone()]
        may = {
            each.id
            for each in people
            if each.disabled_at is None and all(can(find_viewer(each), needed, one) for needed in queries.needed(one))
        }
        assert set(queries.readers(one, TODAY)) == may


def test_what_held_personal_data_is_opened_by_nobody_and_all_that_was_made_of_it_is_gone(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    upload(things, version_of(things["paper_id"]), "Budget again")
    stored = [one.stored_as for one in versions(things)]
    with here():
        old_packs = [packs._stored_as(one) for one in packs_of(things)]
    assert len(stored) == 2
    assert old_packs
    withdraw(things, PERSONAL, title="Budget")
    ids = [one.id for one in versions(things)]
    assert every(select(PageText.id).where(PageText.version_id.in_(ids)).order_by(PageText.id)) == []
    with here():
        for pack in old_packs:
            with pytest.raises(FileNotFoundError):
                files.read(pack)
        assert all(files.read(one) for one in stored), "kept until its day"
    for who in ("rep", "depute", "officer", "clerk", "admin"):
        visitor = visit(f"northfirth.{who}")
        for number in ("", "?version=1", "?version=2"):
            assert visitor.get(f"/papers/{things['paper_id']}/file{number}").status_code == 410
        page = text_of(visitor.get(f"/papers/{things['paper_id']}"))
        assert "Withdrawn on Tuesday 3 March 2026 because it contained personal data." in page
        assert "CANARYNORTH 1 Budget" not in page
        assert "because it contained personal data" in text_of(visitor.get(f"/meetings/{things['meeting_id']}"))
    assert [one.file_name for one in versions(things)] == ["withdrawn.pdf"] * 2


def test_the_new_pack_has_the_other_papers_alone(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    withdraw(things, PERSONAL)
    rows = every(select(Pack).where(Pack.meeting_id == things["meeting_id"]).order_by(Pack.id))
    assert [one.pages for one in rows] == [1 + 2], "with its cover"
    assert visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}/pack.pdf").data.startswith(b"%PDF-")
    assert visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}/pack.pdf").status_code == 404


def test_a_pack_that_was_being_made_when_a_paper_in_it_was_withdrawn_is_not_kept(
    here: Outside, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with here():
        with unit_of_work():
            packs.build_again(meeting_by_id(things["meeting_id"]))
        [first, *_] = packs_of(things)
        key, made = packs._stored_as(first), packs._made

        def made_while_it_is_withdrawn(*about: Any) -> Any:
            monkeypatch.setattr(packs, "_made", made)
            found = made(*about)
            withdraw(things, PERSONAL)
            return found

        monkeypatch.setattr(packs, "_made", made_while_it_is_withdrawn)
        with unit_of_work():
            packs.build_pack(str(first.id))
        with pytest.raises(FileNotFoundError):
            files.read(key)


def test_a_title_that_names_someone_goes_wherever_it_was_written(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    with here(), unit_of_work():
        queries.paper_by_id(things["paper_id"]).title = "Complaint of Jean Murray"
        email = db.session.get_one(Email, things["email_id"])
        papers = [{**email.facts["papers"][0], "title": "Complaint of Jean Murray"}]
        email.facts = {**email.facts, "papers": papers}
    withdraw(things, PERSONAL, title="A complaint")
    assert loaded(things["paper_id"]).title == "A complaint"
    assert "Murray" not in str(every(select(Email.facts).order_by(Email.id)))
    with here():
        for line in db.session.scalars(anywhere(select(AuditLine).order_by(AuditLine.id))):
            assert "Murray" not in f"{line.facts} {line.personal}"
    assert "A complaint" in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))


def test_notes_stay_and_their_quotes_go(here: Outside, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    [version] = versions(things)
    with here():
        quoted = " ".join(queries.texts(version.board_id, [version.id])[0].split()[:8])
    rep = visit("northfirth.rep")
    rep.post(f"/papers/{things['paper_id']}/note", {"text": f"Ask why. {quoted} Who?"})
    withdraw(things, PERSONAL)
    page = rep.get(f"/papers/{things['paper_id']}")
    assert "Ask why. [quote removed] Who?" in page.text
    rep.post(f"/papers/{things['paper_id']}/note", {"text": "My own words"})
    with here():
        assert db.session.scalars(anywhere(select(Note).order_by(Note.id))).one().text == "My own words"


def test_the_file_is_destroyed_on_its_day_and_a_hold_keeps_it(
    here: Outside, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    [version] = versions(things)
    stored = version.stored_as
    with here(), unit_of_work():
        db.session.get_one(Board, cast.northfirth.id).withdrawn_days = 12
    withdraw(things, PERSONAL)

    def is_there_after(days: int) -> bool:
        at(NOW + timedelta(days=days))
        with here():
            with unit_of_work():
                tidy()
            while work_once():
                pass
            try:
                assert files.read(stored)
            except FileNotFoundError:
                return False
        return True

    assert is_there_after(12), "the rep of the cast is under a legal hold"
    with here(), unit_of_work():
        db.session.execute(anywhere(update(Hold).values(lifted_at=NOW)))
    assert is_there_after(11)
    assert not is_there_after(12)
    assert every(select(WithdrawnFile).where(WithdrawnFile.stored_as == stored).order_by(WithdrawnFile.id)) == []
    lines = every(select(AuditLine).where(AuditLine.event == "WithdrawnFileDestroyed").order_by(AuditLine.id))
    assert [one.facts["version_id"] for one in lines] == [str(version.id)]
