"""The facts of emails about support: roles to agree to, absences, papers by post, and claims."""

from __future__ import annotations

from typing import Any

from portal.boards import queries as boards
from portal.check_in.rules import post_by
from portal.core import clock
from portal.core.money import pounds
from portal.core.text import count_words, day_words, short_day_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.policies import queries as policies_queries
from portal.meetings import queries as meetings
from portal.notifications.facts import Facts, name_of, of_board, of_meeting
from portal.notifications.recipients import Recipient
from portal.role_descriptions import queries as roles
from portal.role_descriptions.rules import changes, words_of
from portal.training.inductions import queries as inductions_queries
from portal.training.inductions.rules import OWNERS
from portal.training.records import queries as records_queries


def role_to_agree(event: Any, recipient: Recipient) -> Facts:
    """Which role, and what has changed since the version that somebody agreed to."""
    description = roles.description(event.board_id, event.description_id)
    before = roles.earlier_agreement(event.board_id, description, event.person_id)
    changed = changes(words_of(before), words_of(description)) if before else []
    group = next(one for one in boards.every_group(event.board_id) if one.id == event.group_id)
    facts = {"group": group.name, "group_id": group.id.hex, "number": event.number, "as_depute": event.as_depute}
    return {**(of_board(event, recipient) or {}), **facts, "changed": [one.title for one in changed]}


def claim(event: Any, recipient: Recipient) -> Facts:
    """A claim by its number and day; amounts stand in the text and never in a subject."""
    one = claims_queries.claim_by_id(event.board_id, event.claim_id)
    _cost, asked, approved = claims_queries.totals([one.id]).get(one.id, (0, 0, 0))
    policy = policies_queries.policy_on(one.board_id, one.happened_on)
    facts = {"claim_id": one.id.hex, "reference": one.reference, "title": one.title, "status": one.status}
    facts |= {"day": short_day_words(one.happened_on), "asked": pounds(asked), "approved": pounds(approved)}
    facts |= {"pay_days": count_words(policy.pay_days if policy else 0, "day"), "question": one.reason}
    return {**(of_board(event, recipient) or {}), **facts, "paid_on": day_words(one.paid_on) if one.paid_on else ""}


def claim_deadline(event: Any, recipient: Recipient) -> Facts:
    return {**(claim(event, recipient) or {}), "left": count_words(event.days, "day")}


def claims_to_decide(event: Any, recipient: Recipient) -> Facts:
    return {**(of_board(event, recipient) or {}), "count": count_words(event.waiting, "claim")}


def care_request(event: Any, recipient: Recipient) -> Facts:
    """A request by its number alone: no email says what it is about, not even its day."""
    own = event.person_id == recipient.person_id
    return {**(of_board(event, recipient) or {}), "request_id": event.request_id.hex, "own": own}


def requests_waiting(event: Any, recipient: Recipient) -> Facts:
    return {**(of_board(event, recipient) or {}), "count": count_words(event.requests, "request")}


def induction_began(event: Any, recipient: Recipient) -> Facts:
    """The steps of somebody's induction, with their days."""
    one = inductions_queries.induction(event.board_id, event.appointment_id)
    owners = dict(OWNERS)
    steps = [{"title": t.title, "owner": owners[t.owner].lower(), "by": day_words(t.due_on)} for t in one.tasks]
    return {**(of_board(event, recipient) or {}), "steps": steps}


def induction_step(event: Any, recipient: Recipient) -> Facts:
    """One step that is due, to whose it is. Nothing once it is done or taken out."""
    one = inductions_queries.induction(event.board_id, event.appointment_id)
    task = next((t for t in one.tasks if t.key == str(event.step_id)), None)
    if task is None or task.is_done:
        return None
    facts = {"step": task.title, "by": day_words(task.due_on), "rep": name_of(event.person_id)}
    return {**(of_board(event, recipient) or {}), **facts, "own": event.person_id == recipient.person_id}


def training_record(event: Any, recipient: Recipient) -> Facts:
    one = records_queries.record_by_id(event.board_id, event.record_id)
    until = day_words(one.valid_until) if one.valid_until else ""
    facts = {"title": one.title, "rep": one.person.name, "until": until, "status": one.status}
    return {**(of_board(event, recipient) or {}), **facts}


def three_absences(event: Any, recipient: Recipient) -> Facts:
    return {**of_meeting(event, recipient), **(of_board(event, recipient) or {}), "rep": name_of(event.person_id)}


def packs_to_post(event: Any, recipient: Recipient) -> Facts:
    meeting = meetings.meeting_by_id(event.meeting_id)
    latest = post_by(meeting.meets_on, meeting.board.paper_target_days)
    facts = {"count": count_words(event.people, "pack"), "latest": day_words(latest), "late": clock.today() > latest}
    return {**of_meeting(event, recipient), **facts}
