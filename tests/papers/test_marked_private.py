"""A file whose name marks it as private: the mark is no part of its title, and proposes that its item is restricted."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from flask import Flask

from portal.access.permissions import ITEMS_RESTRICT
from portal.infra.database import db
from portal.meetings.agendas.tails import says_private
from portal.meetings.models import AgendaItem
from portal.papers.matching.file_names import exempt_words
from portal.papers.matching.kinds import FileKind, Match
from portal.papers.matching.titles import propose_title
from portal.papers.preparing import views
from portal.papers.preparing.checks import private_mark
from tests.made_papers import made_paper
from tests.papers.test_matching import agenda_of
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

ITEMS = agenda_of("3 Minute of previous meeting|10 Contract award|11 Private care homes")
CONTRACT = Match(FileKind.ITEM, ITEMS[1].id)
REFUSED = "You cannot restrict an item. Ask the clerk of the board to do it before you publish"


@pytest.mark.parametrize(
    "name",
    [
        "PRIVATE Item 10 Contract award.pdf",
        "PRIVATE_Item_10_Contract_award.pdf",
        "Private Item 10 Contract award.pdf",
        "CONFIDENTIAL - Item 10 - Contract award.pdf",
        "PRIVATE & CONFIDENTIAL Item 10 Contract award.pdf",
        "IN PRIVATE 10 Contract award.pdf",
        "Not for publication - Item 10 Contract award.pdf",
        "Item 10 RESTRICTED Contract award.pdf",
        "Item 10 - EXEMPT - Contract award.pdf",
        "10. Contract award (private).pdf",
        "Item 10 Contract award - CONFIDENTIAL v2.pdf",
        "PRIVATE Contract award.pdf",
        "OFFICIAL-SENSITIVE Item 10 Contract award.pdf",
        "OFFICIAL SENSITIVE - Item 10 Contract award.pdf",
        "Item 10 Contract award (Official – Sensitive: Commercial).pdf",
        "OFFICIAL-SENSITIVE_Item_10_Contract_award.pdf",
        "Official-Sensitive: Contract award.pdf",
        "Item 10 Contract award - OFFICIAL SENSITIVE COMMERCIAL.pdf",
    ],
)
def test_a_mark_is_no_part_of_a_title(name: str) -> None:
    assert propose_title(name, CONTRACT, ITEMS) == "Contract award"
    assert exempt_words(name)


def test_the_marking_of_government_is_said_as_it_is_known() -> None:
    assert exempt_words("Official – Sensitive: Commercial – Budget.pdf") == ("OFFICIAL-SENSITIVE",)
    assert exempt_words("Official guide to sensitive data.pdf") == ()
    assert says_private("Official-Sensitive: contract")
    assert private_mark("13 Short breaks (OFFICIAL-SENSITIVE)") == "OFFICIAL-SENSITIVE"
    assert private_mark("Official – Sensitive: short breaks") == "Official – Sensitive"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Item 11 Private care homes.pdf", "Private care homes"),
        ("11 PRIVATE CARE HOMES.pdf", "Private care homes"),
        ("11 PRIVATE Care homes.pdf", "PRIVATE Care homes"),
        ("Item 11 Restricted access policy.pdf", "Restricted access policy"),
    ],
)
def test_what_it_is_about_stays(name: str, title: str) -> None:
    assert propose_title(name, Match(FileKind.ITEM, ITEMS[2].id), ITEMS) == title


def test_of_no_item_its_number_stays() -> None:
    assert propose_title("PRIVATE Item 12 Loans.pdf", Match(), ITEMS) == "Item 12 Loans"


@pytest.mark.parametrize(
    "name", ["Item 3 - Minute of 1 October 2026.pdf", "3 Minute of 1 October 2026.pdf", "Minute of 1 October 2026.pdf"]
)
def test_minutes_have_no_number_of_an_item(name: str) -> None:
    of_item, own = Match(FileKind.ITEM, ITEMS[0].id), Match(FileKind.MINUTES, stage="draft")
    assert propose_title(name, of_item, ITEMS) == "Minute of 1 October 2026"
    assert propose_title(name, own, ITEMS) == "Draft minute of 1 October 2026"


@pytest.fixture
def page(app: Flask, visit: Any, things: dict[str, Any]) -> tuple[Any, str, Any]:
    """The clerk, the match page with a file marked as private, and the id of that."""
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("PRIVATE Item 1 Budget.pdf", made_paper("A", 1)))
    check_files(app)
    [(key, *_)] = waiting(app, meeting_id)
    return clerk, f"/meetings/{meeting_id}/papers/sort", key


def ticked(answer: Any, key: Any) -> list[Any]:
    found: list[Any] = lxml.html.fromstring(answer.text).xpath(f"//input[@name='files-{key}-restricted'][@checked]")
    return found


def is_restricted(app: Flask, things: dict[str, Any]) -> bool:
    with app.app_context():
        return db.session.get_one(AgendaItem, things["item_id"]).is_restricted


def sent(key: Any, things: dict[str, Any], **more: str) -> dict[str, str]:
    typed = {"place": f"item:{things['item_id']}", "title": "Budget figures", "right": "y", **more}
    return {f"files-{key}-{name}": value for name, value in typed.items()}


def test_restricted_is_proposed_where_a_name_says_so(
    app: Flask, page: tuple[Any, str, Any], things: dict[str, Any]
) -> None:
    clerk, path, key = page
    shown = clerk.get(path)
    assert ticked(shown, key)
    assert "Ticked because it says “private”. Untick it if it is public." in text_of(shown)
    asked = clerk.post(path, sent(key, things, restricted="y"))
    assert "This item becomes restricted." in text_of(asked)
    assert not is_restricted(app, things), "nothing is saved before the paragraphs are ticked"


def test_one_who_unticks_it_is_not_asked_again_but_told(
    app: Flask, page: tuple[Any, str, Any], things: dict[str, Any]
) -> None:
    clerk, path, key = page
    assert clerk.post(path, sent(key, things)).status_code == 302
    assert not is_restricted(app, things)
    again = clerk.get(path)
    assert not ticked(again, key)
    said = "Its name says “private”, but Item 1 is open to everyone in the group"
    assert said in text_of(again)
    assert said in text_of(clerk.get(path.replace("papers/sort", "publish")))


def test_whoever_may_not_restrict_has_no_box_and_is_refused(
    app: Flask, page: tuple[Any, str, Any], things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, path, key = page
    allowed = views.can
    monkeypatch.setattr(views, "can", lambda who, what, *of: what != ITEMS_RESTRICT and allowed(who, what, *of))
    shown = clerk.get(path)
    assert f"files-{key}-restricted" not in shown.text
    assert "Tick “Restricted”" not in text_of(shown)
    known = {f"exempt-{things['item_id']}-known": "y", f"exempt-{things['item_id']}-paragraphs": "6"}
    answer = clerk.post(path, {**sent(key, things, restricted="y"), **known})
    assert REFUSED in text_of(answer)
    assert not is_restricted(app, things)
    assert clerk.post(path, sent(key, things)).status_code == 302, "without the tick it is saved"
