"""A line of the trail names what it is about, and says what changed as a person would write it."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.audit_trail.names import NAMED
from portal.boards import actions as boards
from portal.boards.events import SettingsChanged
from portal.boards.models import Board
from portal.boards.setting_words import SETTING_WORDS
from portal.capabilities import GATHERED
from portal.core.events import BoardEvent, Event, capability_of, every_event
from portal.expenses.events import ClaimPaid
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.papers.events import PaperDownloaded
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"
HAVE_NO_NAME = {  # what an administrator may not know, or what the sentence says alone
    "HoldLifted",
    "HoldPlaced",
    "LetterToConfirm",
    "PulseLow",
    "PulseSeen",
}


def ids_of(event: type[Event]) -> set[str]:
    return {one.name for one in fields(event) if one.name.endswith("_id") and one.name != "board_id"}


def test_each_event_with_a_thing_names_one() -> None:
    def is_named(event: type[Event], key: str) -> bool:
        return key in NAMED or (capability_of(event.__name__), key) in GATHERED.trail_names

    bare = [
        one.__name__
        for one in every_event()
        if (ids := ids_of(one)) and not any(is_named(one, key) for key in ids) and one.__module__.startswith("portal.")
    ]
    assert set(bare) <= HAVE_NO_NAME, "say in trail_names what the trail calls it"


def test_a_claim_that_was_paid_is_named_with_its_run(visit: Any, cast: Cast, work: Any, at: Any) -> None:
    things = cast.northfirth.things
    at(NOW + timedelta(hours=1))  # after it was sent
    with work():
        of_claim = {"claim_id": things["claim_id"], "person_id": cast.northfirth.people["rep"]}
        record(ClaimPaid(board_id=cast.northfirth.id, run_id=things["run_id"], **of_claim))
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=ClaimPaid"))
    assert re.search(r"A claim was paid: CANARYNORTH \w+, [A-Z]+-2026-\d{4}, run 1", page)


def test_changed_settings_are_said_with_what_they_were_and_are(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        board = db.session.get_one(Board, cast.northfirth.id)
        new = {"clear_notice_days": 9, "reminder_days": [20, 8], "contact": "Bo, 0131 496 0000"}
        boards.change_settings(board, board.version, new)
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=SettingsChanged"))
    assert "clear days before a meeting: was 5, now 9" in page
    assert "reminders of papers, in days before the meeting: was 14, 10, 8, now 20, 8" in page
    assert "who people can ask: was CANARYNORTH, now Bo, 0131 496 0000" in page
    assert "clear_notice_days" not in page


def test_a_new_target_is_said_with_the_old_one(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        boards.set_paper_target(db.session.get_one(Board, cast.northfirth.id), 10, None)
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=PaperTargetSet"))
    assert "Set the target for papers: was 7 days, now 10 days, for meetings from" in page


def test_whom_people_can_ask_stands_in_the_erasable_part_alone(cast: Cast) -> None:
    event = boards.SettingsChanged(changed=("contact",), was_contact="Ann", contact="Bo")
    assert "Bo" not in str(event.facts)
    assert event.about_people == {"was_contact": "Ann", "contact": "Bo"}


def test_settings_that_may_name_people_are_said_and_can_be_erased(visit: Any, cast: Cast, work: Any) -> None:
    new = {name: f"{name}@new.test" for name in boards.ABOUT_PEOPLE}
    with work():
        board = db.session.get_one(Board, cast.northfirth.id)
        was = {name: getattr(board, name) for name in new}
        boards.change_settings(board, board.version, new)
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=SettingsChanged"))
    for name, value in new.items():
        assert f"{SETTING_WORDS[name]}: was {was[name] or 'empty'}, now {value}" in page
    with work():
        for line in db.session.scalars(anywhere(select(AuditLine).where(AuditLine.event == "SettingsChanged"))):
            assert "@new.test" not in str(line.facts)


def test_an_older_line_says_no_values_that_it_does_not_hold() -> None:
    facts = {"changed": ["contact", "complaints_who"], "values": []}
    said = list(SettingsChanged.details(facts, {"contact": "Bo"}))
    assert said == ["who people can ask: was empty, now Bo", "who looks after complaints"]


def test_a_private_paper_has_no_title_in_the_trail(visit: Any, cast: Cast, work: Any) -> None:
    """An administrator may not see it, and so not what it is called."""
    things = cast.northfirth.things
    with work():
        of_paper = {"meeting_id": things["meeting_id"], "paper_id": things["secret_paper_id"]}
        record(PaperDownloaded(board_id=cast.northfirth.id, version_id=UUID(int=1), **of_paper))
    page = text_of(visit("northfirth.admin").get(f"{PATH}?event=PaperDownloaded"))
    assert "a private paper" in page
    assert "Contract" not in page


def test_the_facts_of_every_event_of_a_board_can_be_said() -> None:
    """Details are asked of what a line holds, which may be older than the event's newest fields."""
    for one in every_event():
        if issubclass(one, BoardEvent) and one.details.__func__ is Event.details.__func__:  # type: ignore[attr-defined]
            assert list(one.details({}, {"a": "b"})) == ["b"]
