"""What each figure of notice would be without corrections stands beside it, and a corrected day is no move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.access.decide import Reach
from portal.boards.queries import paper_targets
from portal.core import clock
from portal.corrections import actions
from portal.corrections.queries import of_board
from portal.meetings.queries import meeting_by_id
from portal.papers.correcting import actions as correcting
from portal.papers.correcting.queries import uncorrected
from portal.papers.correcting.rules import KINDS
from portal.papers.notice.queries import notice_of_meetings
from tests.cast import Cast
from tests.corrections.test_corrections import OVER, WHY, correct
from tests.visitor import text_of


def test_each_figure_stands_beside_what_it_would_be_without_corrections(
    visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    admin, rep = visit("northfirth.admin"), visit("northfirth.rep")
    correct(admin, things, 10)
    at(OVER + timedelta(hours=1))
    correct(admin, things, 8)  # the first value on record is what it would be without corrections, not the one between
    page = text_of(rep.get("/boards/northfirth/notice"))
    assert "2 corrections to records used for these figures. Without corrections, 2 of 2 papers met" in page
    assert "met the target: 100%" in page
    assert "2026 Q1 0 2 0% 2 of 2: 100%" in page
    assert "CANARYNORTH Main Group 0 2 0% 2 of 2: 100%" in page
    assert "0 of 2 without corrections: 2 of 2" in page
    assert "5 days Late without corrections: 10 days" in page
    assert "moved" not in page.split("By meeting")[1].split("Corrections")[0]
    [line] = [one for one in rep.get("/boards/northfirth/notice.csv").text.splitlines() if ",2026-03-08," in one]
    assert line.endswith(",2,10,none yet,none yet,no,none yet,no")
    papers = rep.get("/boards/northfirth/notice-by-paper.csv").text
    assert "was held on 13 March 2026, now held on 10 March 2026" in papers
    [line] = [one for one in papers.splitlines() if ",Budget," in one]
    assert ",2026-03-08,Budget,2026-03-03,5,no," in line
    assert line.endswith(",2026-03-13,10,yes,7")
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert "was held on 10 March 2026, now held on 8 March 2026" in trail


def test_a_corrected_target_leaves_its_figures_beside_those_of_the_first(
    visit: Any, cast: Cast, at: Any, app: Flask
) -> None:
    at(OVER)
    with app.app_context():
        target = paper_targets(cast.northfirth.id)[0]
    visit("northfirth.admin").post(f"/paper-targets/{target.id}/correct", {"days": "14", "reason": WHY})
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "Without corrections, 2 of 2 papers met the target: 100%" in page
    assert "14 days without corrections: 7 days" in page


def test_a_corrected_day_is_no_move(visit: Any, things: dict[str, Any], at: Any) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 8)
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    assert "The record was corrected: it had said Friday 13 March 2026" in page
    assert "This meeting moved" not in page
    assert "Corrected at " in page
    assert "Corrected" in text_of(visit("northfirth.rep").get("/boards/northfirth/meetings"))


def test_without_its_corrections_a_meeting_is_judged_as_it_was_before_them(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    meeting = meeting_by_id(things["meeting_id"])
    before = notice_of_meetings(Reach(boards=frozenset({cast.northfirth.id})), cast.northfirth.id, clock.today())
    with work():
        correcting.correct_day(meeting, meeting.opened_on - timedelta(days=4), cast.northfirth.people["admin"], WHY)
    with work():
        one = correcting.correct_held(meeting_by_id(meeting.id), False, cast.northfirth.people["admin"], WHY)
        if one.is_waiting:
            actions.confirm(one, cast.person("coordinator"))
    reach, made = Reach(boards=frozenset({cast.northfirth.id})), of_board(cast.northfirth.id, KINDS)
    assert len(made) == 2
    assert uncorrected(reach, cast.northfirth.id, made) == before
