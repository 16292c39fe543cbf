"""Each email's text is kept beside this file and read by eye when it changes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from portal.access.roles import CLERK, REP, WHAT_ROLES_DO
from portal.accounts.models import Person
from portal.capabilities import GATHERED
from portal.core.calendar import is_working_day, last_working_day_before
from portal.core.text import count_words, deadline_words, short_day_words
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.notice.rules import target_day
from portal.papers.preparing.rules import missing_words
from tests.cast import NOW, Cast
from tests.notifications.of_moved import OF_HELD, OF_MOVED
from tests.snapshots import assert_reviewed

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

KEPT = Path(__file__).parent / "kept"
MEETING = {
    "meeting_id": UUID(int=5).hex,
    "board": "Northfirth",
    "group": "Strategic Planning Group",
    "where": "Strategic Planning Group (Northfirth)",
    "date": "10 March",
    "day": "Tuesday 10 March",
    "was_day": "Friday 6 March",
    "when": "2pm on Tuesday 10 March 2026",
    "place": "Town Hall, Room 2",
    "link": "https://meet.example/spg",
    "reason": "The lift is out of order",
    "rep": "Morag Sinclair",
}
PAPER = {
    "title": "Budget update",
    "pages": 12,
    "changed": False,
    "impact_changed": "",
    "corrected": True,
    "must_delete": True,
    "restricted": False,
    "days": 8,
    "late": False,
    "is_agenda": False,
}
LATE = {
    "title": "Risk register",
    "pages": 1,
    "changed": True,
    "impact_changed": "limited to substantial",
    "corrected": False,
    "must_delete": False,
    "restricted": True,
    "days": 3,
    "late": True,
    "is_agenda": False,
}
FACTS: dict[str, Any] = {
    "entry": {"uid": "meeting-1@carer-rep-portal", "sequence": 2, "title": "Strategic Planning Group (Northfirth)"},
    "of_day": " about the meeting on Tuesday 10 March",
    "which": ": meeting on Tuesday 10 March",
    "for_what": " about Main Group on Tuesday 10 March",
    "rep_says": "",
    "still_due": "8 papers are late and not here yet. They were due by Tuesday 3 March.",
    "rep_id": UUID(int=21).hex,
    "first_day": "Wednesday 1 April 2026",
    "last_day": "Friday 31 March 2028",
    "was": "2pm on Tuesday 3 March 2026",
    **OF_MOVED,
    "withdrawn": "Tuesday 3 March 2026",
    "corrected": "Attendance at a meeting",
    "corrected_papers": [
        {
            "title": "Budget",
            "paper_id": UUID(int=15).hex,
            "item_number": "5",
            "withdrawn": "Tuesday 3 March 2026",
            "is_personal": True,
            "is_private": False,
        },
        {
            "title": "",
            "paper_id": UUID(int=16).hex,
            "item_number": "6",
            "withdrawn": "Friday 6 March 2026",
            "is_personal": False,
            "is_private": True,
        },
    ],
    "about": "Strategic Planning Group, 10 March 2026",
    "now": "held on 17 March 2026",
    "figures": ["Papers on time: 11 of 18 now, 13 of 18 if it is confirmed (better)."],
    "better": "It makes this figure better: papers in time.",
    "beside": "papers.notice",
    "beside_name": "Are papers on time?",
    "changed_by": "Agnes Kerr",
    "confirmed_by": "Fiona Coordinator",
    "correction_id": UUID(int=13).hex,
    "endpoint": "papers.meeting",
    "where_it_is": {"meeting_id": UUID(int=5).hex},
    "link_id": UUID(int=6).hex,
    "from_day": "Thursday 2 April 2026",
    "host": "localhost",
    "lasts": "10 minutes",
    "made_with": "Chrome on Android",
    "to_officer": True,
    "step_down_id": UUID(int=14).hex,
    "appointment_id": UUID(int=15).hex,
    "posts": [
        f"Carer rep on Strategic Planning Group, from Thursday 2 April 2026: {WHAT_ROLES_DO[REP]}",
        f"Clerk: {WHAT_ROLES_DO[CLERK]}",
    ],
    "board_key": "northfirth",
    "contact": "Ann Fraser, 01632 960 101",
    "paper_id": UUID(int=15).hex,
    "depute_id": UUID(int=18).hex,
    "version_id": UUID(int=19).hex,
    "paper_ids": [UUID(int=15).hex],
    "publications": [UUID(int=20).hex],
    "is_approved": False,
    "is_new_version": True,
    "papers": [PAPER, LATE],
    "count": "2 papers",
    "published": "9:32am on Tuesday 3 March 2026",
    "agenda_alone": False,
    "page_count": 13,
    "pages": "13 pages",
    "left_out": "Not counted: the agenda (2 pages).",
    "days_left": "7 days",
    "reading": "26 minutes",
    "late": False,
    "is_over": False,
    "target": 7,
    "missing": ["3(a) Carers strategy", "4 Budget"],
    "deadline": "by 11:59pm on Sunday 8 March",
    "last_working_day": "Friday 6 March",
    "is_past": False,
    "record": "11 of 18 papers",
    "days_since": 14,
    "emails": [],
    "head": "1234:" + "ab" * 32,
    "accounts_head": "88:" + "cd" * 32,
    **dict.fromkeys(("nomination_id", "proposal_id"), UUID(int=9).hex),
    "depute": "Dora Depute",
    "to_agree": "We’ve asked Dora Depute to agree.",
    "generation": "1",
    "until": "Saturday 5 September 2026",
    "record_id": UUID(int=19).hex,
    "lines": "1,234 lines",
    "group_id": UUID(int=7).hex,
    "claim_id": UUID(int=10).hex,
    "request_id": UUID(int=11).hex,
    "steps": [
        {"title": "Meet the person you can ask", "owner": "the engagement officer", "by": "Tuesday 10 March 2026"}
    ],
    "step": "Fill in the register of interests",
    "by": "Tuesday 10 March 2026",
    "still": ["Tuesday 10 March"],
    **dict.fromkeys(("own", "was_arranged", "care_cancelled", "is_change"), True),
    "why_off": "the meeting was cancelled",
    "state": "arranged",
    "now_place": "The library",
    "instead": "Dora Depute",
    "wanted_id": UUID(int=12).hex,
    "session_id": UUID(int=14).hex,
    "meets": "10am on Monday 9 March 2026",
    "meets_shortly": "10am on 9 March",
    "support_place": "The library",
    "support_link": "",
    "ends": "4pm",
    "weeks": "2 weeks",
    "people": "2 people",
    "pair_id": UUID(int=13).hex,
    "mentor": "Agnes Kerr",
    "other": "Agnes Kerr",
    "is_mentor": False,
    "reference": "NF-2026-0042",
    "title": "Strategic Planning Group",
    "status": "partly",
    "asked": "£23.40",
    "approved": "£18.00",
    "pay_days": "20 days",
    **OF_HELD,
    "question": "Which bus was it?",
    "about_line": "Bus, train or tram, £5.40 on Tuesday 10 March",
    "total_cost": "£23.40",
    "shares": ["£18.00 approved", "£5.40 not approved"],
    "not_approved_total": "£5.40",
    "not_approved": ["Bus, train or tram, £5.40 on Tuesday 10 March"],
    "values": "Payment of NF-2026-0042: was paid on 8 March 2026, now paid on 10 March 2026.",
    "has_lines": True,
    "paid_on": "Tuesday 10 March 2026",
    "number": 2,
    "run_id": UUID(int=17).hex,
    "holds": "4 claims for 3 people and 1 care invoice",
    "total": "£123.40",
    "by_one": 2,
    "approved_by_one": 1,
    **dict.fromkeys(("references", "without_reference"), 1),
    "own_role_id": UUID(int=18).hex,
    "as_depute": False,
    "changed": ["What this role is for", "Hours a month"],
    "news": "The settings were changed",
    "is_so": "now",
    "role": "an expense approver",
    "does": "you decide on expense claims",
    "by_whom": "Adam Admin",
    "is_changed": True,
    "changes": ["Taxi: was not covered yet; will be what it cost, receipt needed"],
    "asked_for_by": "Bo Both",
    "administrators": "Adam Admin",
    "payees": ["Bo Both", "Cura Home Care (care provider)"],
    "latest": "Tuesday 3 March 2026",
    "who": "Bo Both",
    "who_id": UUID(int=8).hex,
    "change": "close the account",
    "titles": ["Budget update", "A private paper"],
    "impacts_changed": ["limited to substantial", ""],
    "because": "because there was an error in it",
    "versions": "",
    "words": "The table on page 3 is last year’s",
    "is_personal": False,
    "could_open": "9 people",
    "emailed": "8 of them will be emailed. The other person withdrew it.",
    "a_paper": "a paper",
    "of_what": "a paper for item 5",
    "known_by": "It is for item 5, and was published on Tuesday 3 March 2026.",
    "its_title": "It has another title now: “Care at home”.",
    "destroyed": "Thursday 2 April 2026",
    "withdrawal_id": UUID(int=16).hex,
    "asked_by": "Adam Admin",
    "refused_by": "Fiona Grant",
    "why": "The minutes give the 10th",
    "item_id": UUID(int=17).hex,
    "item_number": "5",
    "is_restricted": True,
    "what": ["Emails the portal sent you, and whether they arrived: 214"],
}

OF_ITS_OWN: dict[str, dict[str, Any]] = {  # where those of all would tell of what cannot be
    "late-papers": {"papers": [{**PAPER, "days": 5}, LATE]},  # both are late
    "papers-due": {  # nine days before Tuesday 10 March is a Sunday
        "target": 9,
        "deadline": "by 11:59pm on Sunday 1 March",
        "last_working_day": "Friday 27 February",
        "days_left": "11 days",
    },
}


OF_NO_BOARD = {
    "account-goes-soon",
    "daily",
    *(one for one, by in GATHERED.sender_of.items() if by == "accounts"),
}


@pytest.mark.parametrize("template", sorted(GATHERED.sender_of))
def test_the_words_are_the_reviewed_ones(work: Any, cast: Cast, template: str) -> None:
    of = {"name": "Morag Sinclair", "email": "morag@northfirth.test", "password_hash": "x", "joined_at": NOW}
    person = Person(id=cast.northfirth.people["rep"], **of)
    to = {"to_address": "x@y.test"} if GATHERED.email_called[template].to_address else {"person": person}
    facts = {**MEETING, **FACTS, **OF_ITS_OWN.get(template, {})}
    of_board = {} if template in OF_NO_BOARD else {"board_id": cast.northfirth.id}
    email = Email(template=template, facts=facts, asked_at=NOW, **of_board, **to)
    words = words_of(email)
    text = f"Subject: {words.subject}\n\n{words.text}"
    text = re.sub(
        r"(http://localhost/(?:invitation|reset|new-email|not-me|sign-in/link|check-in|public/letters)/)\S+",
        r"\1TOKEN",
        text,
    )
    assert_reviewed(text, KEPT / f"{template}.txt")
    assert max(len(line) for line in words.subject.splitlines()) < 150
    assert "health" not in text.lower()


def test_what_is_made_up_of_papers_that_are_due_can_be_so() -> None:
    """Their days, worked out from one another as the email does it."""
    facts, meets_on = {**FACTS, **OF_ITS_OWN["papers-due"]}, date(2026, 3, 10)
    target = target_day(meets_on, facts["target"])
    today = last_working_day_before(target)  # one of the days on which it is sent
    assert facts["deadline"] == deadline_words(target)
    assert not is_working_day(target)
    assert facts["last_working_day"] == short_day_words(today)
    assert facts["days_left"] == count_words((meets_on - today).days, "day")
    assert facts["count"] == missing_words(True, len(facts["missing"]))
    assert all(one["days"] < FACTS["target"] for one in OF_ITS_OWN["late-papers"]["papers"])
