"""Pages for everybody: what is said where, what the law asks to be said, boxes that show what is typed, and tables."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask

from portal.access.permissions import NO, TABLE
from portal.access.roles import ANYONE, ROLE_NAMES
from portal.access.who_may import REACHES, what_may, who_may, words_for
from portal.boards import queries as boards
from portal.boards.models import Board
from portal.core.text import near_day_words, with_article
from portal.infra import forms
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.tables import labelled_rows
from portal.privacy import law
from tests import cast as cast_module
from tests.cast import TODAY, Cast
from tests.page_rules import attributes_twice, leads_back_to, name_of, problems_of
from tests.visitor import text_of

# Two meetings of one group are two links


def test_two_meetings_of_one_group_are_not_called_alike(app: Flask, visit: Any, cast: Cast) -> None:
    days = TODAY + timedelta(days=3), TODAY + timedelta(days=5)
    with app.app_context(), unit_of_work():
        for day in days:
            cast_module._call(boards.groups(cast.northfirth.id)[0], day)
    page = lxml.html.fromstring(visit("northfirth.rep").get("/").text)
    names = [name_of(link) for link in page.xpath("//a[starts-with(@href, '/meetings/')]")]
    for day in days:
        alike = [name for name in names if name.endswith(f"Main Group, {near_day_words(day, TODAY)}, 10am")]
        asks = "I’m coming to " if day == days[0] else "Tell us if you’re coming to "
        assert {name.split("CANARYNORTH")[0] for name in alike} == {"", asks, "Tell us if you’re coming: "}, alike


WRONG = {
    "links alike": "<main><a href='/a'>Read <b>it</b></a> <a href='/b'>Read it</a></main>",
    "outside": "<div>A demonstration</div><main></main>",
    "back below": "<main><h1>x</h1><a class='govuk-back-link' href='/'>Home</a></main>",
    "back twice": "<main><a class='govuk-back-link' href='/'>a</a><a class='govuk-back-link' href='/'>a</a></main>",
    "bare table": "<main><table><tbody><tr role='row'><td data-label='x'>1</td></tr></tbody></table></main>",
    "bare cell": "<main><table role='table'><tbody><tr role='row'><td>1</td></tr></tbody></table></main>",
}
RIGHT = """<a class='govuk-skip-link' href='#m'>Skip</a><aside>A demonstration</aside><main>
    <a class='govuk-back-link' href='/'>Home</a><h1>x</h1> <a href='/a'>Read it</a> <a href='/a'>Read it</a>
    <a href='/b'>Read it<span>: budget</span></a></main>"""


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_page_is_found(what: str) -> None:
    """The rules that each page of the tests is held to would notice."""
    assert list(problems_of(lxml.html.document_fromstring(WRONG[what])))
    assert not list(problems_of(lxml.html.document_fromstring(RIGHT)))


@pytest.mark.parametrize(
    "tag", ['<input id="a"\n autocomplete="off" AUTOCOMPLETE="on">', "<p class=a title class='b'>", "<br id=a id=a />"]
)
def test_an_attribute_twice_in_one_tag_is_found(tag: str) -> None:
    assert len(list(attributes_twice(f"<main>{tag}</main>"))) == 1
    words = (
        """<p title="two: a class= class=" class="x" data-class='y'>Is a=b a=b? <a href=/x/y?x=1&amp;x=2>No</a></p>"""
    )
    assert not list(attributes_twice(words))


# Where pages lead back to


ABOVE = {
    "/forgotten-password": "/sign-in",
    "/sign-in/by-email": "/sign-in",
    "/invitation/again": "/sign-in",
    "/public/expenses": "/",
    "/sign-in": "",
    "/help": "",
    "/help/glossary": "/help",
    "/help/carer-rep": "/help",
}


@pytest.mark.parametrize("path", ABOVE)
def test_pages_for_everybody_lead_back_to_the_one_above(visit: Any, path: str) -> None:
    assert leads_back_to(lxml.html.fromstring(visit("").get(path).text)) == ABOVE[path]


# What was done is said where the eye is


def test_a_message_takes_the_focus(visit: Any) -> None:
    rep = visit("northfirth.rep")
    rep.post("/account/notifications", {"emails_wanted": "daily", "minutes_per_page": "3"})
    [said] = lxml.html.fromstring(rep.get("/account").text).xpath("//*[@role='status']")
    assert (said.text_content().strip(), said.get("tabindex")) == ("Saved.", "-1")
    assert "autofocus" in said.attrib


def test_a_message_about_hours_is_said_beside_the_hours(visit: Any, things: dict[str, Any]) -> None:
    """The browser jumps there, far below the top of the page."""
    rep = visit("northfirth.rep")
    day = TODAY - timedelta(days=1)
    spent = {"spent_on": [str(day.day), str(day.month), str(day.year)], "hours": "2", "kind": "preparation"}
    answer = rep.post("/role/hours", {**spent, "group": str(things["group_id"])})
    assert answer.headers["Location"].endswith("#your-hours")
    page = lxml.html.fromstring(rep.get("/role").text)
    [said] = page.xpath("//*[@role='status'][preceding::*[@id='your-hours']]")
    assert "Your hours are saved" in said.text_content()


# Boxes


@pytest.mark.parametrize(("most", "is_sentence"), [(300, False), (500, False), (200, True)])
def test_a_box_for_more_than_a_name_shows_more_than_a_line_and_says_its_limit(
    app: Flask, most: int, is_sentence: bool
) -> None:
    class AnyForm(forms.Form):
        words = forms.line("Why?", most=most, is_sentence=is_sentence)

    with app.test_request_context(method="POST", data={"words": "two\nlines" + "x" * most}):
        form = AnyForm(meta={"csrf": False})
        box = lxml.html.fromstring(str(form.words()))
        assert f"You can enter up to {most} characters" in box.text_content()
        assert [one.tag for one in box.xpath(".//*[@name]")] == ["textarea"]
        assert not box.xpath(".//@maxlength"), "a browser would cut what is pasted, and say nothing"
        assert not form.validate()
        assert form.words.data.startswith("two lines"), "and it is still a line"


# Tables


def test_each_cell_of_a_table_says_its_column() -> None:
    row = '<tr class="r"><th scope="row">A</th><td>1</td><td colspan="2">2</td><td class="n">3</td></tr>'
    table = lxml.html.fromstring(f"<table>{labelled_rows(row, ['Board', 'Met', 'Late', 'x', 'Own & other'])}</table>")
    assert [one.get("data-label") for one in table.xpath("//td")] == ["Met", "Late", "Own & other"]
    assert [one.get("role") for one in table.xpath("//tr | //th | //td")] == ["row", "rowheader", *["cell"] * 3]
    assert "onload" not in str(
        labelled_rows("<tr><td></td></tr>", ['" onload="x']).replace("&#34;", "").split(" onl")[0]
    )


# Who can do what


def test_who_may_what_is_true_of_every_role(visit: Any) -> None:
    """What everyone may, each role may; and whoever is named for nothing may not."""
    assert who_may(TABLE["account:own"]) == ["Everyone who is signed in, for themselves"]
    assert who_may(TABLE["papers:read"]) == [
        "Carer reps, in the groups where they hold a seat",
        "Deputes, for the meeting they stand in for, and its minutes for 14 days after they are published",
        "Engagement officers, clerks and board administrators, on their own board",
    ]
    for row in TABLE.values():
        lines = who_may(row)
        for role, cell in row.items():
            if role in ROLE_NAMES and cell != "-":
                named = [one for one in lines if f"{ROLE_NAMES[role]}s" in one.lower() and REACHES[cell] in one]
                assert len(named) == 1
    page = lxml.html.fromstring(visit("").get("/who-can-do-what").text)
    assert {len(row.xpath("./th | ./td")) for row in page.xpath("//main//tr")} == {2}, "it fits a phone"


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_what_one_role_may_is_what_the_table_says(visit: Any, role: str) -> None:
    """Each permission stands once, at the furthest that the role, or everybody, reaches."""
    said = {(reach, name) for reach, names in what_may(role) for name in names}
    reaches = [words.capitalize() for words in REACHES.values()]
    assert said == {
        (max((REACHES[cell].capitalize() for cell in cells), key=reaches.index), name)
        for name, row in TABLE.items()
        if (cells := {row[role], row[ANYONE]} - {NO})
    }
    page = lxml.html.fromstring(visit("").get(f"/who-can-do-what?role={role}").text)
    assert page.xpath("string(//h1)").strip() == f"What {with_article(ROLE_NAMES[role])} can do"
    assert sorted(page.xpath("//main//li/text()")) == sorted(words_for(role, name) for _, name in said)


def test_what_a_mentor_can_do_is_said_as_a_mentor_meets_it(visit: Any) -> None:
    page = text_of(visit("").get("/who-can-do-what?role=mentor"))
    assert "See who they mentor, agree a plan together, record talks, and write notes" in page
    assert "Open the certificates of their own training" in page
    assert "See who has which training" not in page
    assert "What a mentor does" in page


# Privacy


def test_the_privacy_page_says_what_the_law_asks_for(app: Flask, visit: Any, cast: Cast) -> None:
    """Articles 13 and 14: who is responsible, whom to ask, on what ground, how long, which rights, which regulator."""
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        board.data_protection_contact = "Una Dpo"
        board.privacy_notice = "https://northfirth.test/privacy"
    page = text_of(visit("northfirth.rep").get("/privacy"))
    for words in (
        "it is the controller of that data",
        "Questions: Una Dpo, dpo@northfirth.test",
        "Article 6(1)(e)",
        "How long we keep it",
        "get a copy of everything held about you",
        f"must answer within {law.ANSWER_WITHIN}",
        "Information Commissioner’s Office (ICO)",
        "0303 123 1113",
    ):
        assert words in page
    assert cast.southmoor.canary not in visit("northfirth.rep").get("/privacy").text, "their own boards alone"


def test_an_administrator_says_whom_to_ask_about_personal_data(visit: Any) -> None:
    admin = visit("northfirth.admin")
    page = lxml.html.fromstring(admin.get("/boards/northfirth/settings").text)
    boxes = reversed(page.xpath("//main//form//*[@name][not(@type='radio')]"))  # of those with one name the first
    typed = {box.get("name"): box.get("value") or box.text or "" for box in boxes}
    typed |= {"data_protection_contact": "DPO, 01632 960 000", "privacy_notice": "http://plain.test"}
    assert (
        "Enter the whole address of the web page, like https://www.example.scot/page"
        in admin.post("/boards/northfirth/settings", typed).text
    )
    typed["privacy_notice"] = "https://northfirth.test/privacy"
    assert admin.post("/boards/northfirth/settings", typed).status_code == 302
    page = visit("").get("/public/boards/northfirth").text
    assert "DPO, 01632 960 000" in page
    assert "https://northfirth.test/privacy" in page
