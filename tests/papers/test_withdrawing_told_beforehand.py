"""Before a paper is withdrawn its page names who will be emailed, and what they read: those who then are."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from lxml.html import fromstring
from sqlalchemy import select

from portal.accounts.models import Person
from portal.infra.database import db
from portal.papers.models import Withdrawal
from portal.papers.withdrawing import queries
from portal.papers.withdrawing.rules import ERROR, OTHER, PERSONAL, WRONG_FILE
from tests.cast import Cast, anywhere
from tests.notifications.test_emailed import number_in
from tests.papers.withdrawing import Outside, every, form, loaded, told
from tests.visitor import text_of

WHAT = {
    "paper-withdrawn": ("that it was withdrawn and why", "that it was withdrawn because it contained personal data"),
    "personal-data-found": ("", "the same, how many people could open it"),
}


def said(page: Any) -> list[tuple[int, str, str]]:
    """Of each kind of email: to how many it goes, to whom, and what they read."""
    lines = fromstring(page.text).xpath("//ul[preceding-sibling::h2[1][contains(., 'Who gets an email')]]/li")
    found = []
    for line in lines:
        words = " ".join(line.text_content().split())
        match = re.fullmatch(r"(.*emailed\.) (.*): (.*)\.", words)
        assert match, words
        found.append((number_in(match[1]), match[2], match[3]))
    return found


def names(here: Outside, people: Any) -> str:
    with here():
        found = sorted(db.session.get_one(Person, one).name for one in people)
    return ", ".join(found)


@pytest.mark.parametrize("reason", [ERROR, WRONG_FILE, OTHER, PERSONAL])
def test_whoever_is_emailed_is_named_before(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], reason: str
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/withdraw"
    page = clerk.post(address, {"reason": reason, "what": "whole"})
    assert not told("paper-withdrawn"), "nothing has happened yet"
    assert loaded(things["paper_id"]).withdrawn_at is None
    before = said(page)
    more = {"understood": "y"} if reason == PERSONAL else {"words": "It was a draft"}
    after = clerk.post(address, form(things, clerk, reason=reason, **more), follow_redirects=True)
    assert "Withdrawn." in text_of(after)
    written = [(name, told(name)) for name in WHAT if told(name)]
    assert len(before) == len(written)
    for (number, who, what), (name, emails) in zip(before, written, strict=True):
        assert number == len(emails)
        assert sorted(re.split(", | and ", who)) == sorted(re.split(", ", names(here, emails)))
        assert what.startswith(WHAT[name][reason == PERSONAL])
    assert cast.northfirth.people["clerk"] not in told("paper-withdrawn")


def test_looking_at_the_page_takes_nothing_away(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk, paper = visit("northfirth.clerk"), things["paper_id"]
    before = every(anywhere(select(Withdrawal.id).order_by(Withdrawal.id)))
    for _ in range(2):
        assert (
            "Who gets an email" in clerk.post(f"/papers/{paper}/withdraw", {"reason": PERSONAL, "what": "whole"}).text
        )
    assert every(anywhere(select(Withdrawal.id).order_by(Withdrawal.id))) == before
    assert clerk.get(f"/papers/{paper}/file").status_code == 200
    assert not told("paper-withdrawn")


def test_of_one_that_only_they_could_open_nobody_is_emailed(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def only_the_clerk(*_: Any) -> list[UUID]:
        return [cast.northfirth.people["clerk"]]

    monkeypatch.setattr(queries, "readers", only_the_clerk)
    page = visit("northfirth.clerk").post(f"/papers/{things['paper_id']}/withdraw", {"reason": ERROR, "what": "whole"})
    assert "Only you could open it, so it will not be emailed to anyone." in text_of(page)
