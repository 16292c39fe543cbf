"""The meeting page, upload, sort, publish, read, note, pack and record, as people use them."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item
from portal.meetings.queries import meeting_by_id
from portal.papers.preparing import queries as preparing_queries
from portal.papers.withdrawing import queries as withdrawing_queries
from portal.scheduler.run import work_once
from tests.cast import as_proposed, publish
from tests.made_papers import made_paper
from tests.visitor import hidden_boxes, text_of


def send(visitor: Any, meeting_id: Any, *files: tuple[str, bytes]) -> Any:
    data = {"files": [(io.BytesIO(content), name) for name, content in files]}
    return visitor.post(f"/meetings/{meeting_id}/papers/upload", data, content_type="multipart/form-data")


def check_files(app: Flask) -> None:
    with app.app_context():
        while work_once():
            pass


def waiting(app: Flask, meeting_id: Any) -> list[Any]:
    """Of each file that is not published its id, the place that is proposed, its status and reason, by its name."""
    with app.app_context():
        versions = sorted(preparing_queries.unpublished(meeting_id), key=lambda one: one.file_name)
        places = {one.version_id: str(one.place) for one in as_proposed(meeting_by_id(meeting_id), versions)}
        return [(one.id, places.get(one.id, ""), one.status, one.reason) for one in versions]


def test_a_clerk_uploads_sorts_and_publishes_and_a_rep_reads(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, rep, meeting_id = visit("northfirth.clerk"), visit("northfirth.rep"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "", "purpose": "decision"})
    content = made_paper("Budget", 3)
    assert send(clerk, meeting_id, ("1 Budget.pdf", content)).status_code == 302
    assert "being checked" in clerk.get(f"/meetings/{meeting_id}/papers/sort").text
    check_files(app)
    [(version, place, status, _)] = waiting(app, meeting_id)
    assert (status, place[:5]) == ("ready", "item:")
    sorted_as = {f"files-{version}-place": place, f"files-{version}-title": "Budget for the year"}
    clerk.post(f"/meetings/{meeting_id}/papers/sort", sorted_as)
    page = clerk.get(f"/meetings/{meeting_id}/publish")
    assert "40 days before" in text_of(page)
    assert "CANARYNORTH Rep" in text_of(page)
    assert "Budget for the year" not in rep.get(f"/meetings/{meeting_id}").text
    clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(page))
    shown = rep.get(f"/meetings/{meeting_id}")
    assert "Budget for the year" in shown.text
    paper = shown.text.split("/papers/")[1].split('"')[0]
    got = rep.get(f"/papers/{paper}/file")
    assert hashlib.sha256(got.data).digest() == hashlib.sha256(content).digest()
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_a_reader_saves_a_paper_by_its_item_and_title_and_a_clerk_by_the_name_they_gave_it(
    here: Any, visit: Any, things: dict[str, Any]
) -> None:
    with here(), unit_of_work():
        [version] = withdrawing_queries.versions(things["paper_id"])
        version.file_name = "Item 7 PRIVATE jb comments.pdf"

    def header(who: str, query: str = "") -> str:
        got = visit(f"northfirth.{who}").get(f"/papers/{things['paper_id']}/file{query}")
        assert got.data.startswith(b"%PDF-")
        return str(got.headers["Content-Disposition"])

    for who in ("rep", "depute", "officer", "admin"):
        assert header(who) == 'attachment; filename="1 Budget.pdf"'
        assert header(who, "?open=1") == 'inline; filename="1 Budget.pdf"'
    assert "Item 7 PRIVATE jb comments.pdf" in header("clerk")


def _version_on(page: Any) -> str:
    return page.text.split('name="version"')[1].split('value="')[1].split('"')[0]


def test_pressing_publish_twice_publishes_once(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    page = clerk.get(f"/meetings/{meeting_id}/publish")
    form = hidden_boxes(page)
    assert clerk.post(f"/meetings/{meeting_id}/publish", form).status_code == 302
    second = clerk.post(f"/meetings/{meeting_id}/publish", form)
    assert second.status_code == 200
    assert "It may have been published already" in text_of(second)


@pytest.mark.parametrize("version", ["", "abc", "-1", "99999999999999999999", "1; DROP TABLE"])
def test_a_spoilt_version_is_taken_for_a_change(visit: Any, things: dict[str, Any], version: str) -> None:
    clerk = visit("northfirth.clerk")
    assert clerk.post(f"/meetings/{things['coming_id']}/publish", {"version": version}).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "This file is empty"),
        ("page.pdf", b"<html><script>alert(1)</script></html>", "This file is not a PDF"),
        ("<img src=x onerror=alert(1)>.pdf", b"no", "This file is not a PDF"),
    ],
)
def test_a_bad_file_is_shown_with_its_reason(
    visit: Any, things: dict[str, Any], name: str, content: bytes, words: str
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, (name, content))
    page = clerk.get(f"/meetings/{meeting_id}/papers/sort")
    assert words in text_of(page)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


def test_no_file_chosen_says_what_to_do(visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.clerk").post(f"/meetings/{things['coming_id']}/papers/upload", {})
    assert re.search("Choose at least one (PDF )?file", page.text)


def test_a_file_larger_than_an_ordinary_form_is_taken(visit: Any, things: dict[str, Any]) -> None:
    response = send(visit("northfirth.clerk"), things["coming_id"], ("big.pdf", b"%PDF-1.7" + b"0" * 9_000_000))
    assert response.status_code == 302


def test_of_more_than_forty_files_the_first_forty_are_taken_and_the_rest_named(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    page = send(clerk, meeting_id, *[(f"{n:02} paper.pdf", b"%PDF-1.7") for n in range(42)])
    assert re.findall(r"\d\d paper.pdf", page.text) == ["40 paper.pdf", "41 paper.pdf"]
    assert "We took the first 40 files. 2 more were chosen, which were not taken." in text_of(page)
    assert 'type="file"' in page.text, "those can be chosen right away"
    assert len(waiting(app, meeting_id)) == 40
    assert send(clerk, meeting_id, ("40 paper.pdf", b"%PDF-1.7")).status_code == 302
    assert len(waiting(app, meeting_id)) == 41


def test_notes_and_marks_are_the_readers_own(visit: Any, things: dict[str, Any]) -> None:
    rep, officer, clerk = (visit(f"northfirth.{role}") for role in ("rep", "officer", "clerk"))
    paper = f"/papers/{things['paper_id']}"
    rep.post(f"{paper}/note", {"text": "PRIVATEWORDS about respite"})
    rep.post(f"{paper}/read", {"read": "yes"})
    assert "PRIVATEWORDS" in rep.get(paper).text
    for other in (officer, clerk, visit("northfirth.depute")):
        assert "PRIVATEWORDS" not in other.get(paper).text
        assert "has your note" not in other.get(f"/meetings/{things['meeting_id']}").text
    assert "has your note" in rep.get(f"/meetings/{things['meeting_id']}").text


BECAUSE = (
    "Restricted: paragraphs 3 (applicant for or recipient of a service), 12 (legal advice and proceedings) and 14 "
    "(crime prevention, investigation or prosecution) of Schedule 7A to the Local Government (Scotland) Act 1973."
)


def test_whoever_reads_a_restricted_paper_is_told_why_and_what_not_to_pass_on(
    visit: Any, things: dict[str, Any]
) -> None:
    for who in ("rep", "officer"):
        for path in (f"/meetings/{things['meeting_id']}", f"/papers/{things['secret_paper_id']}"):
            words = text_of(visit(f"northfirth.{who}").get(path))
            assert f"{BECAUSE} Do not share its papers, or talk about them, with anyone who is not allowed" in words
    assert "Restricted" not in text_of(visit("northfirth.rep").get(f"/papers/{things['paper_id']}"))


def test_a_depute_reads_for_whom_they_stand_in(visit: Any, things: dict[str, Any]) -> None:
    path, words = f"/meetings/{things['meeting_id']}", "You’re standing in for CANARYNORTH Rep at this meeting."
    assert words in text_of(visit("northfirth.depute").get(path))
    for who in ("rep", "officer", "clerk"):
        assert "standing in for" not in text_of(visit(f"northfirth.{who}").get(path))


def test_a_restricted_paper_is_marked_and_its_title_is_all_an_administrator_sees(
    visit: Any, things: dict[str, Any]
) -> None:
    page = visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}")
    assert BECAUSE in text_of(page)
    assert "Do not share" not in text_of(page), "whoever cannot read it has nothing to pass on"
    assert str(things["secret_paper_id"]) not in page.text


def test_the_pack_of_someone_who_may_not_read_restricted_papers_leaves_them_out(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    import pikepdf

    path = f"/meetings/{things['meeting_id']}/pack.pdf"
    pages = {}
    for role in ("rep", "admin"):
        with pikepdf.open(io.BytesIO(visit(f"northfirth.{role}").get(path).data)) as pdf:
            pages[role] = len(pdf.pages)
    assert pages == {"rep": 1 + 5, "admin": 1 + 3}  # with the cover


def test_a_meeting_without_papers_has_no_pack_yet(visit: Any, things: dict[str, Any]) -> None:
    response = visit("northfirth.rep").get(f"/meetings/{things['coming_id']}/pack.pdf")
    assert response.status_code == 404
    assert "There are no papers yet" in response.text


def queries_on(app: Flask, visitor: Any, path: str) -> int:
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            counted.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert visitor.client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(counted)


MOST_QUERIES = {
    ("rep", "/meetings/{coming_id}"): 9,  # one for their own answer and care, the support meeting, whom to ask
    ("clerk", "/meetings/{coming_id}"): 7,  # one for files that are not published, one for the pack
    ("officer", "/meetings/{coming_id}"): 7,
    ("rep", "/meetings/{meeting_id}"): 11,  # one for the names of who sees their answer, two for what overlaps
    ("rep", "/papers/{paper_id}"): 7,
    ("clerk", "/papers/{paper_id}"): 7,
    ("officer", "/papers/{paper_id}"): 7,
    # One for whoever mentors them, one for the names of who sees answers, one for papers that are due, two for care,
    # three for support meetings.
    ("rep", "/"): 12,
    ("depute", "/"): 15,  # whom they stand in for, notes, care, support meetings, whom to ask, papers that are due
    ("clerk", "/"): 3,
    ("approver", "/"): 3,
    ("admin", "/"): 3,  # corrections to confirm
    ("officer", "/boards/northfirth/desk"): 12,  # five for seats and who is proposed, one for meetings
    ("clerk", "/boards/northfirth/meetings"): 5,  # one for papers that are missing
    ("rep", "/boards/northfirth/notice"): 11,  # targets, what was replaced, corrections, and pictures
    ("officer", "/boards/northfirth/emails"): 3,
    ("clerk", "/boards/northfirth/people"): 9,  # the cast has a role that waits: three for who could agree to it
    ("rep", "/role"): 17,
    ("officer", "/boards/northfirth/reps"): 18,  # vacancies, who is proposed, when they were recorded, who has a page
    ("officer", "/boards/northfirth/roles"): 5,
    ("officer", "/meetings/{coming_id}/coming"): 8,  # one for who has a page of their own
    ("approver", "/claims/payments"): 11,  # what each run comes to and whom it pays, limits, two for what others pay
    ("officer", "/care/to-arrange"): 4,
}


@pytest.mark.same_anywhere
def test_queries_do_not_grow_with_rows(app: Flask, visit: Any, rolled_back: Any, things: dict[str, Any]) -> None:
    from datetime import time

    from portal.boards.queries import groups
    from portal.meetings.actions import schedule
    from tests.cast import TODAY

    visitors = {role: visit(f"northfirth.{role}") for role, _ in MOST_QUERIES}

    def queries_on_each() -> dict[tuple[str, str], int]:
        return {one: queries_on(app, visitors[one[0]], one[1].format(**things)) for one in MOST_QUERIES}

    few = queries_on_each()
    with app.app_context():
        with unit_of_work():
            meeting = meeting_by_id(things["coming_id"])
            for n in range(12):
                add_item(meeting, title=f"Item {n}")
                schedule(groups(meeting.board_id)[0], TODAY + timedelta(days=50 + n), time(10))
        publish(meeting, {f"{n} Paper.pdf": 1 for n in range(1, 13)})
    many = queries_on_each()
    assert [(one, many[one], few[one]) for one in MOST_QUERIES if many[one] > few[one]] == []
    assert [(one, few[one], most) for one, most in MOST_QUERIES.items() if few[one] > most] == []


def test_papers_can_be_filtered(visit: Any, things: dict[str, Any]) -> None:
    clerk, rep = visit("northfirth.clerk"), visit("northfirth.rep")
    details = {"title": "Budget", "carer_impact": "substantial", "equality": "done", "reference": "NIJB15-2026"}
    assert clerk.post(f"/papers/{things['paper_id']}/details", details).status_code == 302
    address = f"/meetings/{things['meeting_id']}?show="
    assert "Impact on carers: substantial" in rep.get(address + "carers").text
    assert str(things["secret_paper_id"]) not in rep.get(address + "carers").text
    assert "None of the papers was sent late" in text_of(rep.get(address + "late"))
    assert str(things["secret_paper_id"]) in rep.get(address + "nonsense").text
    rep.post(f"/papers/{things['paper_id']}/read", {"read": "yes"})
    unread = rep.get(address + "unread").text
    assert str(things["paper_id"]) not in unread
    assert "NIJB15-2026" in rep.get(f"/papers/{things['paper_id']}").text
