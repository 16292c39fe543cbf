"""New versions: everyone who may read a paper is told of it alike, and only a reader sees which one they have read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lxml.html import fromstring

from portal.infra.unit_of_work import unit_of_work
from portal.papers.destination import version_of
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.rules import WRONG_FILE
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.papers.withdrawing import Outside, told, upload, withdraw
from tests.visitor import text_of

BEFORE = "You read an earlier version"


def test_whoever_read_a_paper_sees_that_it_was_replaced_and_nobody_else_does(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    rep, depute = visit("northfirth.rep"), visit("northfirth.depute")
    meeting, paper = f"/meetings/{things['meeting_id']}", f"/papers/{things['paper_id']}"
    rep.post(f"{paper}/read", {"read": "1"})
    assert BEFORE not in text_of(rep.get(meeting))
    upload(things, version_of(things["paper_id"]), "Budget again")
    for page in (meeting, paper):
        assert BEFORE in text_of(rep.get(page))
        for other in (depute, visit("northfirth.officer"), visit("northfirth.clerk")):
            assert BEFORE not in text_of(other.get(page))
    rep.post(f"{paper}/read", {"read": "2"})
    assert BEFORE not in text_of(rep.get(meeting))


def test_two_versions_are_saved_under_two_names(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    upload(things, version_of(things["paper_id"]), "Budget")
    with here(), unit_of_work():
        for one in queries.versions(things["paper_id"]):
            one.file_name = "scan.pdf"
    for who in ("rep", "clerk"):
        names = []
        for number in (1, 2):
            answer = visit(f"northfirth.{who}").get(f"/papers/{things['paper_id']}/file?version={number}")
            assert answer.data.startswith(b"%PDF-")
            names.append(answer.headers["Content-Disposition"].split("=")[1].strip('"'))
        assert names == ["1 Budget.pdf", "1 Budget (version 2).pdf"]


def test_what_was_replaced_is_to_be_read_again(
    here: Outside, visit: Any, things: dict[str, Any], rep_goes: None
) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    for one in ("paper_id", "secret_paper_id"):
        rep.post(f"/papers/{things[one]}/read", {"read": "yes"})
    assert "Read 1 paper" not in text_of(rep.get("/"))
    upload(things, version_of(things["paper_id"]), "Budget again")
    assert "Read 1 paper" in text_of(rep.get("/"))
    rep.post(f"{paper}/read", {"read": "2"})
    assert "Read 1 paper" not in text_of(rep.get("/"))


def test_whoever_had_the_page_of_the_old_version_open_has_read_that_one(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    assert fromstring(rep.get(paper).text).xpath("//button[@name='read'][@value='1']")
    upload(things, version_of(things["paper_id"]), "Budget again")
    rep.post(f"{paper}/read", {"read": "1"})
    assert BEFORE in text_of(rep.get(paper))
    rep.post(f"{paper}/read", {"read": "7"})
    assert BEFORE not in text_of(rep.get(paper)), "a version that is not there counts as not read"


def test_whoever_read_a_version_that_was_withdrawn_is_told_so(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    upload(things, version_of(things["paper_id"]), "Budget again")
    rep.post(f"{paper}/read", {"read": "2"})
    withdraw(things, WRONG_FILE, "2")
    assert "You read another version, which was withdrawn." in text_of(rep.get(paper))
    assert "You read another version" in text_of(rep.get(f"/meetings/{things['meeting_id']}"))


def test_everyone_who_may_read_it_is_told_alike_of_a_new_version(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    """Whether they read the one before or not."""
    visit("northfirth.rep").post(f"/papers/{things['paper_id']}/read", {"read": "1"})
    at(NOW + timedelta(days=1))
    upload(things, version_of(things["paper_id"]), "Budget again")
    with here():
        do_what_is_due()
    emails = [told("papers-announced")[cast.northfirth.people[role]] for role in ("rep", "depute")]
    assert [one.facts["count"] for one in emails] == ["1 new version"] * 2
    assert emails[0].facts["papers"] == emails[1].facts["papers"]
    others = told("papers-replaced")
    readers = {cast.northfirth.people[role] for role in ("officer", "admin", "clerk")} | {cast.others["both"]}
    assert others.keys() == readers
    assert others[cast.northfirth.people["admin"]].facts["titles"] == ["Budget"]


def test_of_a_private_paper_only_those_who_may_read_it_hear(
    here: Outside, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=1))
    upload(things, version_of(things["secret_paper_id"]), "Contract again")
    with here():
        do_what_is_due()
    others = told("papers-replaced")
    assert cast.northfirth.people["admin"] not in others
    assert others[cast.northfirth.people["officer"]].facts["titles"] == ["A private paper"]


def test_the_record_says_how_many_were_replaced_late(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=9))
    upload(things, version_of(things["paper_id"]), "Budget again")
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "Replaced, 1 day before the meeting" in page
    at(NOW + timedelta(days=20))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/notice"))
    assert "1 paper was replaced later than the target." in page
