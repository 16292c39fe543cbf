"""The menu: label | endpoint | permission. It never offers a shut door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from portal.access.decide import reach
from portal.access.permissions import (
    ACCOUNT_OWN,
    AUDIT_READ,
    AWARENESS_READ,
    BOARDS_LIST,
    BOARDS_READ,
    CARE_ARRANGE,
    CARE_FIGURES,
    CARE_OWN,
    CARE_RECEIPTS_CHECK,
    CLAIMS_DECIDE,
    CLAIMS_FIGURES,
    CLAIMS_HELP,
    CLAIMS_OWN,
    COURSES_WRITE,
    DEPUTES_CONFIRM,
    DEPUTES_OWN,
    DESK_READ,
    EMAILS_READ,
    INDUCTION_MARK,
    LEAVING_READ,
    MENTORING_OWN,
    MENTORS_ARRANGE,
    NATIONAL_COURSES_WRITE,
    NOTICE_READ,
    PEOPLE_READ,
    PROVIDERS_WRITE,
    REPS_READ,
    RETENTION_MANAGE,
    ROLE_MODEL_WRITE,
    ROLE_PROFILE_OWN,
    SESSIONS_ARRANGE,
    TRAINING_CONFIRM,
    TRAINING_OWN,
    VOICE_READ,
)
from portal.access.roles import Asker

# fmt: off
MENU = (                  # of each board the person has a role on
    ("Your desk",        "desk.show",            DESK_READ),
    ("Meetings",         "meetings.index",       BOARDS_READ),
    ("Board",            "boards.show",          BOARDS_READ),
    ("People",           "boards.people",        PEOPLE_READ),
    ("Record of notice", "papers.notice",        NOTICE_READ),
    ("Role descriptions", "role_descriptions.index", BOARDS_READ),
    ("Reps and seats",   "role_profiles.of_board", REPS_READ),
    ("Deputes to confirm", "deputes.of_board",     DEPUTES_CONFIRM),
    ("Inductions",       "training.inductions",  INDUCTION_MARK),
    ("Training",         "training.of_board",    TRAINING_CONFIRM),
    ("Mentoring",        "mentoring.of_board",   MENTORS_ARRANGE),
    ("Claims for reps",  "expenses.for_reps",    CLAIMS_HELP),
    ("Care receipts",    "expenses.care_receipts", CARE_RECEIPTS_CHECK),
    ("Emails sent",      "notifications.index",  EMAILS_READ),
    ("Audit trail",      "audit_trail.index",    AUDIT_READ),
    ("Keeping and removing", "privacy.keeping",  RETENTION_MANAGE),
)
OF_A_BOARD = (            # on the page of a board, so that the menu stays short
    ("Expenses policy",  "expenses.policy",      BOARDS_READ),
    ("Care policy",      "replacement_care.policy", BOARDS_READ),
    ("Providers of care", "replacement_care.providers", PROVIDERS_WRITE),
    ("Courses",          "training.courses",     COURSES_WRITE),
    ("Training sessions", "training.sessions_of_board", SESSIONS_ARRANGE),
    ("Carer Awareness",  "training.awareness",   AWARENESS_READ),
    ("How meetings are for reps", "support_meetings.voices", VOICE_READ),
    ("Expenses in figures", "expenses.board_figures", CLAIMS_FIGURES),
    ("Care in figures",  "replacement_care.board_figures", CARE_FIGURES),
)
EVERYWHERE = (            # of no board
    ("Your next steps",  "home.index",              ACCOUNT_OWN),
    ("Your role",        "role_profiles.show",      ROLE_PROFILE_OWN),
    ("Deputes",          "deputes.index",           DEPUTES_OWN),
    ("Your training",    "training.index",          TRAINING_OWN),
    ("Your mentoring",   "mentoring.index",         MENTORING_OWN),
    ("Care while you meet", "replacement_care.index", CARE_OWN),
    ("Care to arrange",  "replacement_care.to_arrange", CARE_ARRANGE),
    ("Your claims",      "expenses.index",          CLAIMS_OWN),
    ("Claims to decide", "expenses.to_decide",      CLAIMS_DECIDE),
    ("Payments",         "expenses.payments",       CLAIMS_DECIDE),
    ("All boards",       "boards.index",            BOARDS_LIST),
    ("All boards' notice", "papers.notice_everywhere", BOARDS_LIST),
    ("The national model", "role_descriptions.model", ROLE_MODEL_WRITE),
    ("National courses", "training.national",       NATIONAL_COURSES_WRITE),
    ("Why reps leave",   "role_profiles.leaving",   LEAVING_READ),
    ("All boards' expenses", "expenses.figures_everywhere", BOARDS_LIST),
    ("Support of reps",  "desk.support",            BOARDS_LIST),
    ("All boards' care",  "replacement_care.figures_everywhere", BOARDS_LIST),
    ("Your account",     "accounts.account",        ACCOUNT_OWN),
)
# fmt: on


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    is_here: bool


def menu(person: Asker) -> list[Entry]:
    """What this person can open; with several boards, each entry names its board."""
    first, *rest = [_entry(label, endpoint) for label, endpoint, needs in EVERYWHERE if reach(person, needs)]
    return [first, *_of_boards(person), *rest]


def _of_boards(person: Asker) -> list[Entry]:
    several = len(person.boards) > 1
    return [
        _entry(f"{label}, {name}" if several else label, endpoint, board=key)
        for board_id, key, name in person.boards
        for label, endpoint, needs in MENU
        if board_id in reach(person, needs).boards
    ]


def board_pages(person: Asker, board_id: UUID, key: str) -> list[Entry]:
    """What this person can open of a board beside the menu."""
    seen = (one for one in OF_A_BOARD if board_id in reach(person, one[2]).boards)
    return [_entry(label, endpoint, board=key) for label, endpoint, _ in seen]


def _entry(label: str, endpoint: str, **in_url: Any) -> Entry:
    here = request.endpoint == endpoint and all((request.view_args or {}).get(k) == v for k, v in in_url.items())
    return Entry(label, url_for(endpoint, **in_url), here)
