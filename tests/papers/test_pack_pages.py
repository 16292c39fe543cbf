"""Packs as readers get them: their cover, how many pages they have, and that they follow what changes."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.infra import work as work_queue
from portal.infra.database import db
from portal.infra.documents import making
from portal.meetings.models import AgendaItem
from portal.papers.models import Paper
from portal.papers.packs import actions, queries, rules
from portal.scheduler.run import work_once
from tests.visitor import text_of

Things = dict[str, Any]


def words_of(content: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(content)]


def pack_of(visitor: Any, things: Things) -> Any:
    return visitor.get(f"/meetings/{things['meeting_id']}/pack.pdf")


def do_work(app: Flask) -> None:
    with app.app_context():
        while work_once():
            pass


def test_the_cover_says_what_is_in_the_pack_and_what_is_not(visit: Any, things: Things) -> None:
    whole = words_of(pack_of(visit("northfirth.rep"), things).data)[0]
    part = words_of(pack_of(visit("northfirth.admin"), things).data)[0]
    assert "2 papers: 5 pages, after 1 page of cover and contents" in whole
    assert "1 paper: 3 pages, after" in part
    assert "Some of the papers are restricted. Do not pass this file on." in whole
    assert "Papers of restricted items are not in it." in part
    for cover in (whole, part):
        assert "inutes of this meeting" not in cover, "there are none yet"
        assert "no structure for screen readers" in cover
        assert f"/meetings/{things['meeting_id']}" in cover


def test_the_contents_lead_to_the_pages_that_they_name(visit: Any, things: Things) -> None:
    content = pack_of(visit("northfirth.rep"), things).data
    with pikepdf.open(io.BytesIO(content)) as pdf:
        at = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        links = [link for link in pdf.pages[0].obj.Annots if "/Dest" in link]
        led = [at[link.Dest[0].objgen] for link in links]
        assert not [link for link in pdf.pages[0].obj.Annots if "pack:" in str(link.get("/A", {}).get("/URI", ""))]
        marks = [(str(one.title), at[one.destination[0].objgen]) for one in pdf.open_outline().root]
    assert sorted(set(led)) == [page for _, page in marks[1:]]
    assert marks[0] == ("Cover and contents, pack page 1", 1)
    assert all(title.endswith(f"pack page {page}") for title, page in marks)


def test_the_page_of_the_meeting_promises_the_pages_that_the_pack_has(visit: Any, things: Things) -> None:
    for role in ("rep", "admin"):
        visitor = visit(f"northfirth.{role}")
        got = pack_of(visitor, things)
        with pikepdf.open(io.BytesIO(got.data)) as pdf:
            promised = f"{len(pdf.pages)} pages with a cover that lists them"
        page = text_of(visitor.get(f"/meetings/{things['meeting_id']}"))
        assert promised in page
        assert int(got.headers["Content-Length"]) == len(got.data)


def test_the_words_of_a_paper_say_their_page_in_the_readers_own_pack(visit: Any, things: Things) -> None:
    path = f"/papers/{things['paper_id']}"
    for role in ("rep", "admin"):
        visitor = visit(f"northfirth.{role}")
        pages = words_of(pack_of(visitor, things).data)
        shown = text_of(visitor.get(path))
        number = next(int(n) for n in range(1, 9) if f"Page 1, pack page {n}" in shown)
        assert f"Pack page {number}" in pages[number - 1]
        assert " ".join(pages[number - 1].split()[:4]) in " ".join(shown.split())


def test_whoever_may_not_read_restricted_papers_is_told_the_numbers_of_the_pack_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version, other = uuid4(), uuid4()
    packs = [
        SimpleNamespace(starts={version.hex: 9}, has_restricted=True),
        SimpleNamespace(starts={version.hex: 2}, has_restricted=False),
    ]
    for order in (packs, packs[::-1]):
        monkeypatch.setattr(queries, "made_packs", lambda _, order=order: order)
        assert queries.first_page(uuid4(), version, with_restricted=True) == 9
        assert queries.first_page(uuid4(), version, with_restricted=False) == 2
        assert queries.first_page(uuid4(), other, with_restricted=True) == 0


def test_a_pack_is_made_anew_when_a_paper_is_named_anew_and_the_old_one_goes(
    app: Flask, visit: Any, things: Things, work: Callable[[], Any]
) -> None:
    rep = visit("northfirth.rep")
    with work():
        before = {one.stored_as for one in queries.made_packs(things["meeting_id"])}
        db.session.scalars(select(Paper).where(Paper.id == things["paper_id"])).one().title = "Another name"
    response = pack_of(rep, things)
    assert response.status_code == 202
    assert "The pack is being made" in text_of(response)
    do_work(app)
    assert "Another name" in words_of(pack_of(rep, things).data)[0]
    with app.app_context():
        after = {one.stored_as for one in queries.made_packs(things["meeting_id"])}
    assert len(after) == len(before) == 2
    assert not after & before


def test_asking_twice_has_a_pack_made_once(work: Callable[[], Any], things: Things) -> None:
    with work():
        of_paper = select(AgendaItem).join(Paper, Paper.item_id == AgendaItem.id).where(Paper.id == things["paper_id"])
        db.session.scalars(of_paper).one().number = "9z"
    from portal.meetings.queries import meeting_by_id

    for _ in range(2):
        with work():
            actions.ask_for_packs(meeting_by_id(things["meeting_id"]))
    waiting = select(work_queue.Work).where(work_queue.Work.kind == actions.BUILD, work_queue.Work.done_at.is_(None))
    assert len(list(db.session.scalars(waiting.order_by(work_queue.Work.id)))) == 2


def test_a_pack_that_cannot_be_made_says_so_and_is_tried_again_later(
    app: Flask, visit: Any, things: Things, work: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, at: Any
) -> None:
    def fails(*_: object) -> None:
        raise making.NotMade

    rep = visit("northfirth.rep")
    with work():
        db.session.scalars(select(Paper).where(Paper.id == things["paper_id"])).one().title = "Another name"
    pack_of(rep, things)
    with monkeypatch.context() as patched:
        patched.setattr(making, "made_in_child", fails)
        do_work(app)
    response = pack_of(rep, things)
    assert (response.status_code, "could not be put into one file" in text_of(response)) == (503, True)
    at(clock.now() + 2 * work_queue.LEASE)
    pack_of(visit("northfirth.rep"), things)
    do_work(app)
    assert pack_of(visit("northfirth.rep"), things).status_code == 200


def test_a_mark_changes_with_all_that_a_cover_says(work: Callable[[], Any], things: Things) -> None:
    whole = queries.whole(things["meeting_id"])
    assert whole.mark == queries.whole(things["meeting_id"]).mark
    assert len({whole.mark, whole.open_to_all().mark}) == 2
    assert rules.first_pages(2, [3, 1, 4]) == [3, 6, 7]
