"""Withdrawing for any other reason, one version, or after the meeting: what is sealed, and what stays."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import lxml.html
import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.models import Paper, PaperVersion
from portal.papers.notice import queries as notice
from portal.papers.preparing import actions as preparing
from portal.papers.preparing import queries as preparing_queries
from portal.papers.withdrawing import actions, queries
from portal.papers.withdrawing.rules import ERROR, OTHER, PERSONAL, WHOLE, WRONG_FILE
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast
from tests.papers.withdrawing import (
    Outside,
    every,
    form,
    loaded,
    outside,
    told,
    upload,
    version_of_meeting,
    withdraw,
)
from tests.visitor import text_of


def test_any_other_reason_seals_it_for_the_boards_clerks(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    withdraw(things, ERROR, words="The table on page 3 is last year's")
    address = f"/papers/{things['paper_id']}"
    for who in ("rep", "depute", "officer", "admin"):
        visitor = visit(f"northfirth.{who}")
        assert visitor.get(f"{address}/file?version=1").status_code == 410
        page = text_of(visitor.get(address))
        assert "because there was an error in it" in page
        assert "The table on page 3 is last year's" in page
        assert "Put it back" not in page
    clerk = visit("northfirth.clerk")
    assert clerk.get(f"{address}/file?version=1").data.startswith(b"%PDF-")
    assert "Put it back" in text_of(clerk.get(address))


@pytest.mark.parametrize("reason", [WRONG_FILE, ERROR, OTHER])
def test_what_the_clerk_typed_is_on_both_pages_on_the_closed_file_and_in_the_email(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any], reason: str
) -> None:
    withdraw(things, reason, words="The right <one> follows")
    rep, address = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    for path in (address, f"{address}/file", f"/meetings/{things['meeting_id']}"):
        assert text_of(rep.get(path)).count("The right <one> follows") == 1, path
    with here():
        email = db.session.get_one(Email, told("paper-withdrawn")[cast.northfirth.people["rep"]].id)
        assert words_of(email).text.count("The right <one> follows") == 1


@pytest.mark.parametrize(
    ("reason", "boxes"),
    [
        (ERROR, {"words"}),
        (WRONG_FILE, {"words"}),
        (OTHER, {"words"}),
        (PERSONAL, {"title", "understood"}),  # words stay on record, and could repeat the data
    ],
)
def test_only_what_follows_from_the_reason_is_asked(
    here: Outside, visit: Any, things: dict[str, Any], reason: str, boxes: set[str]
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/withdraw"
    first = lxml.html.fromstring(clerk.get(address).text)
    assert set(first.xpath("//main//form//*[@name]/@name")) == {"csrf_token", "reason"}
    assert "Select why you are withdrawing it" in text_of(clerk.post(address, {}))
    page = lxml.html.fromstring(clerk.post(address, {"reason": reason}).text)
    asked = page.xpath("//main//form//*[@name][not(@type='hidden')]/@name")
    assert set(asked) == boxes
    [button] = page.xpath("//main//button[contains(@class, 'govuk-button--warning')]")
    assert button.text_content().strip() == "Withdraw this paper"
    assert loaded(things["paper_id"]).withdrawn_at is None


def test_a_mistake_is_put_back_and_those_who_can_read_it_are_told(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    gone = withdraw(things, WRONG_FILE)
    clerk, version = visit("northfirth.clerk"), version_of_meeting(things)
    clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version)})
    rep = visit("northfirth.rep")
    assert rep.get(f"/papers/{things['paper_id']}/file").data.startswith(b"%PDF-")
    assert "Withdrawn" not in text_of(rep.get(f"/meetings/{things['meeting_id']}"))
    assert cast.northfirth.people["rep"] in told("paper-put-back")
    answer = clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version + 1)}, follow_redirects=True)
    assert "It was not put back" in text_of(answer)


def test_personal_data_is_never_put_back(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    gone = withdraw(things, PERSONAL)
    clerk, version = visit("northfirth.clerk"), version_of_meeting(things)
    clerk.post(f"/withdrawals/{gone}/put-back", {"version": str(version)})
    assert clerk.get(f"/papers/{things['paper_id']}/file").status_code == 410


def test_what_was_sealed_goes_when_personal_data_is_found_in_it(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR)
    clerk = visit("northfirth.clerk")
    assert "Withdraw it for personal data instead" in text_of(clerk.get(f"/papers/{things['paper_id']}"))
    again = form(things, clerk, reason=PERSONAL, understood="y")
    clerk.post(f"/papers/{things['paper_id']}/withdraw", again)
    assert clerk.get(f"/papers/{things['paper_id']}/file?version=1").status_code == 410


def test_one_version_is_withdrawn_and_the_one_before_is_open_again(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    upload(things, version_of(things["paper_id"]), "Budget again")
    withdraw(things, WRONG_FILE, "2")
    rep = visit("northfirth.rep")
    page = text_of(rep.get(f"/papers/{things['paper_id']}"))
    assert "because it was the wrong file" in page
    assert "3 pages" in page
    assert rep.get(f"/papers/{things['paper_id']}/file?version=2").status_code == 410
    answer = rep.get(f"/papers/{things['paper_id']}/file")
    assert answer.data.startswith(b"%PDF-")
    assert "1 Budget" in answer.headers["Content-Disposition"]
    assert loaded(things["paper_id"]).withdrawn_at is None
    assert told("paper-withdrawn").popitem()[1].facts["versions"] == "version 2"


def test_what_was_waiting_as_its_next_version_comes_in_its_place_by_its_own_day(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    version_id = upload(things, version_of(things["paper_id"]), "Budget right", publish=False)
    withdraw(things, ERROR)
    with here():
        own = db.session.get_one(PaperVersion, version_id, options=[joinedload(PaperVersion.paper)])
        assert (own.paper_id != things["paper_id"], own.number, own.place) == (True, 1, of_item(things["item_id"]))
    at(NOW + timedelta(days=8))
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        preparing.publish(meeting, meeting.version)
    assert loaded(own.paper_id).first_published_on == TODAY + timedelta(days=8)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "Late: sent 2 days before" in page
    assert "It was sent 10 days before." in page


def test_a_withdrawn_paper_is_offered_no_new_version_and_its_item_lacks_a_paper(
    here: Outside, things: dict[str, Any]
) -> None:
    withdraw(things, ERROR)
    with here():
        meeting_id = things["meeting_id"]
        assert things["paper_id"] not in {one.id for one in preparing_queries.places_of_papers(meeting_id)}
        assert "1 CANARYNORTH Budget" in preparing_queries.missing_items([meeting_id])[meeting_id]
    version_id = upload(things, version_of(things["paper_id"]), "Slipped in")
    with here():
        assert db.session.get_one(PaperVersion, version_id).published_at is None, "its notice would be of another day"


def test_the_record_keeps_the_notice_of_what_was_withdrawn(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    before = _record(things, at)
    at(NOW)
    withdraw(things, PERSONAL)
    assert _record(things, at) == dataclasses.replace(before, withdrawn=1)
    at(NOW + timedelta(days=20, hours=1))
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/notice-by-paper.csv").data.decode("utf-8-sig")
    [row] = [line for line in sheet.splitlines() if "Budget" in line]
    facts = ["2026-03-03", "10", "yes", "7", "", "2026-03-03", "because it contained personal data"]
    assert row.split(",")[3:10] == facts
    assert "1 paper was withdrawn" in text_of(visit("northfirth.officer").get("/boards/northfirth/notice"))


@outside
def _record(things: dict[str, Any], at: Callable[[Any], None]) -> Any:
    at(NOW + timedelta(days=20))
    return notice.notice_of(meeting_by_id(things["meeting_id"]))


def test_of_two_clerks_at_once_the_second_is_asked_to_look_again(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk, other = visit("northfirth.clerk"), visit("both")
    first, second = form(things, clerk), form(things, other, reason=PERSONAL, understood="y")
    clerk.post(f"/papers/{things['paper_id']}/withdraw", first)
    with here(), pytest.raises(EditConflict), unit_of_work():
        actions.withdraw(queries.paper_by_id(things["paper_id"]), int(second["version"]), WHOLE, PERSONAL)
    answer = other.post(f"/papers/{things['paper_id']}/withdraw", second)
    assert "The papers of this meeting were changed since you opened this page" in text_of(answer)


def test_a_clerk_withdraws_it_on_a_page_that_asks_before_anything_is_lost(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk = visit("northfirth.clerk")
    typed = form(things, clerk, reason=PERSONAL)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", typed)
    assert "This cannot be undone" in text_of(answer)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", {**typed, "reason": OTHER})
    assert "Enter the reason, as readers will see it" in text_of(answer)
    answer = clerk.post(f"/papers/{things['paper_id']}/withdraw", {**typed, "understood": "y"}, follow_redirects=True)
    assert "Withdrawn." in text_of(answer)
    assert "CANARYNORTH Officer and CANARYNORTH Rep will be emailed." in text_of(answer)


def test_a_withdrawal_after_the_meeting_and_one_of_minutes_work_alike(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(NOW + timedelta(days=12))
    upload(things, Destination.read("minutes:draft"), "Draft minutes")
    statement = select(Paper.id).where(Paper.meeting_id == things["meeting_id"], Paper.kind == "minutes")
    [minutes] = every(statement.order_by(Paper.id))
    withdraw({**things, "minutes_id": minutes}, WRONG_FILE, paper="minutes_id")
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "because it was the wrong file" in page
    assert "It was sent" not in page
    assert {cast.northfirth.people[role] for role in ("rep", "depute")} <= told("paper-withdrawn").keys()
    assert "Publish draft minutes of" in text_of(visit("northfirth.clerk").get("/"))
    withdraw(things, PERSONAL)
    assert visit("northfirth.rep").get(f"/papers/{things['paper_id']}/file").status_code == 410


def test_nothing_is_announced_that_was_withdrawn_before(here: Outside, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(minutes=1))
    upload(things, version_of(things["paper_id"]), "Budget again")
    before = len(told("papers-announced"))
    withdraw(things, ERROR, "2")
    at(NOW + timedelta(minutes=30))
    with here():
        do_what_is_due()
    assert len(told("papers-announced")) == before
    assert not any("changed': True" in str(one.facts) for one in told("papers-announced").values())


def test_what_notice_it_had_does_not_grow_when_the_meeting_is_moved_later(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    withdraw(things, ERROR)
    _move(things, TODAY + timedelta(days=24))
    rep = visit("northfirth.rep")
    for path in (f"/meetings/{things['meeting_id']}", f"/papers/{things['paper_id']}"):
        assert "It was sent 10 days before" in text_of(rep.get(path)), path
    at(NOW + timedelta(days=25))
    with here():
        measured = notice.notice_of(meeting_by_id(things["meeting_id"]))
        assert measured is not None
        assert min(measured.days) == 10
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/notice-by-paper.csv").data.decode("utf-8-sig")
    [row] = [line for line in sheet.splitlines() if "Budget" in line]
    assert row.split(",")[4] == "10"


def test_one_that_was_put_back_is_measured_as_any_other(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    gone = withdraw(things, WRONG_FILE)
    _move(things, TODAY + timedelta(days=24))
    version = str(version_of_meeting(things))
    visit("northfirth.clerk").post(f"/withdrawals/{gone}/put-back", {"version": version})
    assert "Sent 24 days before" in text_of(visit("northfirth.rep").get(f"/papers/{things['paper_id']}"))


def test_what_was_withdrawn_when_the_meeting_was_over_follows_its_corrected_day(
    here: Outside, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=12))
    withdraw(things, PERSONAL)
    assert loaded(things["paper_id"]).measured_to is None


@outside
def _move(things: dict[str, Any], day: date) -> None:
    with unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meetings.change(meeting, meeting.version, day, time(10), meeting.place, meeting.link, meeting.kind)
