"""The table in which a clerk says what files are: what is not sure stands first, and nothing is guessed in silence."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from flask import Flask
from lxml.html import HtmlElement, fromstring
from sqlalchemy import event

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import add_item
from portal.papers.preparing import queries as preparing_queries
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send
from tests.visitor import hidden_boxes

TITLES = ("Welcome", "Budget monitoring", "Carers Strategy", "Short breaks")


def with_four_items(app: Flask, things: dict[str, Any]) -> Any:
    """A coming meeting with four items, the last of which is restricted."""
    with app.app_context(), unit_of_work():
        meeting = meeting_queries.meeting_by_id(things["coming_id"])
        for number, title in enumerate(TITLES, start=1):
            is_last = number == len(TITLES)
            add_item(meeting, number=str(number), title=title, is_restricted=is_last, paragraphs=["6"] * is_last)
    return things["coming_id"]


@pytest.fixture
def meeting_id(app: Flask, things: dict[str, Any]) -> Any:
    return with_four_items(app, things)


def titled(title: str) -> bytes:
    """A PDF with a title inside."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_paper("A scan", 1))) as pdf:
        pdf.docinfo["/Title"] = title
        pdf.save(out)
    return out.getvalue()


def upload(clerk: Any, meeting_id: Any, *names: str) -> None:
    """Files that nobody has looked into yet: what they are called is enough to match them."""
    send(clerk, meeting_id, *[(name, made_paper(f"{n} {name}", 1)) for n, name in enumerate(names)])


def as_if_checked(app: Flask, meeting_id: Any) -> None:
    """All waiting files are good ones of a page each; looking into each takes a process of its own."""
    with app.app_context(), unit_of_work():
        for version in preparing_queries.unpublished(meeting_id):
            if version.status == "checking":
                version.status, version.pages, version.has_text = "ready", 1, True


def table(clerk: Any, meeting_id: Any) -> HtmlElement:
    return fromstring(clerk.get(f"/meetings/{meeting_id}/papers/sort").text)


def rows(page: HtmlElement) -> dict[str, dict[str, str]]:
    """What the table says of each file, in its order."""
    said = {}
    for row in page.xpath("//tbody/tr[td]"):
        name = row.xpath(".//span[@class='portal-sorting__name']")[0].text_content()
        chosen = row.xpath(".//option[@selected]")
        said[name] = {
            "place": chosen[0].text_content() if chosen else "",
            "title": "".join(row.xpath(".//textarea/text()")),
            "appendix": "yes" if row.xpath(".//input[@checked]") else "no",
            "why": " ".join("".join(row.xpath(".//*[@class='portal-sorting__why']//text()")).split()),
            "restricted": "".join(row.xpath("./td[@data-label='Restricted']//text()")).strip(),
            "group": row.getparent().xpath("./tr[1]/th")[0].text_content().split(":")[0].strip(),
        }
    return said


def as_shown(page: HtmlElement) -> dict[str, str]:
    """What is sent when a clerk saves the table as it is."""
    form = {}
    for box in page.xpath("//*[@form='sort'][@name][not(self::button)]"):
        if box.get("type") != "checkbox" or box.get("checked") is not None:
            form[box.get("name")] = box.get("value") if box.tag == "input" else box.value
    return form


def save(clerk: Any, meeting_id: Any, **changed: str) -> None:
    """Save the table; `changed` are places by a word of the file's name. Nothing is restricted."""
    page = table(clerk, meeting_id)
    form = {name: value for name, value in as_shown(page).items() if not name.endswith("-restricted")}
    for word, place in changed.items():
        [box] = page.xpath(f"//tr[contains(th, '{word}')]//select")
        form[box.get("name")] = place
    assert clerk.post(f"/meetings/{meeting_id}/papers/sort", form).status_code == 302


def publish(clerk: Any, meeting_id: Any) -> None:
    form = hidden_boxes(clerk.get(f"/meetings/{meeting_id}/publish"))
    assert clerk.post(f"/meetings/{meeting_id}/publish", form).status_code == 302


def test_what_is_not_sure_stands_first_and_says_why(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    send(clerk, meeting_id, ("broken.pdf", b""))
    names = ("4 Short breaks EXEMPT.pdf", "2 Budget.pdf", "Item 3 Budget monitoring.pdf", "logo.pdf")
    upload(clerk, meeting_id, *names, "Carers Strategy - Appendix 1.pdf")
    said = rows(table(clerk, meeting_id))
    assert [(name, one["group"]) for name, one in said.items()] == [
        ("broken.pdf", "Cannot be used"),
        ("logo.pdf", "Check these"),
        ("Item 3 Budget monitoring.pdf", "Check these"),
        ("2 Budget.pdf", "Matched"),
        ("Carers Strategy - Appendix 1.pdf", "Matched"),
        ("4 Short breaks EXEMPT.pdf", "Matched"),
    ]
    assert said["logo.pdf"]["place"] == "Do not publish yet"
    assert said["logo.pdf"]["why"] == "Not matched No item on the agenda has this name"
    assert said["Item 3 Budget monitoring.pdf"]["why"] == "Unsure The number and the words fit different items"
    assert said["2 Budget.pdf"]["why"] == ""
    assert said["Carers Strategy - Appendix 1.pdf"]["appendix"] == "yes"
    assert said["4 Short breaks EXEMPT.pdf"]["place"] == "4 (restricted) Short breaks"
    assert said["4 Short breaks EXEMPT.pdf"]["restricted"] == "Yes as Item 4 is restricted"
    assert said["2 Budget.pdf"]["restricted"] == "the item of 2 Budget.pdf is restricted", "a box to tick"


def test_equal_names_in_one_upload_are_said_and_so_are_equal_files(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    same = made_paper("Budget", 2)
    send(clerk, meeting_id, ("2 Budget.pdf", same), ("2 Budget.pdf", made_paper("Other", 1)), ("Figures.pdf", same))
    page = table(clerk, meeting_id)
    why = [" ".join(one.text_content().split()) for one in page.xpath("//*[@class='portal-sorting__why']")]
    assert "Unsure Another file has the same name" in why
    assert any(one.startswith("Check It is the same file as “2 Budget.pdf” (file ") for one in why)
    places = [one.text_content() for one in page.xpath("//option[@selected]")]
    assert places.count("2 Budget monitoring") == 1, "not two papers of one title"


def test_a_newer_file_is_restricted_as_the_waiting_one_is(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "4 Short breaks EXEMPT.pdf", "4 Short breaks EXEMPT v2.pdf")
    said = rows(table(clerk, meeting_id))["4 Short breaks EXEMPT v2.pdf"]
    assert said["place"] == "New version of: 4 Short breaks EXEMPT.pdf"
    assert (said["restricted"], said["why"]) == ("Yes as Item 4 is restricted", "")


def test_a_newer_file_of_one_upload_takes_the_place_of_the_older(app: Flask, visit: Any, meeting_id: Any) -> None:
    """Nobody has seen the older one: readers are not told of a new version, and no file is left over."""
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget v10.pdf", "2 Budget.pdf", "2 Budget v2.pdf")
    said = rows(table(clerk, meeting_id))
    assert said["2 Budget.pdf"]["place"] == "2 Budget monitoring"
    assert said["2 Budget v2.pdf"]["place"] == said["2 Budget v10.pdf"]["place"] == "New version of: 2 Budget.pdf"
    save(clerk, meeting_id)
    as_if_checked(app, meeting_id)
    publish(clerk, meeting_id)
    with app.app_context():
        assert preparing_queries.unpublished(meeting_id) == []
    rep = visit("northfirth.rep").get(f"/meetings/{meeting_id}").text
    assert "Replaced" not in rep
    assert rep.count('id="paper-') == 1
    paper = fromstring(rep).xpath("//ul[@class='portal-papers']//a/@href")[0]
    assert "2 Budget v10.pdf" in clerk.get(f"{paper}/file").headers["Content-Disposition"]


def test_a_newer_file_waits_where_the_older_is_left_out(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget.pdf", "2 Budget v2.pdf")
    older = "2 Budget.pdf"
    page = table(clerk, meeting_id)
    form = as_shown(page)
    [box] = page.xpath(f"//tr[.//span[@class='portal-sorting__name'][normalize-space()='{older}']]//select")
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**form, box.get("name"): ""})
    with app.app_context():
        assert [(one.number, one.is_sorted) for one in preparing_queries.unpublished(meeting_id)] == [(1, False)] * 2


def test_a_file_with_the_name_of_a_published_one_is_its_new_version(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget.pdf")
    save(clerk, meeting_id)
    as_if_checked(app, meeting_id)
    publish(clerk, meeting_id)
    send(clerk, meeting_id, ("2 Budget.pdf", made_paper("Budget, corrected", 1)))
    [said] = rows(table(clerk, meeting_id)).values()
    assert (said["place"], said["group"]) == ("New version of: Budget", "Matched")
    save(clerk, meeting_id)
    as_if_checked(app, meeting_id)
    publish(clerk, meeting_id)
    assert "Replaced" in visit("northfirth.rep").get(f"/meetings/{meeting_id}").text


def test_no_file_is_offered_as_a_new_version_of_itself(app: Flask, visit: Any, meeting_id: Any) -> None:
    """Of two papers with one title the name of the file says which is meant."""
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget.pdf", "4 Short breaks.pdf")
    save(clerk, meeting_id)

    def offered() -> dict[str, list[str]]:
        return {
            row.xpath("string(.//span[@class='portal-sorting__name'])").strip(): [
                words for one in row.xpath(".//option") if "New version" in (words := one.text_content().strip())
            ]
            for row in table(clerk, meeting_id).xpath("//tr[.//select]")
        }

    assert offered() == {
        "2 Budget.pdf": ["New version of: Short breaks"],
        "4 Short breaks.pdf": ["New version of: Budget"],
    }
    form = as_shown(table(clerk, meeting_id))
    titles = {name: "Budget" for name in form if name.endswith("-title") and "shown" not in name}
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**form, **titles})
    assert offered()["2 Budget.pdf"] == ["New version of: Budget (4 Short breaks.pdf)"]


def test_files_find_items_that_came_after_them(visit: Any, things: dict[str, Any]) -> None:
    """The agenda is often typed when the papers are there already."""
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    upload(clerk, meeting_id, "7 Winter plan.pdf")
    [said] = rows(table(clerk, meeting_id)).values()
    assert said["group"] == "Check these"
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Winter plan", "number": "7", "purpose": ""})
    [said] = rows(table(clerk, meeting_id)).values()
    assert (said["place"], said["group"]) == ("7 Winter plan", "Matched")


def test_a_title_comes_from_the_file_where_its_name_says_nothing(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    send(clerk, meeting_id, ("MM-2026Nov-Att2.pdf", titled("Budget monitoring to October")))
    check_files(app)
    [said] = rows(table(clerk, meeting_id)).values()
    assert (said["place"], said["title"]) == ("2 Budget monitoring", "Budget monitoring to October")


def test_a_long_name_keeps_its_beginning(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, f"Item 3 Carers Strategy {'and more ' * 30}.pdf")
    [(name, said)] = rows(table(clerk, meeting_id)).items()
    assert name.startswith("Item 3 Carers Strategy and more")
    assert name.endswith(".pdf")
    assert len(name) == 150
    assert said["place"] == "3 Carers Strategy"


def test_minutes_are_proposed_once_the_meeting_is_over(visit: Any, things: dict[str, Any], at: Any) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    upload(clerk, meeting_id, "Draft minutes.pdf")
    assert rows(table(clerk, meeting_id))["Draft minutes.pdf"]["place"] == "Do not publish yet"
    at(NOW + timedelta(days=11))
    said = rows(table(visit("northfirth.clerk"), meeting_id))["Draft minutes.pdf"]
    assert (said["place"], said["group"]) == ("Draft minutes", "Matched")


def test_each_box_of_the_table_is_named_after_its_file(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget.pdf")
    page = table(clerk, meeting_id)
    for box in page.xpath("//*[@form='sort'][@name][not(self::button)][not(@type='hidden')]"):
        [label] = page.xpath(f"//label[@for='{box.get('id')}']")
        assert "2 Budget.pdf" in label.text_content()


def test_a_paper_that_a_clerk_titled_keeps_that_title(visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    upload(clerk, meeting_id, "2 Budget.pdf")
    form = as_shown(table(clerk, meeting_id))
    [title] = [name for name in form if name.endswith("-title")]
    [place] = [name for name in form if name.endswith("-place")]
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**form, title: "Our money", place: ""})
    assert rows(table(clerk, meeting_id))["2 Budget.pdf"]["title"] == "Our money"


def test_forty_files_are_matched_without_a_query_for_each(app: Flask, visit: Any, meeting_id: Any) -> None:
    clerk = visit("northfirth.clerk")
    send(clerk, meeting_id, *[(f"{n} Paper about {n}.pdf", b"%PDF-1.7 not looked into") for n in range(1, 41)])
    statements: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert len(rows(table(clerk, meeting_id))) == 40
    assert len([one for one in statements if one.startswith("SELECT")]) < 20
