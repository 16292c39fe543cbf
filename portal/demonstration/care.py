"""The demonstration's care: a policy and providers for each board, and on Northfirth requests in every state."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from portal.boards.models import Board
from portal.core import clock
from portal.core.values import Typed
from portal.demonstration.moments import at
from portal.meetings.models import Meeting
from portal.replacement_care.arranging import actions as arranging_actions
from portal.replacement_care.models import CareRequest
from portal.replacement_care.policy import actions as policy_actions
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests.rules import MEETING, NOT_HELD, TOOK_PLACE, Span, estimate, proposed

ONE_WAY = 35  # minutes
USUAL: Typed = {"place": "home", "kind": "company", "who": "arranged"}
ARRANGED = {"arrangement": "Someone from the team. Ring the office on the day: 01632 960 155"}
POLICY_AGE = 200  # days: older than what is claimed by it
RATE, LIMIT = 1800, 12000  # pence an hour, and each time


def publish_policy(board: Board) -> None:
    """Northfirth provides care; Southmoor does not say so yet. Both know somebody who can come."""
    is_provided = board.key == "northfirth"
    typed = {"is_provided": is_provided, "arranged_by": "officer", "lead_days": 5}
    typed |= {"hourly_rate": RATE, "cap": LIMIT}
    words = "If you need care at short notice, ask all the same." if is_provided else ""
    with at(clock.now() - timedelta(days=POLICY_AGE)):
        policy_actions.keep_policy(board, 1, {**typed, "words": words})
    for name, contact, days, rate in (
        ("Harbour Home Care", "01632 960 155", 3, RATE),
        ("The carers centre", "office@centre.example", 7, None),
    ):
        provider = {"name": name, "contact": contact, "lead_days": days, "hourly_rate": rate}
        policy_actions.keep_provider(board.id, None, provider)


def fill(board: Board, rep_id: UUID, depute_id: UUID, officer_id: UUID, meeting: Meeting) -> None:
    """One that waits, one that is arranged, two that are over, one that could not be, and one called off."""
    coming = _ask(board, rep_id, proposed(meeting.starts_at, ONE_WAY), meeting.group.name, meeting)
    arranging_actions.take(coming, coming.version, officer_id)
    _ask(board, rep_id, _span(3, 10, 3), "Reading at the library")
    done = _ask(board, rep_id, _span(-21, 9, 5), "Carers’ forum")
    _arrange(board, done, officer_id, "HHC-0117")
    with at(done.ends_at + timedelta(days=1)):
        requests_actions.end(done, done.version, TOOK_PLACE, was_own_budget=False, cost=None)
    missed = _ask(board, depute_id, _span(-30, 13, 4), "Open day at the library")
    with at(missed.starts_at - timedelta(days=5)):
        arranging_actions.cannot(missed, missed.version, officer_id, "Nobody was free that day. You can join online.")
    with at(missed.ends_at + timedelta(days=1)):
        requests_actions.end(missed, missed.version, NOT_HELD, was_own_budget=True, cost=None)
    called_off = _ask(board, depute_id, _span(6, 10, 4), "Visit to a day centre")
    requests_actions.cancel(called_off, called_off.version)
    to_tell = _ask(board, rep_id, _span(-1, 10, 4), "Budget workshop")
    _arrange(board, to_tell, officer_id)


def _span(days: int, hour: int, hours: int) -> Span:
    began = clock.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return Span(began, began + timedelta(hours=hours), 2 * ONE_WAY)


def _ask(board: Board, person_id: UUID, span: Span, title: str, meeting: Meeting | None = None) -> CareRequest:
    """Asked for two weeks before its day, so that one of the past was asked for in time."""
    of = {"what": MEETING if meeting else "event", "title": title, "meeting_id": meeting.id if meeting else None}
    with at(min(clock.now(), span.starts_at - timedelta(days=14))):
        return requests_actions.ask(
            uuid4(), board.id, person_id, person_id, span, {**USUAL, **of, "note": "Please ring twice"}
        )


def _arrange(board: Board, care: CareRequest, officer_id: UUID, invoice: str = "") -> None:
    """Nine days before its day."""
    provider = policy_queries.providers(board.id)[0].id
    cost = estimate(care.span.minutes, RATE, LIMIT)
    typed = {**ARRANGED, "cost": cost, "provider_id": provider, "is_paid_by_board": True, "invoice": invoice}
    with at(care.starts_at - timedelta(days=9)):
        arranging_actions.arrange(care, care.version, officer_id, care.span, typed)
