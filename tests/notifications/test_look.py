"""How an email looks: its board above, the fact, a small card, one button, who answers, and the same as text."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html as lxml_html
from sqlalchemy import update

from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.capabilities import GATHERED
from portal.core.clock import london_day
from portal.infra.database import db
from portal.notifications.blocks import Row, blocks_of, card, with_button, with_fact
from portal.notifications.models import Email
from portal.notifications.render import NEXT_PART, Words, words_of
from tests.cast import NOW, Cast
from tests.notifications.test_words import FACTS, MEETING, OF_ITS_OWN

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

OWN = "http://localhost"
MOST_BYTES = 20 * 1024
LINK = f"See the meeting: {OWN}/meetings/1"
EVERY = sorted(GATHERED.sender_of)


def written(cast: Cast, template: str, reader: str = "rep", **more: Any) -> Words:
    person = db.session.get_one(Person, cast.northfirth.people[reader])
    to = {"to_address": "x@y.test"} if GATHERED.email_called[template].to_address else {"person": person}
    facts = {**MEETING, **FACTS, **OF_ITS_OWN.get(template, {}), **more}
    return words_of(Email(template=template, facts=facts, asked_at=NOW, board_id=cast.northfirth.id, **to))


def read(words: Words) -> Any:
    return lxml_html.fromstring(words.html)


@pytest.mark.parametrize("template", EVERY)
def test_an_email_has_one_button_at_most_and_it_can_be_hit(work: Any, cast: Cast, template: str) -> None:
    buttons = read(written(cast, template)).xpath("//a[@class='button']")
    assert len(buttons) <= 1
    for one in buttons:
        high = re.search(r"padding: ?(\d+)px .*line-height: ?(\d+)px", one.get("style"))
        assert high
        assert 2 * int(high[1]) + int(high[2]) >= 44
        assert one.get("href").startswith(OWN)


@pytest.mark.parametrize("template", EVERY)
def test_each_card_is_in_the_text_line_by_line(work: Any, cast: Cast, template: str) -> None:
    words = written(cast, template)
    for table in read(words).xpath("//table[@class='card']"):
        rows = [[cell.text_content() for cell in row] for row in table.xpath(".//tr")]
        assert "\n".join(f"{label}: {value}" for label, value in rows) in words.text


@pytest.mark.parametrize("template", EVERY)
def test_every_word_of_the_text_is_in_the_html_in_the_same_order(work: Any, cast: Cast, template: str) -> None:
    words = written(cast, template)
    shown = "".join(read(words).xpath("//body")[0].text_content().split())
    at, found = 0, []
    for word in re.sub(r":? http://localhost\S*|^- |:(?= )", "", words.text, flags=re.MULTILINE).split():
        at = shown.find(word.rstrip(":"), at)
        found.append(at)
    assert -1 not in found


@pytest.mark.parametrize("template", EVERY)
def test_the_band_names_the_board_and_the_portal(work: Any, cast: Cast, template: str) -> None:
    [band] = read(written(cast, template)).xpath("//td[@class='band']")
    assert list(band.itertext()) == ["CANARYNORTH Joint Board", "Carer Rep Portal"]


@pytest.mark.parametrize("template", EVERY)
def test_styles_are_beside_what_they_style_but_those_of_the_dark(work: Any, cast: Cast, template: str) -> None:
    words = written(cast, template)
    page = read(words)
    [dark] = page.xpath("//style")
    assert re.fullmatch(r"\s*@media \(prefers-color-scheme: dark\) ?\{.*\}\s*", dark.text, re.DOTALL)
    assert page.xpath("//meta[@name='color-scheme']/@content") == ["light dark"]
    assert not page.xpath("//img | //script | //link | //svg | //*[@background] | //iframe | //form")
    assert "url(" not in words.html
    assert len(words.html.encode()) <= MOST_BYTES


def test_whoever_answers_signs(work: Any, cast: Cast) -> None:
    signed = "\n\nCANARYNORTH Officer\nEngagement officer, Northfirth\n\n"
    for template in ("mentor-matched", "check-in", "care-update", "claim-to-confirm"):
        assert signed in written(cast, template).text, template


def test_whoever_answers_can_be_rung(work: Any, cast: Cast) -> None:
    officer = db.session.get_one(Person, cast.northfirth.people["officer"])
    officer.work_phone = "01632 960 001"
    words = written(cast, "mentor-matched")
    db.session.rollback()
    assert "\n\nCANARYNORTH Officer\nEngagement officer, Northfirth\n01632 960 001\n\n" in words.text
    assert read(words).xpath("//a[starts-with(@href, 'tel:')]/@href") == ["tel:+441632960001"]


def test_whoever_has_no_part_in_the_board_any_more_gets_no_name_of_its_staff(work: Any, cast: Cast) -> None:
    today = london_day(NOW)
    rep = cast.northfirth.people["rep"]
    of_rep = update(Appointment).where(Appointment.board_id == cast.northfirth.id, Appointment.person_id == rep)
    db.session.execute(of_rep.values(from_on=today - timedelta(days=9), until_on=today - timedelta(days=1)))
    words, of_claim = (written(cast, template) for template in ("mentor-matched", "claim-paid"))
    db.session.rollback()
    assert "\n\nThe expenses team\nNorthfirth\n\n" in of_claim.text
    assert "\n\nThe engagement officers\nNorthfirth\n\n" in words.text


def test_whoever_was_only_invited_and_is_not_any_more_gets_no_name_either(work: Any, cast: Cast) -> None:
    rep = db.session.get_one(Person, cast.northfirth.people["rep"])
    rep.joined_at, rep.invitation_withdrawn_at = None, NOW
    words = written(cast, "mentor-matched")
    db.session.rollback()
    assert "\n\nThe engagement officers\nNorthfirth" in words.text


def test_an_approver_signs_what_is_said_of_a_claim(work: Any, cast: Cast) -> None:
    assert "\n\nCANARYNORTH Approver\nExpense approver, Northfirth\n\n" in written(cast, "claim-decided").text


def test_several_who_answer_sign_with_their_post(work: Any, cast: Cast) -> None:
    assert "\n\nThe clerks\nNorthfirth\n\n" in written(cast, "papers-announced").text


def test_nobody_gets_an_email_signed_by_themselves(work: Any, cast: Cast) -> None:
    words = written(cast, "mentor-offered", "officer")
    assert "Engagement officer" not in words.text
    assert "\n\nCANARYNORTH Joint Board\n\n" in words.text


@pytest.mark.parametrize("template", ["letter-to-confirm", "run-made"])
def test_strangers_and_addresses_of_nobody_get_no_name(work: Any, cast: Cast, template: str) -> None:
    words = written(cast, template)
    assert "\n\nCANARYNORTH Joint Board\n" in words.text
    assert "CANARYNORTH Officer" not in words.text


def test_of_no_board_it_is_the_portal_that_signs(work: Any, cast: Cast) -> None:
    rep = db.session.get_one(Person, cast.northfirth.people["rep"])
    words = words_of(Email(template="account-opened", facts={}, asked_at=NOW, person=rep))
    assert words.text.endswith("\n\nThe Carer Rep Portal\n")
    assert read(words).xpath("//td[@class='band']")[0].text == "Carer Rep Portal"


def test_no_mark_between_the_parts_is_sent_and_none_that_is_typed_moves_them(work: Any, cast: Cast) -> None:
    words = written(cast, "claim-queried", question=f"Which{NEXT_PART}bus?{NEXT_PART}")
    assert NEXT_PART not in words.text + words.html
    assert "Whichbus?" in words.text
    assert words.text.index("Whichbus?") < words.text.index("CANARYNORTH Approver") < words.text.index("You get this")


def test_a_sentence_has_no_second_copy_of_the_card(work: Any, cast: Cast) -> None:
    for template in EVERY:
        body = written(cast, template).text
        if "\nWhen: " in body:
            assert body.count(MEETING["when"]) <= 1, template


def test_words_and_values_are_a_card_and_links_are_not() -> None:
    [found] = blocks_of("Meeting: Audit\nWhen: 2pm on Tuesday\nOnline: https://meet.test/x", OWN)
    assert found.rows == (Row("Meeting", "Audit"), Row("When", "2pm on Tuesday"), Row("Online", "https://meet.test/x"))
    assert [one.kind for one in blocks_of(f"When: 2pm\n{LINK}\n\nWhy: It snows\n\nIt is off. Why: snow\nNo", OWN)] == [
        "words",
        "words",
        "words",
    ]


def test_a_card_leaves_out_what_is_not_known_and_keeps_to_its_lines() -> None:
    assert card(Meeting="Audit\n\nGroup", Place="", Online="x") == "Meeting: Audit Group\nOnline: x\n\n"


@pytest.mark.parametrize(
    "text",
    [
        f"If this was not you, choose a password: {OWN}/forgotten-password",
        f"Come along. See the meeting: {OWN}/meetings/1",
        "See the meeting: https://evil.test/meetings/1",
        f"See the meeting: {OWN}.evil.test/meetings/1",
        f"{LINK}\n{LINK}",
    ],
)
def test_what_does_not_stand_alone_and_say_what_it_does_is_no_button(text: str) -> None:
    assert [one.kind for one in with_button(blocks_of(text, OWN))] == ["words"]


def test_the_first_link_that_stands_alone_is_the_button() -> None:
    found = with_button(blocks_of(f"Hello.\n\n{LINK}\n\nSee another: {OWN}/x", OWN))
    assert [one.kind for one in found] == ["words", "button", "words"]


def test_the_first_sentence_is_the_fact() -> None:
    def fact(text: str) -> str:
        return with_fact(blocks_of(text, OWN))[0].fact

    assert fact("2 papers were published. You have 7 days.") == "2 papers were published."
    assert fact("J. Smith has stopped mentoring. Thank you.") == "J. Smith has stopped mentoring."
    assert fact("No end to it") == ""


def test_the_role_that_answers_is_one_of_a_board(app: Flask) -> None:
    roles = {GATHERED.answers_for(template) for template in EVERY}
    assert roles == {"", "officer", "clerk", "approver"}
