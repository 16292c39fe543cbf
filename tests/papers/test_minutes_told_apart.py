"""Draft and approved minutes of one meeting: nobody takes one for the other, whatever their files were called."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml.html import fromstring

from portal.papers.destination import Destination
from portal.papers.matching.kinds import FileKind, Match
from portal.papers.matching.titles import propose_title
from portal.papers.preparing.rules import AGENDA, APPROVED, DRAFT, MINUTES, title_told_apart
from tests.cast import NOW
from tests.papers.withdrawing import Outside, upload
from tests.visitor import text_of

TITLE = "Minutes of 13 March 2026"
SINCE = "These are the draft minutes. They have been approved since: Read the approved minutes."


@pytest.mark.parametrize(
    ("name", "draft", "approved"),
    [
        ("Minute of 13 March 2026.pdf", "Draft minute of 13 March 2026", "Approved minute of 13 March 2026"),
        ("Draft minutes 13 March.pdf", "Draft minutes 13 March", "Draft minutes 13 March (approved)"),
        ("IJB record March.pdf", "IJB record March (draft)", "IJB record March (approved)"),
        ("Minutes.pdf", "Draft minutes", "Approved minutes"),
        ("scan0007.pdf", "Draft minutes", "Approved minutes"),
    ],
)
def test_a_proposed_title_says_which_they_are(name: str, draft: str, approved: str) -> None:
    for stage, title in ((DRAFT, draft), (APPROVED, approved)):
        assert propose_title(name, Match(FileKind.MINUTES, stage=stage), []) == title


def test_a_title_says_it_once_and_only_of_minutes() -> None:
    assert title_told_apart(TITLE, MINUTES, DRAFT) == f"{TITLE} (draft)"
    assert title_told_apart(TITLE, MINUTES, APPROVED) == f"{TITLE} (approved)"
    assert title_told_apart("Draft minutes", MINUTES, DRAFT) == "Draft minutes"
    assert title_told_apart("Unapproved minutes", MINUTES, APPROVED) == "Unapproved minutes (approved)"
    assert title_told_apart("Agenda", AGENDA, "") == "Agenda"


def test_a_reader_sees_which_to_read(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), TITLE)
    rep = visit("northfirth.rep")
    path = f"/meetings/{things['meeting_id']}"
    [draft] = fromstring(rep.get(path).text).xpath(f"//a[.='{TITLE} (draft)']/@href")
    assert SINCE not in text_of(rep.get(draft))
    at(NOW + timedelta(days=40))
    upload(things, Destination.read("minutes:approved"), TITLE)
    rep = visit("northfirth.rep")
    page = fromstring(rep.get(path).text)
    [approved] = page.xpath(f"//a[.='{TITLE} (approved)']/@href")
    assert not page.xpath(f"//a[.='{TITLE}']"), "no link could be either"
    assert SINCE in text_of(rep.get(draft))
    assert approved in rep.get(draft).text
    assert SINCE not in text_of(rep.get(approved))
    assert f"{TITLE} (draft)" in fromstring(rep.get(draft).text).xpath("//h1")[0].text_content()
    assert "draft" in rep.get(f"{draft}/file").headers["Content-Disposition"]


def test_the_trail_says_whose_minutes_they_are(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), "Minutes")
    page = text_of(visit("northfirth.admin").get("/boards/northfirth/audit?event=MinutesPublished"))
    assert "Minutes (draft), meeting of 13 March 2026" in page
