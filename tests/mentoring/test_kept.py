"""Talks and notes of a pair: which days they may lie on, changing and removing them, and what the two are told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.infra.database import db
from portal.mentoring.models import MentoringSession
from portal.mentoring.rules import problem_with_talk
from tests.cast import NOW, Cast, anywhere
from tests.cast_support import PRIVATE, SHARED
from tests.mentoring.test_pages import OFFER, SESSION
from tests.visitor import text_of

BEGAN, TODAY = date(2026, 9, 17), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("held_on", "is_right"),
    [
        (date(2020, 1, 1), False),
        (BEGAN - timedelta(days=1), False),
        (BEGAN, True),
        (TODAY, True),
        (TODAY + timedelta(days=1), False),
    ],
)
def test_a_pair_talks_from_its_first_day_until_today(held_on: date, is_right: bool) -> None:
    assert (problem_with_talk(held_on, BEGAN, TODAY) == "") is is_right


def path_of(cast: Cast) -> str:
    return f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"


def test_each_wrong_date_is_called_by_its_name(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    typed = {**SESSION, "held_on": ["1", "1", "2020"], "next_on": ["1", "3", "2026"]}
    page = text_of(visit("northfirth.mentor").post(f"{path_of(cast)}/sessions/new", typed))
    assert "The date you talked must be 3 March 2026 or later: mentoring began then" in page
    assert "The date of your next talk must be today or in the future" in page
    late = {**SESSION, "held_on": ["4", "3", "2026"]}
    page = text_of(visit("northfirth.mentor").post(f"{path_of(cast)}/sessions/new", late))
    assert "The date you talked must be today or in the past" in page
    with app.app_context():
        count = select(func.count(MentoringSession.id)).where(
            MentoringSession.pair_id == cast.northfirth.things["pair_id"]
        )
        assert db.session.scalar(anywhere(count)) == 1


def test_whoever_recorded_a_talk_changes_and_removes_it(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    talk = f"/mentoring/sessions/{cast.northfirth.things['mentoring_session_id']}"
    rep, mentor, officer = (visit(f"northfirth.{who}") for who in ("rep", "mentor", "officer"))
    for path in (talk, f"{talk}/remove"):
        assert mentor.client.get(path).status_code == 404, "the rep recorded it"
        assert mentor.post(path, SESSION).status_code == 404
    assert "CANARYNORTH next step" in rep.get(talk).text
    wrong = rep.post(talk, {**SESSION, "held_on": ["1", "1", "2020"]})
    assert "The date you talked must be 3 March 2026 or later" in text_of(wrong)
    done = text_of(rep.post(talk, {**SESSION, "minutes": "20", "next_step": "NEWSTEP"}, follow_redirects=True))
    assert "CANARYNORTH Mentor sees the change. Your officer sees the date, and not what you said." in done
    assert "20 minutes, by phone" in text_of(mentor.get(path_of(cast)))
    assert "Recorded by CANARYNORTH Rep" in text_of(mentor.get(path_of(cast)))
    assert "Talked 1 time" in text_of(officer.get("/boards/northfirth/mentoring"))
    assert "You cannot undo this." in text_of(rep.get(f"{talk}/remove"))
    rep.post(f"{talk}/remove")
    assert "No talks recorded yet." in text_of(officer.get("/boards/northfirth/mentoring"))
    assert "NEWSTEP" not in text_of(mentor.get(path_of(cast)))


def test_a_note_is_changed_and_removed_only_after_a_question(visit: Any, cast: Cast, rolled_back: Any) -> None:
    note = f"/mentoring/notes/{cast.northfirth.things['note_id']}"
    rep, mentor = visit("northfirth.rep"), visit("northfirth.mentor")
    for path in (note, f"{note}/remove"):
        assert mentor.client.get(path).status_code == 404
    page = rep.get(path_of(cast)).text
    assert f'href="{note}/remove"' in page
    assert f'action="{note}/remove"' not in page, "a link that asks, no button that removes"
    assert PRIVATE in rep.get(note).text
    assert "Saved. Only you can read it." in text_of(rep.post(note, {"text": "OTHERWORDS"}, follow_redirects=True))
    assert "OTHERWORDS" in text_of(rep.get(f"{note}/remove"))
    rep.post(f"{note}/remove")
    assert "OTHERWORDS" not in text_of(rep.get(path_of(cast)))


def test_a_shared_note_is_new_to_the_other_for_a_week(visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    rep, mentor = visit("northfirth.rep"), visit("northfirth.mentor")
    assert "We do not email them" in text_of(rep.get(f"{path_of(cast)}/notes/both"))
    for path in ("/", "/mentoring"):
        assert "shared a note on Tuesday 3 March 2026" in text_of(mentor.get(path))
        assert "shared a note" not in text_of(rep.get(path)), "one's own is not new to oneself"
    assert "This week For both of you" in text_of(mentor.get(path_of(cast)))
    at(NOW + timedelta(days=8))
    mentor = visit("northfirth.mentor")
    assert "shared a note" not in text_of(mentor.get("/"))
    assert SHARED in text_of(mentor.get(path_of(cast)))


def test_a_mentor_sees_on_the_first_page_whom_they_mentor_and_when_they_talk_next(
    visit: Any, cast: Cast, rolled_back: Any
) -> None:
    mentor, rep = visit("northfirth.mentor"), visit("northfirth.rep")
    page = mentor.get("/")
    assert f'href="{path_of(cast)}"' in page.text
    assert "CANARYNORTH Rep" in text_of(page)
    assert "No date agreed for your next talk" in text_of(page)
    mentor.post(f"{path_of(cast)}/sessions/new", {**SESSION, "next_on": ["17", "3", "2026"]})
    for who in (mentor, rep):
        assert "You’ll talk next on Tuesday 17 March 2026" in text_of(who.get("/"))


def test_what_the_officer_sees_is_said_where_it_is_typed(visit: Any, cast: Cast) -> None:
    mentor = visit("northfirth.mentor")
    words = text_of(mentor.get(f"{path_of(cast)}/sessions/new"))
    assert "Your officer sees when you talked and when you’ll talk next." in words
    assert "Of your plan, your officer sees only the date of your next talk. They also see the dates" in text_of(
        mentor.get(f"{path_of(cast)}/plan")
    )


def test_when_mentoring_has_ended_its_page_says_so(visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep, mentor, officer = (visit(f"northfirth.{who}") for who in ("rep", "mentor", "officer"))
    assert "you cannot undo it" in text_of(rep.get(f"{path_of(cast)}/end"))
    ended = text_of(rep.post(f"{path_of(cast)}/end", {"then": "nothing"}, follow_redirects=True))
    assert "Mentoring with CANARYNORTH Mentor has ended. CANARYNORTH Mentor will be" in ended
    page = text_of(rep.get(path_of(cast)))
    assert "CANARYNORTH Mentor was your mentor from Tuesday 3 March 2026 to Tuesday 3 March 2026." in page
    assert "We delete it after Wednesday 3 March 2027." in page
    assert "is your mentor" not in page
    assert "You mentored CANARYNORTH Rep from" in text_of(mentor.get(path_of(cast)))
    for whom in ("both", "mine"):
        assert f"/notes/{whom}" not in mentor.get(path_of(cast)).text
        late = mentor.post(f"{path_of(cast)}/notes/{whom}", {"text": "LATEWORDS"}, follow_redirects=True)
        assert "Mentoring has ended, so nothing was changed." in text_of(late)
    assert "LATEWORDS" not in text_of(mentor.get(path_of(cast)))
    board = text_of(officer.get("/boards/northfirth/mentoring"))
    assert "There are no people being mentored now." in board
    assert "Mentoring that has ended CANARYNORTH Rep, mentored by CANARYNORTH Mentor" in board


def test_whoever_is_on_hold_can_be_asked_again_with_one_link(visit: Any, cast: Cast, rolled_back: Any) -> None:
    mentor, path = visit("northfirth.mentor"), f"/mentoring/as-mentor/{cast.northfirth.things['mentor_id']}"
    assert "Take on someone new again" not in text_of(mentor.get("/mentoring"))
    said = text_of(mentor.post(path, {**OFFER, "is_on_hold": "y"}, follow_redirects=True))
    assert "Saved. You will not be asked to take on anyone new until you change this." in said
    assert "Take on someone new again" in said
    said = text_of(mentor.post(f"{path}/resume", follow_redirects=True))
    assert "Saved. You can be asked to take on someone new again, up to 1 person." in said
    assert "Saved. You can mentor up to 3 people at once." in text_of(
        mentor.post(path, {**OFFER, "most": "3"}, follow_redirects=True)
    )


def test_whoever_is_mentored_is_not_asked_to_mentor(visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    """Whether the mentor is there already, or they wait for one."""
    at(NOW + timedelta(days=165))
    rep = visit("northfirth.rep")
    assert "Offer to mentor" not in text_of(rep.get("/mentoring"))
    assert "no longer have a mentor yourself" in text_of(rep.post("/mentoring/offer", OFFER, follow_redirects=True))
    rep.post(f"{path_of(cast)}/end", {"then": "another"})
    assert "Offer to mentor" not in text_of(rep.get("/mentoring"))


def test_the_role_and_mentoring_say_alike_that_a_mentor_was_asked_for(visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep = visit("northfirth.rep")
    assert "CANARYNORTH Mentor. See your mentoring" in text_of(rep.get("/role"))
    rep.post(f"{path_of(cast)}/end", {"then": "another"})
    for path in ("/role", "/mentoring"):
        assert "You’re waiting for a mentor" in text_of(rep.get(path))
        assert "Ask for one" not in text_of(rep.get(path))


def test_privacy_has_mentoring_in_plain_words(visit: Any) -> None:
    page = text_of(visit("").get("/privacy"))
    assert "your private mentoring notes" in page
    assert "Your officer sees when you talked and when you’ll talk next." in page
    assert "Mentoring A board needs this" in page
    for word in ("scrambled", "locked"):
        assert word not in page


def test_a_talk_recorded_twice_in_the_same_words_is_kept_once(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    mentor, path = visit("northfirth.mentor"), f"{path_of(cast)}/sessions/new"
    once = str(uuid4())
    for _ in range(2):
        assert mentor.post(path, {**SESSION, "once": once}).status_code == 302, "one form, sent twice"
    page = mentor.post(path, {**SESSION, "once": str(uuid4())})
    assert "This talk is recorded already" in text_of(page)
    assert 'id="held_on-error"' in page.text, "by the day"
    assert 'id="way-error"' not in page.text
    [link] = re.findall(r'href="(/mentoring/sessions/[^"]+)"', page.text)
    assert mentor.get(link).status_code == 200
    other = visit("northfirth.rep").post(path, {**SESSION, "once": str(uuid4())})
    assert "CANARYNORTH Mentor recorded it. See your talks with" in text_of(other)
    assert "/mentoring/sessions/" not in other.text.replace("/sessions/new", "")
    assert mentor.post(path, {**SESSION, "minutes": "20", "once": str(uuid4())}).status_code == 302
