"""Upload, sort, publish, announce: what is written, who is told, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.core import clock
from portal.infra.database import db
from portal.infra.versions import EditConflict
from portal.meetings.actions import cancel
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.models import Note, Paper, PaperVersion
from portal.papers.notice import queries as notice_queries
from portal.papers.preparing import actions as preparing_actions
from portal.papers.preparing import queries as preparing_queries
from portal.papers.reading import actions as reading_actions
from portal.papers.reading import queries as reading_queries
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, TODAY, Cast, as_proposed, publish
from tests.made_papers import made_paper

MOST = 50 * 1024 * 1024
MINUTE = timedelta(minutes=1)


@pytest.fixture
def coming(work: Any, things: dict[str, Any]) -> Meeting:
    """A meeting in forty days, with nothing on its agenda."""
    return meeting_by_id(things["coming_id"])


def upload(work: Any, meeting: Meeting, *files: tuple[str, bytes]) -> list[PaperVersion]:
    with work():
        preparing_actions.upload(meeting, files, MOST)
    while work_once():
        pass
    return list(preparing_queries.unpublished(meeting.id))


def emails(template: str, meeting: Meeting) -> list[Email]:
    statement = select(Email).where(Email.template == template, Email.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(Email.asked_at)))


def press_publish(work: Any, meeting: Meeting) -> None:
    with work():
        preparing_actions.sort_files(meeting, as_proposed(meeting, preparing_queries.unpublished(meeting.id)))
        preparing_actions.publish(meeting, meeting.version)


def test_a_bad_file_among_good_ones_is_refused_alone(work: Any, coming: Meeting) -> None:
    good, empty = ("Minutes good.pdf", made_paper("Good", 2)), ("Minutes empty.pdf", b"")
    found = {version.file_name: version for version in upload(work, coming, good, empty)}
    assert found["Minutes good.pdf"].status == "ready"
    assert found["Minutes good.pdf"].pages == 2
    assert found["Minutes empty.pdf"].status == "refused"
    assert found["Minutes empty.pdf"].reason


def test_nothing_is_visible_until_publish(work: Any, coming: Meeting, cast: Cast, at: Any) -> None:
    from portal.accounts.queries import person
    from portal.identity import find_viewer

    upload(work, coming, ("Draft minutes.pdf", made_paper("Minutes", 2)))
    rep = find_viewer(person(cast.northfirth.people["rep"]))
    paper = db.session.scalars(select(Paper).where(Paper.meeting_id == coming.id)).one()
    assert reading_queries.paper(rep, paper.id) is None
    assert reading_queries.papers_shown(rep, coming.id) == []
    press_publish(work, coming)
    assert reading_queries.paper(rep, paper.id) is None, "there are no minutes of a meeting that has not begun"
    at(NOW + timedelta(days=41))
    press_publish(work, coming)
    assert reading_queries.paper(rep, paper.id) is not None


def test_a_second_press_of_publish_is_refused(work: Any, coming: Meeting) -> None:
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 2)))
    seen = coming.version
    press_publish(work, coming)
    with pytest.raises(EditConflict), work():
        preparing_actions.publish(meeting_by_id(coming.id), seen)


def add_budget_item(work: Any, meeting: Meeting, title: str = "Budget") -> None:
    from portal.meetings.actions import add_item

    with work():
        add_item(meeting, title=title)


def test_reps_and_deputes_are_told_once_with_pages_and_days(work: Any, coming: Meeting, cast: Cast) -> None:
    add_budget_item(work, coming)
    upload(work, coming, ("1 Budget.pdf", made_paper("Budget", 3)))
    press_publish(work, coming)
    for _ in range(3):
        do_what_is_due()
    sent = emails("papers-announced", coming)
    assert [email.person_id for email in sent] == [cast.northfirth.people["rep"]]
    assert sent[0].facts["pages"] == "3 pages"
    assert sent[0].facts["days_left"] == "40 days"
    assert sent[0].facts["reading"] == "6 minutes"


def test_what_follows_within_ten_minutes_goes_in_one_more_email(work: Any, coming: Meeting, at: Any) -> None:
    for title in ("Budget", "Strategy", "Workforce"):
        add_budget_item(work, coming, title)
    for minute, title in ((0, "Budget"), (3, "Strategy"), (6, "Workforce")):
        at(NOW + minute * MINUTE)
        upload(work, coming, (f"{title}.pdf", made_paper(title, 1)))
        press_publish(work, coming)
        do_what_is_due()
    assert [len(email.facts["papers"]) for email in emails("papers-announced", coming)] == [1]
    at(NOW + 10 * MINUTE)
    do_what_is_due()
    assert [len(email.facts["papers"]) for email in emails("papers-announced", coming)] == [1, 2]


def test_a_late_paper_is_marked_and_officers_hear_of_it(work: Any, coming: Meeting, at: Any, cast: Cast) -> None:
    add_budget_item(work, coming)
    at(NOW + timedelta(days=37))
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 2)))
    press_publish(work, coming)
    do_what_is_due()
    told = emails("papers-announced", coming)[0]
    assert told.facts["late"] is True
    assert told.facts["papers"][0]["days"] == 3
    officers = {cast.northfirth.people["officer"]}
    assert {email.person_id for email in emails("late-papers", coming)} == officers


def test_a_meeting_in_the_past_sends_nothing(work: Any, coming: Meeting, at: Any) -> None:
    add_budget_item(work, coming)
    at(NOW + timedelta(days=50))
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 2)))
    press_publish(work, coming)
    do_what_is_due()
    assert emails("papers-announced", coming) == []


def test_a_cancelled_meeting_is_not_announced_any_more(work: Any, coming: Meeting) -> None:
    add_budget_item(work, coming)
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 2)))
    press_publish(work, coming)
    with work():
        cancel(coming, coming.version, "Snow")
    do_what_is_due()
    assert emails("papers-announced", coming) == []
    assert emails("meeting-cancelled", coming)


def test_a_new_file_of_the_same_name_is_a_new_version_and_notes_stay(work: Any, coming: Meeting, cast: Cast) -> None:
    from portal.accounts.queries import person
    from portal.identity import find_viewer

    add_budget_item(work, coming)
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 2)))
    press_publish(work, coming)
    paper = db.session.scalars(select(Paper).where(Paper.meeting_id == coming.id)).one()
    rep = find_viewer(person(cast.northfirth.people["rep"]))
    with work():
        reading_actions.keep_note(rep, paper, "Ask about respite")
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 5)))
    press_publish(work, coming)
    versions = reading_queries.versions(rep, paper)
    assert [version.number for version in versions] == [2, 1]
    assert [version.pages for version in versions] == [5, 2]
    assert db.session.scalars(select(Note).where(Note.person_id == rep.id)).one().text == "Ask about respite"
    assert paper.first_published_on == TODAY


def test_publishing_minutes_ends_the_access_of_a_depute(work: Any, things: dict[str, Any], cast: Cast, at: Any) -> None:
    meeting = meeting_by_id(things["meeting_id"])
    depute = cast.northfirth.people["depute"]
    assert reading_queries.stood_in(depute, TODAY).meetings == {meeting.id}
    at(NOW + timedelta(days=11))
    publish(meeting, {"Draft minutes.pdf": 2})
    assert not reading_queries.stood_in(depute, TODAY + timedelta(days=11)).meetings


def test_the_access_of_a_depute_ends_after_60_days(work: Any, things: dict[str, Any], cast: Cast) -> None:
    depute = cast.northfirth.people["depute"]
    held = TODAY + timedelta(days=10)
    assert reading_queries.stood_in(depute, held + timedelta(days=60)).meetings
    assert not reading_queries.stood_in(depute, held + timedelta(days=61)).meetings


def test_a_person_can_set_their_own_reading_pace(work: Any, coming: Meeting, cast: Cast) -> None:
    db.session.get_one(Person, cast.northfirth.people["rep"]).minutes_per_page = 5
    add_budget_item(work, coming)
    upload(work, coming, ("Budget.pdf", made_paper("Budget", 3)))
    press_publish(work, coming)
    do_what_is_due()
    assert emails("papers-announced", coming)[0].facts["reading"] == "15 minutes"


def test_the_record_of_notice_counts_what_was_promised(work: Any, things: dict[str, Any], cast: Cast, at: Any) -> None:
    """Ten days' notice for two papers, and one item that never had a paper: two of three."""
    add_budget_item(work, meeting_by_id(things["meeting_id"]), "Never came")
    from portal.access.decide import Reach

    reach = Reach(boards=frozenset({cast.northfirth.id}))
    assert notice_queries.notice_of_meetings(reach, cast.northfirth.id, TODAY) == []
    held = notice_queries.notice_of_meetings(reach, cast.northfirth.id, TODAY + timedelta(days=11))
    assert [(m.met, m.papers, m.never, m.pack_days) for m in held] == [(2, 3, 1, None)]
    assert sorted(held[0].days) == [10, 10]
    assert [share.percent for share in notice_queries.by_quarter(held)] == [67]


def test_a_cancelled_meeting_is_left_out_of_the_record(work: Any, things: dict[str, Any], cast: Cast) -> None:
    from portal.access.decide import Reach

    meeting = meeting_by_id(things["meeting_id"])
    with work():
        cancel(meeting, meeting.version, "Snow")
    reach = Reach(boards=frozenset({cast.northfirth.id}))
    assert notice_queries.notice_of_meetings(reach, cast.northfirth.id, clock.today() + timedelta(days=11)) == []


def test_a_corrected_file_replaces_the_one_nobody_has_seen(work: Any, coming: Meeting) -> None:
    add_budget_item(work, coming)
    for pages in (2, 5):
        upload(work, coming, ("Budget.pdf", made_paper("Budget", pages)))
        with work():
            preparing_actions.sort_files(coming, as_proposed(coming, preparing_queries.unpublished(coming.id)))
    press_publish(work, coming)
    do_what_is_due()
    assert emails("papers-announced", coming)[0].facts["pages"] == "5 pages"
