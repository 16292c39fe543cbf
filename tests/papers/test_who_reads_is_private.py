"""Nobody of a board learns who opened or downloaded which paper: from no page, sheet or email, and from no trail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.notifications.models import Email
from tests.cast import BoardCast, Cast
from tests.papers.withdrawing import Outside, every
from tests.visitor import Visitor

STAFF = ("officer", "clerk", "admin")
TRAIL = ("/boards/<board>/audit", "/boards/<board>/audit.csv")
# Audited as it tries out what a press would do, and takes it back: whoever opens it leaves no line.
TRIED_OUT = ("papers.publish", "corrections.of_board")
FOR_EACH_REQUEST = re.compile(r"nonce=\"[^\"]*\"|<input[^>]*type=\"hidden\"[^>]*>|/calendar/[^\"<]+|portal-[A-Z0-9]+")


def addresses(app: Flask, board: BoardCast, part: str = "") -> Iterator[tuple[str, str]]:
    """(rule, address) of every page of a board that is opened with GET and is audited by no line of its own."""
    values = board.in_address
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        view = app.view_functions[rule.endpoint]
        if "GET" in (rule.methods or ()) and part in rule.rule and not changes_by_itself(view, rule):
            given = values(rule.rule)
            if rule.arguments <= given.keys():
                yield rule.rule, app.url_map.bind("").build(rule.endpoint, {one: given[one] for one in rule.arguments})


def changes_by_itself(view: Any, rule: Rule) -> bool:
    """What writes a line about whoever opens it, the trail, and pages that are of no board."""
    of_no_board = ("/account", "/static", "/health", "/metrics", "/demonstration", "/sign", "/public")
    is_audited = getattr(view, "audited", False) and rule.endpoint not in TRIED_OUT
    return is_audited or rule.rule in TRAIL or rule.rule.startswith(of_no_board)


def seen(visitors: Mapping[str, Visitor], pages: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What each of some people sees on each of some pages, but what differs from request to request."""
    found = {}
    for who, visitor in visitors.items():
        for _, address in pages:
            answer = visitor.client.get(address)
            found[who, address] = FOR_EACH_REQUEST.sub(
                "", answer.text if answer.is_json or "text" in answer.mimetype else ""
            )
    return found


def read_everything(visitor: Visitor, things: Mapping[str, Any]) -> None:
    """Open the paper and its PDF, download it and the pack, mark it as read, and write a note."""
    paper = f"/papers/{things['paper_id']}"
    for path in (paper, f"{paper}/file?open=1", f"{paper}/file", f"/meetings/{things['meeting_id']}/pack.pdf"):
        assert visitor.get(path).data
    visitor.post(f"{paper}/read", {"read": "1"})
    visitor.post(f"{paper}/note", {"text": "My private note"})


def nothing_differs(app: Flask, cast: Cast, visit: Any, people: tuple[str, ...], part: str) -> None:
    board = cast.northfirth
    pages = list(addresses(app, board, part))
    assert pages
    watching = {who: visit(f"northfirth.{who}") for who in people} | {"coordinator": visit("coordinator")}
    reader = visit("northfirth.rep")
    emails = len(every(select(Email.id).order_by(Email.id)))
    before = seen(watching, pages)
    read_everything(reader, board.things)
    after = seen(watching, pages)
    differs = [key for key in before if before[key] != after[key]]
    assert differs == []
    assert len(every(select(Email.id).order_by(Email.id))) == emails


@pytest.mark.long
def test_no_page_of_anyone_shows_that_somebody_read_a_paper(here: Outside, app: Flask, cast: Cast, visit: Any) -> None:
    nothing_differs(app, cast, visit, (*STAFF, "approver"), "")


@pytest.mark.parametrize("part", ["/papers/", "notice", "/desk", "<uuid:meeting_id>/publish"])
def test_no_page_about_papers_or_reps_shows_staff_that_somebody_read_one(
    here: Outside, app: Flask, cast: Cast, visit: Any, part: str
) -> None:
    nothing_differs(app, cast, visit, STAFF, part)


def test_the_trail_and_its_file_say_that_a_paper_was_downloaded_and_not_by_whom(
    here: Outside, cast: Cast, visit: Any
) -> None:
    admin, name = visit("northfirth.admin"), "CANARYNORTH Rep"
    before = [admin.client.get(f"/boards/northfirth/audit{end}").text.count(name) for end in ("", ".csv")]
    read_everything(visit("northfirth.rep"), cast.northfirth.things)
    page, sheet = (admin.client.get(f"/boards/northfirth/audit{end}").text for end in ("", ".csv"))
    assert [page.count(name), sheet.count(name)] == before
    assert sheet.count(",Not shown,Downloaded a pa") == 3
    assert "Downloaded a pack" in page


def test_the_privacy_page_says_so(visit: Any) -> None:
    page = " ".join(visit("").get("/privacy").text.split())
    assert "Nobody at your board can see which papers you opened: reading in the portal is not recorded." in page


def test_the_page_before_publishing_is_among_those_that_are_looked_at(app: Flask, cast: Cast) -> None:
    """It is audited, and other audited pages are left out: the exception must name what is there."""
    looked_at = {rule for rule, _ in addresses(app, cast.northfirth)}
    for endpoint in TRIED_OUT:
        [rule] = app.url_map.iter_rules(endpoint)
        assert getattr(app.view_functions[endpoint], "audited", False), "then it needs no exception"
        assert rule.rule in looked_at
