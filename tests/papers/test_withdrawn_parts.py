"""What is withdrawn is gone from everything else that is made of papers: packs, words read by machine, agendas."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.papers.destination import THE_AGENDA, version_of
from portal.papers.models import PageText, Paper
from portal.papers.packs import actions as packs
from portal.papers.packs import queries as packs_queries
from portal.papers.pictures import actions as pictures
from portal.papers.pictures import machine
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.rules import ERROR, PERSONAL
from tests.papers.withdrawing import Outside, every, packs_of, upload, versions, withdraw
from tests.visitor import text_of


def held(here: Outside, things: dict[str, Any]) -> list[str]:
    """The titles in the pack of the meeting."""
    with here():
        return [one.title for one in packs_queries.whole(things["meeting_id"]).entries]


@pytest.mark.parametrize("reason", [ERROR, PERSONAL])
def test_a_withdrawn_paper_stands_in_no_pack(here: Outside, things: dict[str, Any], reason: str) -> None:
    assert "Budget" in held(here, things)
    withdraw(things, reason)
    assert "Budget" not in held(here, things)
    [version] = versions(things)
    with here():
        assert [one for one in packs_of(things) if version.id.hex in one.starts] == []


def test_earlier_packs_that_were_left_to_whoever_downloads_them_go_at_once(
    here: Outside, things: dict[str, Any]
) -> None:
    key = packs._folder(things["meeting_id"]) + "earlier.pdf"
    elsewhere = "packs/0123/earlier.pdf"
    with here(), unit_of_work():
        for one in (key, elsewhere):
            files.keep(one, b"%PDF-1.4")
            files.delete_after(one, timedelta(days=7))
    withdraw(things, PERSONAL)
    with here():
        with pytest.raises(FileNotFoundError):
            files.read(key)
        assert files.read(elsewhere)


def test_what_a_machine_read_goes_with_personal_data_and_nothing_more_is_read(
    here: Outside, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "is_there", lambda: True)
    monkeypatch.setattr(machine, "words_of", lambda _content, _page: pytest.fail("nobody reads it any more"))
    [version] = versions(things)
    with here(), unit_of_work():
        words = {"is_picture": True, "read_by_machine": "Jean Murray of 4 Shore Street asked"}
        db.session.execute(
            update(PageText).where(PageText.version_id == version.id, PageText.page == 1).values(**words)
        )
        assert "Jean Murray of 4 Shore Street asked" in queries.texts(version.board_id, [version.id])
    withdraw(things, PERSONAL)
    assert every(select(PageText.id).where(PageText.version_id == version.id).order_by(PageText.id)) == []
    with here():
        assert pictures.read_picture(str(version.id), "1") is None


def test_what_a_file_calls_itself_and_what_was_in_it_go_with_personal_data(
    here: Outside, things: dict[str, Any]
) -> None:
    [version] = versions(things)
    with here(), unit_of_work():
        one = queries.versions(things["paper_id"])[0]
        one.title_inside, one.taken_out = "Complaint of Jean Murray", ["a link to “Jean Murray.docx”"]
    withdraw(things, PERSONAL)
    [version] = versions(things)
    assert (version.title_inside, version.taken_out) == ("", [])


def test_words_in_a_withdrawn_paper_are_found_by_nobody(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    withdraw(things, ERROR)
    assert visit("northfirth.rep").post(f"/papers/{things['paper_id']}/find", {"words": "Budget"}).status_code == 404


def test_an_agenda_file_is_withdrawn_and_said_above_the_items_without_days_of_notice(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    upload(things, THE_AGENDA, "Agenda")
    [agenda] = every(select(Paper.id).where(Paper.kind == "agenda").order_by(Paper.id))
    withdraw({**things, "agenda_id": agenda}, ERROR, paper="agenda_id")
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    said = page[page.index("Agenda") : page.index("Budget")]
    assert "Withdrawn on Tuesday 3 March 2026 because there was an error in it." in said
    assert "It had" not in said
    assert "It had" not in text_of(visit("northfirth.rep").get(f"/papers/{agenda}"))
    assert "Agenda" not in held(here, things)


def test_a_version_that_is_withdrawn_after_it_replaced_another_leaves_the_one_before_in_the_pack(
    here: Outside, things: dict[str, Any]
) -> None:
    upload(things, version_of(things["paper_id"]), "Budget again")
    newer, first = versions(things)
    withdraw(things, ERROR, what="2")
    with here():
        inside = packs_queries.whole(things["meeting_id"]).versions
        assert (first.id in inside, newer.id in inside) == (True, False)


def test_a_restricted_paper_is_marked_on_the_page_before_publishing(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    upload(things, version_of(things["secret_paper_id"]), "Contract again", publish=False)
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/publish"))
    line = page[page.index("New version") - 200 : page.index("New version")]
    assert "Restricted" in line
