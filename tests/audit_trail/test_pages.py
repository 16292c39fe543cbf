"""The page of the trail: in words, filtered, exported, and mailed by its head each day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.audit.models import AuditLine
from portal.audit_trail import views
from portal.core import events
from portal.infra.database import db
from portal.meetings.events import MeetingScheduled
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due, tick
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"


def test_an_administrator_reads_what_happened_in_words(visit: Any) -> None:
    page = text_of(visit("northfirth.admin").get(PATH))
    assert "Appointed a carer rep: CANARYNORTH Rep, CANARYNORTH Main Group" in page
    assert "Published papers: CANARYNORTH Main Group, Friday 13 March" in page
    assert "CANARYSOUTH" not in page


def test_a_download_stands_in_the_trail_without_its_reader(visit: Any, things: dict[str, Any]) -> None:
    visit("northfirth.rep").client.get(f"/papers/{things['paper_id']}/file")
    admin = visit("northfirth.admin")
    assert "Downloaded a paper: CANARYNORTH Main Group, Friday 13 March, Budget Not shown, 10am" in text_of(
        admin.get(f"{PATH}?event=PaperDownloaded")
    )
    sheet = admin.client.get(f"{PATH}.csv?event=PaperDownloaded").data.decode("utf-8-sig")
    assert ",Not shown,Downloaded a paper," in sheet
    assert "Rep" not in sheet


def test_a_reader_is_not_found_by_their_name(visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    """Neither offered as somebody who did something, nor a way to the lines of what they downloaded."""
    visit("northfirth.rep").client.get(f"/papers/{things['paper_id']}/file")
    visit("northfirth.officer").client.get(f"/papers/{things['paper_id']}/file")
    admin = visit("northfirth.admin")
    assert f'value="{cast.northfirth.people["officer"]}"' not in admin.get(PATH).text
    for person in ("rep", "officer"):
        for end in ("", ".csv"):
            answer = admin.client.get(f"{PATH}{end}?person={cast.northfirth.people[person]}")
            assert ("Downloaded a paper: " if not end else ",Downloaded a paper,") not in answer.text


def test_the_trail_keeps_who_downloaded_for_a_breach(visit: Any, cast: Cast, things: dict[str, Any], work: Any) -> None:
    visit("northfirth.rep").client.get(f"/papers/{things['paper_id']}/file")
    with work():
        lines = select(AuditLine.actor_id).where(AuditLine.event == "PaperDownloaded").order_by(AuditLine.id)
        assert list(db.session.scalars(anywhere(lines))) == [cast.northfirth.people["rep"]]


def test_lines_are_chosen_by_person_by_what_and_by_day(visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    visit("northfirth.rep").client.get(f"/papers/{things['paper_id']}/file")
    admin = visit("northfirth.admin")
    by_rep = text_of(admin.get(f"{PATH}?person={cast.northfirth.people['rep']}"))
    assert "Nominated a depute" in by_rep
    assert "Called a meeting: " not in by_rep
    called = text_of(admin.get(f"{PATH}?event=MeetingScheduled"))
    assert called.count("Called a meeting: ") == 2
    assert "Downloaded a paper:" not in called
    assert "None of the lines match" in text_of(admin.get(f"{PATH}?last=2&last=3&last=2026"))
    assert "Called a meeting:" in text_of(admin.get(f"{PATH}?first=3&first=3&first=2026&last=3&last=3&last=2026"))


@pytest.mark.parametrize(
    "asked", ["first=x", "person=x", "event=x", "page=x", "page=-1", "page=99999", "last=31&last=2&last=x", "board=x"]
)
def test_a_choice_that_makes_no_sense_is_no_fault(visit: Any, asked: str) -> None:
    assert visit("northfirth.admin").get(f"{PATH}?{asked}").status_code == 200


def test_a_day_without_its_year_shows_no_lines_and_exports_none(visit: Any) -> None:
    admin, asked = visit("northfirth.admin"), "first=3&first=3&first="
    page = text_of(admin.get(f"{PATH}?{asked}"))
    assert "The first day must include a year" in page
    assert "Correct the filter to see the lines" in page
    answer = admin.client.get(f"{PATH}.csv?{asked}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{PATH}?{asked}")


def test_the_trail_is_exported_and_that_stands_in_it(visit: Any) -> None:
    admin = visit("northfirth.admin")
    sheet = admin.client.get(f"{PATH}.csv?event=RepAppointed")
    assert sheet.mimetype == "text/csv"
    first, *rows = sheet.data.decode("utf-8-sig").strip().splitlines()
    assert first == "Line,When (London),Who,What,About"
    assert len(rows) == 1
    assert "CANARYNORTH Rep; CANARYNORTH Main Group" in rows[0]
    assert "Downloaded this trail: 1 line CANARYNORTH Admin" in text_of(admin.get(PATH))


def test_an_event_that_got_another_name_is_found_and_read_under_the_old_one(
    visit: Any, work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work():
        lines = anywhere(update(AuditLine).where(AuditLine.event == "MeetingScheduled"))
        db.session.execute(lines.values(event="MeetingConvened"))
    monkeypatch.setattr(MeetingScheduled, "names", ("MeetingScheduled", "MeetingConvened"))
    monkeypatch.setitem(events._BY_NAME, "MeetingConvened", MeetingScheduled)
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=MeetingScheduled"))
    assert page.count("Called a meeting: ") == 2


def test_older_lines_stand_on_further_pages(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.audit_trail.views.ON_A_PAGE", 4)
    admin = visit("northfirth.admin")
    first, second = text_of(admin.get(PATH)), text_of(admin.get(f"{PATH}?page=2"))
    assert "Older lines" in first
    assert "Newer lines" in second
    assert first != second


def test_each_morning_administrators_get_the_heads_once(app: Flask, work: Any, cast: Cast, at: Any) -> None:
    tick()
    at(datetime(2026, 3, 4, 6, 59, tzinfo=UTC))
    do_what_is_due()
    assert heads_mailed(cast) == []
    at(datetime(2026, 3, 4, 7, 1, tzinfo=UTC))
    tick()
    tick()
    [facts] = heads_mailed(cast)
    number, _, mark = facts["head"].partition(":")
    assert int(number) > 10
    assert len(mark) == 64
    assert facts["accounts_head"]
    at(NOW + timedelta(days=2))
    tick()
    assert len(heads_mailed(cast)) == 2


def heads_mailed(cast: Cast) -> list[dict[str, Any]]:
    admin = cast.northfirth.people["admin"]
    statement = select(Email.facts).where(Email.template == "trail-head", Email.person_id == admin)
    return list(db.session.scalars(statement.order_by(Email.asked_at)))


def test_a_file_that_is_cut_says_so(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last row, and the page beside the link; a whole file says nothing of the kind."""
    admin = visit("northfirth.admin")
    held, stops = "The file holds the newest 3 of these lines.", "This file stops here. There are older lines"
    assert stops not in admin.client.get(f"{PATH}.csv").text
    monkeypatch.setattr(views, "MOST_EXPORTED", 3)
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    rows = admin.client.get(f"{PATH}.csv").text.splitlines()
    assert len(rows) == 1 + 3 + 1
    assert stops in rows[-1]
    assert held in text_of(admin.get(PATH))
    few = admin.client.get(f"{PATH}.csv?event=RepAppointed").text
    assert stops not in few
    assert held not in text_of(admin.get(f"{PATH}?event=RepAppointed"))
