"""Withdrawing a paper or a version: who is told, who may still open what, what goes at once, and what stays."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from portal.access.decide import can
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.models import Board
from portal.demonstration.made_papers import made_paper
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.models import Note, Pack, PageText, Paper, PaperVersion, WithdrawnFile
from portal.papers.notice import queries as notice
from portal.papers.packs import actions as packs
from portal.papers.packs import queries as pack_queries
from portal.papers.preparing import actions as preparing
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing import actions, queries
from portal.papers.withdrawing.rules import ERROR, OTHER, PERSONAL, WHOLE, WRONG_FILE
from portal.privacy.actions import tidy
from portal.retention.models import Hold
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

EVERYONE = {"rep", "depute", "officer", "admin"}  # who may read papers beside clerks


Outside = Callable[[], AbstractContextManager[Any]]
Answer = TypeVar("Answer")
Given = ParamSpec("Given")
INSIDE: list[Outside] = []


@pytest.fixture(autouse=True)
def here(app: Flask, rolled_back: Any, things: dict[str, Any]) -> Iterator[Outside]:
    """`with here(): …` is outside of requests, which keep to themselves. Afterwards the files are there as before."""
    with app.app_context():
        rows = select(PaperVersion.stored_as).where(PaperVersion.meeting_id == things["meeting_id"])
        keys = [*db.session.scalars(rows.order_by(PaperVersion.id)), *map(packs._stored_as, packs_of(things))]
        kept = {key: files.read(key) for key in keys}
    INSIDE[:] = [app.app_context]
    yield app.app_context
    with app.app_context():
        for key, content in kept.items():
            files.keep(key, content)


def outside(find: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """The same in a context of its own: one that is shared would tell each request who made the one before."""

    @wraps(find)
    def found(*args: Given.args, **named: Given.kwargs) -> Answer:
        with INSIDE[0]():
            return find(*args, **named)

    return found


def packs_of(things: dict[str, Any]) -> Sequence[Pack]:
    return pack_queries.packs(things["meeting_id"])


@outside
def loaded(paper_id: UUID) -> Paper:
    return queries.paper_by_id(paper_id)


@outside
def versions(things: dict[str, Any]) -> Sequence[PaperVersion]:
    return queries.versions(things["paper_id"])


@outside
def every(statement: Any) -> list[Any]:
    return list(db.session.scalars(anywhere(statement)))


@outside
def version_of_meeting(things: dict[str, Any]) -> int:
    return meeting_by_id(things["meeting_id"]).version


@outside
def withdraw(things: dict[str, Any], reason: str, what: str = WHOLE, paper: str = "paper_id", **more: str) -> UUID:
    with unit_of_work():
        version = meeting_by_id(things["meeting_id"]).version
        made = actions.withdraw(queries.paper_by_id(things[paper]), version, what, reason, **more).id
    while work_once():
        pass
    return made


@outside
def upload(things: dict[str, Any], place: Destination, words: str, publish: bool = True) -> UUID:
    """A file for a place, published at once if wanted; its version."""
    with unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        [version] = preparing.upload(meeting, [(f"{words}.pdf", made_paper(words, 2))], 50_000_000)
        version_id = version.id
    while work_once():
        pass
    with unit_of_work():
        preparing.sort_files(meeting_by_id(things["meeting_id"]), [Sorted(version_id, place, words)])
        if publish:
            meeting = meeting_by_id(things["meeting_id"])
            preparing.publish(meeting, meeting.version)
    while work_once():
        pass
    return version_id


@outside
def told(template: str) -> dict[UUID, Email]:
    statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
    return {one.person_id: one for one in db.session.scalars(anywhere(statement))}


def form(things: dict[str, Any], visitor: Any, **more: str) -> dict[str, str]:
    page = visitor.get(f"/papers/{things['paper_id']}/withdraw").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    return {"what": WHOLE, "reason": ERROR, "words": "", "title": "Budget", "version": version, **more}


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
    assert [one.pages for one in rows] == [2]
    assert visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}/pack.pdf").data.startswith(b"%PDF-")
    assert visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}/pack.pdf").status_code == 404


def test_a_pack_that_was_being_made_when_a_paper_in_it_was_withdrawn_is_not_kept(
    here: Outside, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with here():
        with unit_of_work():
            packs.make_again(meeting_by_id(things["meeting_id"]))
        [first, *_] = packs_of(things)
        key, merge = packs._stored_as(first), packs._merge

        def merge_while_it_is_withdrawn(parts: Any) -> Any:
            monkeypatch.setattr(packs, "_merge", merge)
            found = merge(parts)
            withdraw(things, PERSONAL)
            return found

        monkeypatch.setattr(packs, "_merge", merge_while_it_is_withdrawn)
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


def test_any_other_reason_seals_it_for_the_boards_clerks(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    withdraw(things, ERROR, words="The table on page 3 is last year's")
    address = f"/papers/{things['paper_id']}"
    for who in ("rep", "depute", "officer", "admin"):
        visitor = visit(f"northfirth.{who}")
        assert visitor.get(f"{address}/file?version=1").status_code == 410
        page = text_of(visitor.get(address))
        assert "because there was an error in it" in page
        assert "The table on page 3 is last year's" in page
        assert "Put it back" not in page
    clerk = visit("northfirth.clerk")
    assert clerk.get(f"{address}/file?version=1").data.startswith(b"%PDF-")
    assert "Put it back" in text_of(clerk.get(address))


def test_a_mistake_is_put_back_and_those_who_can_read_it_are_told(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    gone = withdraw(things, WRONG_FILE)
    clerk, version = visit("northfirth.clerk"), version_of_meeting(things)
    clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version)})
    rep = visit("northfirth.rep")
    assert rep.get(f"/papers/{things['paper_id']}/file").data.startswith(b"%PDF-")
    assert "Withdrawn" not in text_of(rep.get(f"/meetings/{things['meeting_id']}"))
    assert cast.northfirth.people["rep"] in told("paper-put-back")
    answer = clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version + 1)}, follow_redirects=True)
    assert "It was not put back" in text_of(answer)


def test_personal_data_is_never_put_back(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    gone = withdraw(things, PERSONAL)
    clerk, version = visit("northfirth.clerk"), version_of_meeting(things)
    clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version)})
    assert clerk.get(f"/papers/{things['paper_id']}/file").status_code == 410


def test_what_was_sealed_goes_when_personal_data_is_found_in_it(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR)
    clerk = visit("northfirth.clerk")
    assert "It contains personal data" in text_of(clerk.get(f"/papers/{things['paper_id']}"))
    again = form(things, clerk, reason=PERSONAL, understood="y")
    clerk.post(f"/papers/{things['paper_id']}/withdraw", again)
    assert clerk.get(f"/papers/{things['paper_id']}/file?version=1").status_code == 410


def test_one_version_is_withdrawn_and_the_one_before_is_open_again(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    upload(things, version_of(things["paper_id"]), "Budget again")
    withdraw(things, WRONG_FILE, "2")
    rep = visit("northfirth.rep")
    page = text_of(rep.get(f"/papers/{things['paper_id']}"))
    assert "because it was the wrong file" in page
    assert "3 pages" in page
    assert rep.get(f"/papers/{things['paper_id']}/file?version=2").status_code == 410
    answer = rep.get(f"/papers/{things['paper_id']}/file")
    assert answer.data.startswith(b"%PDF-")
    assert "1 Budget" in answer.headers["Content-Disposition"]
    assert loaded(things["paper_id"]).withdrawn_at is None
    assert told("paper-withdrawn").popitem()[1].facts["versions"] == "version 2"


def test_what_was_waiting_as_its_next_version_comes_in_its_place_by_its_own_day(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    version_id = upload(things, version_of(things["paper_id"]), "Budget right", publish=False)
    withdraw(things, ERROR)
    with here():
        own = db.session.get_one(PaperVersion, version_id, options=[joinedload(PaperVersion.paper)])
        assert (own.paper_id != things["paper_id"], own.number, own.place) == (True, 1, of_item(things["item_id"]))
    at(NOW + timedelta(days=8))
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        preparing.publish(meeting, meeting.version)
    assert loaded(own.paper_id).first_published_on == TODAY + timedelta(days=8)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "Late: 2 days of notice" in page
    assert "It had 10 days of notice." in page


def test_a_withdrawn_paper_is_offered_no_new_version_and_its_item_lacks_a_paper(
    here: Outside, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR)
    with here():
        meeting_id = things["meeting_id"]
        assert things["paper_id"] not in {one.id for one in preparing_queries.places_of_papers(meeting_id)}
        assert "1 CANARYNORTH Budget" in preparing_queries.missing_items([meeting_id])[meeting_id]
    version_id = upload(things, version_of(things["paper_id"]), "Slipped in")
    with here():
        assert db.session.get_one(PaperVersion, version_id).published_at is None, "its notice would be of another day"


def test_the_record_keeps_the_notice_of_what_was_withdrawn(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    before = _record(things, at)
    at(NOW)
    withdraw(things, PERSONAL)
    assert _record(things, at) == dataclasses.replace(before, withdrawn=1)
    at(NOW + timedelta(days=20, hours=1))
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/notice-by-paper.csv").data.decode("utf-8-sig")
    [row] = [line for line in sheet.splitlines() if "Budget" in line]
    facts = ["2026-03-03", "10", "yes", "", "2026-03-03", "because it contained personal data"]
    assert row.split(",")[3:] == facts
    assert "1 paper was withdrawn" in text_of(visit("northfirth.officer").get("/boards/northfirth/notice"))


@outside
def _record(things: dict[str, Any], at: Callable[[Any], None]) -> Any:
    at(NOW + timedelta(days=20))
    return notice.notice_of(meeting_by_id(things["meeting_id"]))


def test_of_two_clerks_at_once_the_second_is_asked_to_look_again(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk, other = visit("northfirth.clerk"), visit("both")
    first, second = form(things, clerk), form(things, other, reason=PERSONAL, understood="y")
    clerk.post(f"/papers/{things['paper_id']}/withdraw", first)
    with here(), pytest.raises(EditConflict), unit_of_work():
        actions.withdraw(queries.paper_by_id(things["paper_id"]), int(second["version"]), WHOLE, PERSONAL)
    answer = other.post(f"/papers/{things['paper_id']}/withdraw", second)
    assert "Someone changed the papers of this meeting while you were here" in text_of(answer)


def test_a_clerk_withdraws_it_on_a_page_that_asks_before_anything_is_lost(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk = visit("northfirth.clerk")
    typed = form(things, clerk, reason=PERSONAL)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", typed)
    assert "This cannot be undone" in text_of(answer)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", {**typed, "reason": OTHER})
    assert "Enter the reason, as readers will see it" in text_of(answer)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", {**typed, "understood": "y"}, follow_redirects=True)
    assert "Withdrawn." in text_of(answer)
    assert "people will be emailed." in text_of(answer)


def test_a_withdrawal_after_the_meeting_and_one_of_minutes_work_alike(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), "Draft minutes")
    statement = select(Paper.id).where(Paper.meeting_id == things["meeting_id"], Paper.kind == "minutes")
    [minutes] = every(statement.order_by(Paper.id))
    withdraw({**things, "minutes_id": minutes}, WRONG_FILE, paper="minutes_id")
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "because it was the wrong file" in page
    assert "of notice." not in page
    assert {cast.northfirth.people[role] for role in ("rep", "depute")} <= told("paper-withdrawn").keys()
    assert "Publish draft minutes of" in text_of(visit("northfirth.clerk").get("/"))
    withdraw(things, PERSONAL)
    assert visit("northfirth.rep").get(f"/papers/{things['paper_id']}/file").status_code == 410


def test_nothing_is_announced_that_was_withdrawn_before(here: Outside, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(minutes=1))
    upload(things, version_of(things["paper_id"]), "Budget again")
    before = len(told("papers-announced"))
    withdraw(things, ERROR, "2")
    at(NOW + timedelta(minutes=30))
    with here():
        do_what_is_due()
    assert len(told("papers-announced")) == before
    assert not any("changed': True" in str(one.facts) for one in told("papers-announced").values())
