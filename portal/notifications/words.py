"""The facts that each email's words are made from, by template. None: this email has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from portal.accounts import queries as accounts
from portal.boards import queries as boards
from portal.boards.accounts.rules import ACCOUNT_CHANGES
from portal.core import clock
from portal.core.calendar import is_working_day, last_working_day_before
from portal.core.text import (
    count_words,
    day_words,
    deadline_words,
    minutes_words,
    moment_words,
    short_day_words,
)
from portal.deputes import queries as deputes
from portal.meetings import queries as meetings
from portal.notifications.facts import Facts, name_of, of_board, of_meeting
from portal.notifications.learning_words import LEARNING
from portal.notifications.recipients import Recipient
from portal.notifications.support_words import (
    care_request,
    claim,
    claim_deadline,
    claims_to_decide,
    induction_began,
    induction_step,
    packs_to_post,
    requests_waiting,
    role_to_agree,
    three_absences,
    training_record,
)
from portal.papers.notice import queries as notice_queries
from portal.papers.notice.rules import is_late, notice_days, target_day
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.rules import MINUTES
from portal.papers.reading.rules import reading_minutes


def link_only(event: Any, _recipient: Recipient) -> Facts:
    return {"link_id": event.link_id.hex}


def nothing_more(_event: Any, _recipient: Recipient) -> Facts:
    return {}


def invitation(event: Any, recipient: Recipient) -> Facts:
    facts = (of_board(event, recipient) if event.board_id else None) or {"board": "", "contact": ""}
    return {**facts, "link_id": event.link_id.hex}


def trail_head(event: Any, recipient: Recipient) -> Facts:
    lines = count_words(int(event.head.partition(":")[0]), "line")
    heads = {"head": event.head, "accounts_head": event.accounts_head}
    return {**(of_board(event, recipient) or {}), **heads, "lines": lines}


def removals_planned(event: Any, recipient: Recipient) -> Facts:
    return {**(of_board(event, recipient) or {}), "day": day_words(event.goes_on), "what": list(event.what)}


def account_goes_soon(event: Any, _recipient: Recipient) -> Facts:
    return {"day": day_words(event.goes_on)}


def agreement_asked(event: Any, recipient: Recipient) -> Facts:
    who = name_of(event.person_id)
    facts = {"who": who, "change": ACCOUNT_CHANGES[event.what], "who_id": event.person_id.hex}
    return {**(of_board(event, recipient) or {}), **facts}


def nomination(event: Any, recipient: Recipient) -> Facts:
    one = deputes.nomination(event.board_id, event.nomination_id)
    rep = name_of(one.on_behalf_of_id)
    facts = {"nomination_id": one.id.hex, "depute": one.name, "rep": rep, "group": one.group.name}
    return {**(of_board(event, recipient) or {}), **facts}


def check_in(event: Any, recipient: Recipient) -> Facts:
    return {**of_meeting(event, recipient), "link_id": event.check_in_id.hex, "generation": str(event.generation)}


def rep_cannot_come(event: Any, recipient: Recipient) -> Facts:
    return {**of_meeting(event, recipient), "rep": name_of(event.person_id), "depute": event.depute}


def term_ending(event: Any, recipient: Recipient) -> Facts:
    group = next(one.name for one in boards.every_group(event.board_id) if one.id == event.group_id)
    rep = name_of(event.person_id)
    return {**(of_board(event, recipient) or {}), "group": group, "rep": rep, "until": day_words(event.until_on)}


def depute_cannot(event: Any, recipient: Recipient) -> Facts:
    depute = name_of(event.person_id)
    return {**(stand_in(event, recipient) or {}), "depute": depute}


def moved(event: Any, recipient: Recipient) -> Facts:
    return _if_ahead(
        event, {**of_meeting(event, recipient), "was": moment_words(event.was_at), "was_place": event.was_place}
    )


def adjourned(event: Any, recipient: Recipient) -> Facts:
    return _if_ahead(event, {**of_meeting(event, recipient), "was": day_words(event.was_on)})


def cancelled(event: Any, recipient: Recipient) -> Facts:
    return _if_ahead(event, of_meeting(event, recipient))


def _if_ahead(event: Any, facts: dict[str, Any]) -> Facts:
    """Nobody is told of a change to a meeting that is over."""
    return facts if meetings.meeting_by_id(event.meeting_id).starts_at > clock.now() else None


def stand_in(event: Any, recipient: Recipient) -> Facts:
    names = boards.people_named([event.on_behalf_of_id])
    return {**of_meeting(event, recipient), "rep": names.get(event.on_behalf_of_id, "the rep")}


def papers_published(event: Any, recipient: Recipient) -> Facts:
    """Papers with pages and marks, reading time at the person's own pace, and days left."""
    facts, found = _announced(event, recipient)
    person = accounts.person(recipient.person_id)
    pages = sum(one["pages"] for one in found)
    pace = person.minutes_per_page if person else 2
    meeting = meetings.meeting_by_id(event.meeting_id)
    return (
        {
            **facts,
            "papers": found,
            "count": count_words(len(found), "late paper" if event.late else "paper"),
            "pages": count_words(pages, "page"),
            "days_left": count_words(max(0, (meeting.meets_on - clock.today()).days), "day"),
            "reading": minutes_words(reading_minutes(pages, pace)),
            "late": event.late,
            "is_over": meeting.starts_at <= clock.now(),
        }
        if found
        else None
    )


def _announced(event: Any, recipient: Recipient) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    meeting = meetings.meeting_by_id(event.meeting_id)
    target = meeting.board.paper_target_days
    found = []
    for one in preparing_queries.announced(event.publications):
        counted = one.paper.kind != MINUTES and one.paper.first_published_on is not None
        days = notice_days(one.paper.first_published_on, meeting.meets_on) if counted else None  # type: ignore[arg-type]  # counted says it is there
        late = counted and is_late(one.paper.first_published_on, meeting.meets_on, target)  # type: ignore[arg-type]  # likewise
        found.append(
            {
                "title": one.paper.title,
                "pages": one.version.pages,
                "changed": one.version.number > 1,
                "restricted": one.item_is_restricted,
                "days": days,
                "late": late,
            }
        )
    return of_meeting(event, recipient), found


def late_papers(event: Any, recipient: Recipient) -> Facts:
    """For officers: papers of this announcement with less notice than the target."""
    facts, found = _announced(event, recipient)
    late = [one for one in found if one["late"] and not one["changed"]]
    target = meetings.meeting_by_id(event.meeting_id).board.paper_target_days
    return {**facts, "papers": late, "count": count_words(len(late), "late paper"), "target": target} if late else None


def papers_due(event: Any, recipient: Recipient) -> Facts:
    """What is missing, by when, and the group's record so far."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    target = target_day(meeting.meets_on, meeting.board.paper_target_days)
    share = notice_queries.record_so_far(meeting.board_id, meeting.group_id, clock.today())
    return {
        **of_meeting(event, recipient),
        "missing": list(event.missing),
        "count": count_words(len(event.missing), "thing"),
        "deadline": deadline_words(target),
        "last_working_day": "" if is_working_day(target) else short_day_words(last_working_day_before(target)),
        "is_past": clock.today() > target,
        "days_left": count_words((meeting.meets_on - clock.today()).days, "day"),
        "target": meeting.board.paper_target_days,
        "record": f"{share.met} of {count_words(share.papers, 'paper')}" if share.papers else "",
    }


def minutes_due(event: Any, recipient: Recipient) -> Facts:
    return {**of_meeting(event, recipient), "days_since": event.days_since}


def daily(event: Any, _recipient: Recipient) -> Facts:
    return {"emails": [str(one) for one in event.emails]}


WORDS: dict[str, Callable[[Any, Recipient], Facts]] = {
    "invitation": invitation,
    "reset-password": link_only,
    "sign-in-link": link_only,
    "password-changed": nothing_more,
    "confirm-new-email": link_only,
    "email-changed": nothing_more,
    "new-email-confirmed": nothing_more,
    "factor-set-up": nothing_more,
    "factor-cleared": nothing_more,
    "recovery-code-used": nothing_more,
    "rep-appointed": of_board,
    "appointment-ended": of_board,
    "term-ending": term_ending,
    "role-to-agree": role_to_agree,
    "role-changed": role_to_agree,
    "three-absences": three_absences,
    "packs-to-post": packs_to_post,
    "message-for-rep": of_board,
    "claim-offered": claim,
    "claim-to-confirm": claim,
    "claim-sent": claim,
    "claim-queried": claim,
    "claim-decided": claim,
    "claim-in-payment": claim,
    "claim-paid": claim,
    "claims-to-decide": claims_to_decide,
    "claims-over-promise": claims_to_decide,
    "claim-deadline": claim_deadline,
    "induction-began": induction_began,
    "induction-step": induction_step,
    "induction-late": induction_step,
    "training-to-confirm": training_record,
    "training-answered": training_record,
    "training-runs-out": training_record,
    "care-asked": care_request,
    "care-asked-again": care_request,
    "care-no-officer": of_board,
    "care-update": care_request,
    "care-to-agree": care_request,
    "care-called-off": care_request,
    "care-waits": requests_waiting,
    "care-alarm": care_request,
    "care-choices": care_request,
    "care-to-tell": care_request,
    "depute-cannot": depute_cannot,
    "check-in": check_in,
    "check-in-reminder": check_in,
    "rep-cannot-come": rep_cannot_come,
    "depute-nominated": nomination,
    "depute-confirmed": nomination,
    "depute-asked": nomination,
    "depute-declined": nomination,
    "nomination-withdrawn": nomination,
    "meeting-moved": moved,
    "meeting-adjourned": adjourned,
    "meeting-cancelled": cancelled,
    "stand-in": stand_in,
    "stand-down": stand_in,
    "meeting-soon": of_meeting,
    "papers-published": papers_published,
    "late-papers": late_papers,
    "papers-due": papers_due,
    "minutes-due": minutes_due,
    "daily": daily,
    "trail-head": trail_head,
    "account-closed": nothing_more,
    "account-opened": nothing_more,
    "agreement-asked": agreement_asked,
    "removals-planned": removals_planned,
    "account-goes-soon": account_goes_soon,
    **LEARNING,
}


def meeting_of(event: Any) -> UUID | None:
    return getattr(event, "meeting_id", None)
