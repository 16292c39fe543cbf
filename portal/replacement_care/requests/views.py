"""A rep's own requests for care: asking, changing, agreeing, calling off, and telling how it went."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for, can
from portal.access.permissions import CARE_OWN, CARE_READ, CHECK_IN_ANSWER
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.infra.forms import Form, VersionForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import not_saved
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.papers.reading import queries as reading_queries
from portal.papers.reading.rules import reading_minutes
from portal.replacement_care.blueprint import bp
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests import actions, forms, queries
from portal.replacement_care.requests.again import again_address, cancelled_before, may_ask_again
from portal.replacement_care.requests.agenda_end import agenda_facts
from portal.replacement_care.requests.asked import asked_for
from portal.replacement_care.requests.begins_with import begins_with
from portal.replacement_care.requests.journeys import asked_anew, attended_online, journey_facts, journey_left_out
from portal.replacement_care.requests.last_time import is_without_journey, last_words
from portal.replacement_care.requests.lateness import first_late
from portal.replacement_care.requests.listing import part_of_requests
from portal.replacement_care.requests.rules import (
    FOR,
    KINDS,
    LEAD_DAYS,
    MEETING,
    OPEN,
    PLACES,
    TOLD,
    WHO,
    last_day_to_change,
    waits_for,
    without_journey,
)
from portal.replacement_care.requests.rules import REP as REP_AGREES
from portal.replacement_care.requests.stood_down import stands_in_no_longer
from portal.replacement_care.requests.usual import last_times, usual
from portal.replacement_care.told import emailed_of

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.replacement_care.models import CareRequest

MOVED_ON = "This request was changed, cancelled or settled since you opened this page."
MEANWHILE = "This request was changed since you opened this page. This is how it is now."

NOT_OPEN = {
    "cancelled": "This request had been cancelled. If you still need the care, request it again.",
    "cannot": "This request had been answered: the care cannot be provided.",
    "took_place": "You had told us that this care took place.",
    "not_held": "You had told us that this care did not take place.",
}
WORDS = {"kinds": dict(KINDS), "places": dict(PLACES), "whos": dict(WHO)}


@bp.get("/care")
@allows(CARE_OWN)
def index() -> ResponseReturnValue:
    found, coming = queries.own_requests(viewer()), _meetings()
    asked = {one.meeting_id for one in found if one.status != "cancelled" and one.what == MEETING}
    part = part_of_requests(found, request.args, clock.today())
    return render_template(
        "replacement_care/requests/index.html",
        requests=part.rows,
        part=part,
        coming=[one for one in coming.values() if one.id not in asked],
        times=asked_anew(viewer().id, coming.values(), {}),
        last=last_times(viewer().id, {one.board_id for one in coming.values()}),
        cancelled=queries.cancelled_of(viewer().id, coming.values()),
        last_words=last_words,
        is_without_journey=is_without_journey,
        today=clock.today(),
        **WORDS,
    )


def _meetings() -> dict[UUID, Meeting]:
    """The coming meetings at which somebody sits or stands in."""
    found = meeting_queries.upcoming(viewer(), clock.today(), most=12)
    return {one.id: one for one in found if can(viewer(), CHECK_IN_ANSWER, one)}


def _boards() -> dict[UUID, str]:
    return {board_id: name for board_id, _, name in boards_for(viewer(), CARE_OWN)}


@bp.route("/care/new", methods=["GET", "POST"])
@allows(CARE_OWN)
def new() -> ResponseReturnValue:
    """First what it is for, then one page of questions: ?meeting=, or ?what= and ?board=."""
    what, meetings, boards = request.args.get("what", MEETING), _meetings(), _boards()
    meeting = meetings.get(request.args.get("meeting", type=UUID) or UUID(int=0))
    board_id = meeting.board_id if meeting else request.args.get("board", type=UUID)
    if board_id not in boards or what not in dict(FOR) or (what == MEETING and meeting is None):
        return render_template(
            "replacement_care/requests/choose.html", meetings=meetings, boards=boards, kinds_of=FOR[1:]
        )
    there = queries.for_meeting(viewer().id, meeting.id) if meeting and what == MEETING else None
    last = usual(viewer().id, board_id)
    before = queries.cancelled_for(viewer().id, meeting) if meeting and what == MEETING else None
    anew = asked_anew(viewer().id, [meeting], {meeting.id: before} if before else {})[meeting.id] if meeting else None
    times = anew.span if anew else None
    again = cancelled_before(viewer().id, request.args.get("again", type=UUID) or UUID(int=0), board_id, what)
    before, span = before or again, times if what == MEETING else again.span if again else None
    form = forms.care_form(before or last, span, what, is_again=before is not None)
    form.needs_title, form.event_at = meeting is None, meeting.starts_at if meeting and what == MEETING else None
    form.expect(meeting.meets_on if meeting and what == MEETING else None)
    form.others = queries.others_on(viewer().id, form.day.data, None) if form.day.data else ()
    if form.validate_on_submit():
        title = meeting.group.name if meeting else form.title.data
        of = {"what": what, "title": title, "meeting_id": meeting.id if meeting else None}
        one = actions.ask(form.once.data, board_id, viewer().id, viewer().id, form.span(), {**form.typed(), **of})
        flash(f"We’ve sent your request. {emailed(board_queries.known_to(viewer(), board_id))}")
        return redirect(url_for("replacement_care.show", request_id=one.id))
    return render_template(
        "replacement_care/requests/new.html",
        form=form,
        meeting=meeting,
        what=what,
        before=before,
        begins=begins_with(before) if before else "",
        anew=anew,
        there=there,
        each_way=times.travel_minutes // 2 if times else 0,
        is_online=bool(meeting and attended_online(viewer().id, [meeting])),
        **_facts(board_id),
    )


def _facts(board_id: UUID) -> PageFacts:
    return {"policy": policy_queries.policy(board_id), "whats": dict(FOR)}


@bp.post("/care/as-last-time/<uuid:meeting_id>")
@allows(CHECK_IN_ANSWER, one=meeting_queries.meeting)
def as_last_time(meeting: Meeting) -> ResponseReturnValue:
    last = usual(viewer().id, meeting.board_id)
    if meeting.id not in _meetings() or last is None:
        return redirect(url_for("replacement_care.index"))
    one = actions.ask_for_meeting(meeting, viewer().id)
    told = emailed(board_queries.known_to(viewer(), meeting.board_id))
    but = " but without a journey" if is_without_journey(last, one.span) else ""
    flash(f"We’ve sent your request, the same as last time{but}. {told}")
    return redirect(url_for("replacement_care.show", request_id=one.id))


def own_care(meetings: Iterable[Meeting]) -> dict[UUID, list[CareRequest]]:
    """For templates: the requests of whoever is looking around some meetings."""
    found = [one.id for one in meetings if can(viewer(), CHECK_IN_ANSWER, one)]
    return queries.own_of_meetings(viewer().id, found) if found else {}


def own_care_besides(meeting_ids: Collection[UUID]) -> list[CareRequest]:
    """The coming requests of whoever is looking that are around none of some meetings, the soonest first."""
    found = queries.coming_of(viewer()) if boards_for(viewer(), CARE_OWN) else []
    return [one for one in found if one.meeting_id not in meeting_ids]


@bp.get("/care/<uuid:request_id>")
@allows(CARE_READ, one=queries.request)
def show(care: CareRequest) -> ResponseReturnValue:
    """One's own request; officers are led to the page on which they arrange it."""
    if care.person_id != viewer().id:
        return redirect(url_for("replacement_care.arrange", request_id=care.id))
    return page_of(care, forms.outcome_form(care))


def page_of(care: CareRequest, outcome: Form) -> str:
    policy, readings = policy_queries.policy(care.board_id), queries.readings(care)
    lead_days = policy.lead_days if policy else LEAD_DAYS
    due = care.due(lead_days)
    again_at = "" if care.status in OPEN else again_address(care, _meetings(), _boards())
    return render_template(
        "replacement_care/requests/show.html",
        one=care,
        policy=policy,
        waits=waits_for(care.status, care.to_agree, care.on_day, due.by, clock.today(), care.arranged_at is not None),
        due=due,
        lead_days=lead_days,
        is_overdue=care.is_overdue(lead_days),
        first_late=first_late(care, lead_days),
        readings=readings,
        names=board_queries.people_named([care.asked_by_id, *(key for key, _ in readings)]),
        asked_for=asked_for(care),
        is_open=care.status in OPEN,
        instead=meeting_queries.who_goes_instead(care.person_id, care.meeting) if care.meeting else "",
        is_over=care.on_day < clock.today(),
        form=outcome,
        is_told=care.status in TOLD,
        change_until=last_day_to_change(london_day(care.ended_at)) if care.ended_at else None,
        preparing=_preparing(care),
        may_ask_again=may_ask_again(care, again_at),
        again_at=again_at,
        begins=begins_with(care),
        stood_down=stands_in_no_longer(care, viewer()),
        **journey_facts(care),
        **agenda_facts(care),
        **WORDS,
    )


def _preparing(care: CareRequest) -> int:
    """How many minutes the papers of its meeting take to read."""
    if care.what != MEETING or care.meeting_id is None or care.status not in OPEN:
        return 0
    found = reading_queries.unread(viewer(), [care.meeting_id]).get(care.meeting_id)
    return reading_minutes(found.pages, care.person.minutes_per_page) if found else 0


@bp.route("/care/<uuid:request_id>/change", methods=["GET", "POST"])
@allows(CARE_OWN, one=queries.request)
def change(care: CareRequest) -> ResponseReturnValue:
    if care.status not in OPEN:
        return _ended(care)
    span = without_journey(care.span) if "without-journey" in request.args else care.span
    span = (journey_left_out(care) if "with-journey" in request.args else None) or span
    form = forms.care_form(care, span, care.what, care.version)
    form.event_at, form.kept = care.meeting.starts_at if care.meeting and care.what == MEETING else None, care.span
    form.expect(care.meeting.meets_on if care.meeting and care.what == MEETING else None)
    form.others = queries.others_on(care.person_id, form.day.data, care.id) if form.day.data else ()
    if form.validate_on_submit():
        actions.keep_hours(care, form.version.data)
        try:
            is_new = actions.change(care, form.version.data, form.span(), form.typed())
            told = emailed_of(care)
            flash(f"Your request has been changed. {told}" if is_new else "Nothing has changed.")
            return redirect(url_for("replacement_care.show", request_id=care.id))
        except EditConflict:
            if care.status not in OPEN:
                return _ended(care)
            form.version.meet(care.version)
    return render_template("replacement_care/requests/change.html", form=form, one=care, **_facts(care.board_id))


def _ended(care: CareRequest) -> ResponseReturnValue:
    """A request that can be changed no longer; what was sent meanwhile is shown, as it is not saved."""
    if request.method == "GET":
        return redirect(url_for("replacement_care.show", request_id=care.id))
    return not_taken(care, forms.care_form(None, None, care.what, care.version))


def not_taken(care: CareRequest, form: Form) -> ResponseReturnValue:
    why = NOT_OPEN.get(care.status, MEANWHILE)
    return not_saved(
        f"What you sent was not saved. {why}",
        url_for("replacement_care.show", request_id=care.id),
        "See the request as it is now",
        form,
    )


def _do(care: CareRequest, act: Callable[[], bool | None], words: str, form: Form | None = None) -> ResponseReturnValue:
    """Do something to a request and say so; or, when it changed meanwhile, say that and show it, or what was typed."""
    try:
        is_done = act() is not False
        told = emailed_of(care)
        flash(f"{words} {told}" if is_done else "Nothing has changed.")
    except EditConflict:
        if form is not None:
            return not_taken(care, form)
        not_done(MEANWHILE)
    return redirect(url_for("replacement_care.show", request_id=care.id))


@bp.post("/care/<uuid:request_id>/agree")
@allows(CARE_OWN, one=queries.request)
def agree(care: CareRequest) -> ResponseReturnValue:
    version = VersionForm().version.data
    return _do(care, lambda: actions.agree(care, version, REP_AGREES), "Thank you.")


@bp.route("/care/<uuid:request_id>/cancel", methods=["GET", "POST"])
@allows(CARE_OWN, one=queries.request)
def cancel(care: CareRequest) -> ResponseReturnValue:
    if request.method == "GET":
        form = VersionForm(formdata=None, version=care.version)
        facts = {"one": care, "form": form, "is_open": care.status in OPEN, "begins": begins_with(care)}
        return render_template("replacement_care/requests/cancel.html", **facts)
    return _do(care, lambda: actions.cancel(care, VersionForm().version.data), "Your request has been cancelled.")
