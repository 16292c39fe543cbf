"""The meeting page after a clerk's action, and of a meeting that is over: what it says is so."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from portal.infra.database import db
from portal.notifications.models import Email
from portal.papers.models import PaperVersion
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.visitor import hidden_boxes, text_of


def publish(app: Flask, clerk: Any, meeting: object, place: str = "") -> str:
    """What the page says after Publish; `place` is what one new file is, for instance 'minutes:draft'."""
    if place:
        files = [(io.BytesIO(made_paper("Budget", 2)), "Budget.pdf")]
        clerk.post(f"/meetings/{meeting}/papers/upload", {"files": files}, content_type="multipart/form-data")
        with app.app_context():
            while work_once():
                pass
            found = select(PaperVersion.id).where(PaperVersion.meeting_id == meeting, ~PaperVersion.is_sorted)
            version = db.session.scalars(found).one()
        clerk.post(
            f"/meetings/{meeting}/papers/sort",
            {f"files-{version}-place": place, f"files-{version}-title": "Next year"},
        )
    form = {**hidden_boxes(clerk.get(f"/meetings/{meeting}/publish")), "looked": "y"}
    return text_of(clerk.post(f"/meetings/{meeting}/publish", form, follow_redirects=True))


def emails(app: Flask, meeting: object) -> int:
    with app.app_context():
        return db.session.scalars(
            select(func.count(func.distinct(Email.person_id))).where(Email.meeting_id == meeting, Email.asked_at >= NOW)
        ).one()


def test_of_an_agenda_alone_nobody_is_emailed_and_the_page_says_so(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    assert "Nobody is emailed about the agenda alone." in text_of(clerk.get(f"/meetings/{meeting}/publish"))
    assert "Published. Nobody is emailed about this." in publish(app, clerk, meeting)


def test_of_papers_the_page_says_how_many_are_emailed_and_so_many_are(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    item = re.search(r'id="item-([^"]+)"', clerk.get(f"/meetings/{meeting}").text)[1]
    before = emails(app, meeting)
    said = publish(app, clerk, meeting, f"item:{item}")
    number = int(re.search(r"Published\. Papers: (\d+) (?:person|people) will be emailed", said)[1])
    at(NOW + timedelta(minutes=2))
    with app.app_context():
        do_what_is_due()
    assert emails(app, meeting) - before == number > 0


def test_of_minutes_of_a_meeting_that_is_over_the_page_says_how_many_are_emailed(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=11))
    said = publish(app, visit("northfirth.clerk"), things["meeting_id"], "minutes:draft")
    assert re.search(r"Published\. Draft minutes: \d+ (person|people) will be emailed at 8:10am on ", said)
    assert "Everyone" not in said


def test_of_papers_after_the_meeting_nobody_is_emailed_and_the_page_says_so(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=11))
    clerk, meeting = visit("northfirth.clerk"), things["meeting_id"]
    upload = text_of(clerk.get(f"/meetings/{meeting}/papers/upload"))
    assert "Upload minutes or papers" in upload
    assert "You can say which are minutes on the next page." in upload
    coming = text_of(clerk.get(f"/meetings/{things['coming_id']}/papers/upload"))
    assert "Upload minutes" not in coming
    assert "once it has begun. Are these the minutes of the meeting on Friday 13 March" in coming
    item = re.search(r'id="item-([^"]+)"', clerk.get(f"/meetings/{meeting}").text)[1]
    assert "Published. Nobody is emailed about this." in publish(app, clerk, meeting, f"item:{item}")


def test_whoever_cancels_a_meeting_reads_how_many_are_emailed(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(f"/meetings/{meeting}/cancel").text
    form = {"reason": "Snow", "version": re.search(r'name="version"[^>]*value="(\d+)"', page)[1]}
    said = text_of(clerk.post(f"/meetings/{meeting}/cancel", form, follow_redirects=True))
    assert re.search(r"The meeting has been cancelled\. .*CANARYNORTH Rep.* will be emailed\.", said)


def test_the_page_of_a_past_meeting_speaks_of_the_past(
    app: Flask, visit: Any, cast: Any, things: dict[str, Any], at: Any
) -> None:
    meeting, rep = things["meeting_id"], cast.person("northfirth.rep")
    at(NOW + timedelta(days=11))
    clerk = visit("northfirth.clerk")
    clerk.post(f"/meetings/{meeting}/items/new", {"title": "Late item", "number": "9", "purpose": ""})
    clerk.post(f"/meetings/{meeting}/attendance", {f"attended-{rep}": "came"})
    page = text_of(clerk.get(f"/meetings/{meeting}"))
    for gone in (
        "Cancel",
        "Adjourn",
        "No paper yet",
        "is down to go instead",
        "Who is coming",
        "Share notes",
        "Let a depute",
    ):
        assert gone not in page, gone
    for there in ("No paper was published", "CANARYNORTH Rep (CANARYNORTH Depute stood in): came", "Who came"):
        assert there in page, there
    coming = text_of(clerk.get(f"/meetings/{meeting}/coming"))
    assert "Who came" in coming
    assert "Printed papers to post" not in coming


def test_a_past_meeting_without_an_agenda_promises_no_email(visit: Any, things: dict[str, Any], at: Any) -> None:
    rep, meeting = visit("northfirth.rep"), things["coming_id"]
    assert "We’ll email you when papers are published." in text_of(rep.get(f"/meetings/{meeting}"))
    assert "We’ll email you" not in text_of(visit("northfirth.admin").get(f"/meetings/{meeting}")), "nobody emails them"
    at(NOW + timedelta(days=60))
    page = text_of(visit("northfirth.rep").get(f"/meetings/{meeting}"))
    assert "There was no published agenda." in page
    assert "We’ll email you" not in page


def test_a_rep_sees_what_is_recorded_of_them(visit: Any, cast: Any, things: dict[str, Any], at: Any) -> None:
    meeting, rep = things["meeting_id"], cast.person("northfirth.rep")
    at(NOW + timedelta(days=11))
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{rep}": "absent"})
    assert "You (CANARYNORTH Depute stood in): absent" in text_of(visit("northfirth.rep").get(f"/meetings/{meeting}"))
