"""The check-in: by a mailed link without signing in, or signed in; and the lists of clerk and officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import (
    ATTENDANCE_CONFIRM,
    CARE_READ,
    CHECK_IN_ANSWER,
    CHECK_IN_READ,
    PACKS_POST,
)
from portal.access.roles import CLERK
from portal.accounts.browser import known_browser
from portal.boards import queries as board_queries
from portal.check_in import actions, as_last_time, charts, forms, queries
from portal.check_in.blueprint import bp
from portal.check_in.last_time import show_last
from portal.check_in.offering import offer
from portal.check_in.posting import told_words
from portal.check_in.rules import (
    ATTENDANCE,
    ATTENDED,
    COMING,
    DEPUTE,
    DIFFERENT,
    NO,
    ONLINE,
    YES,
    post_by,
)
from portal.check_in.undoing.actions import NoDepute
from portal.check_in.undoing.queries import known_about
from portal.check_in.undoing.views import apologies_words, dead_link, thanks, told_of_apologies
from portal.core import clock
from portal.core.charts import Chart
from portal.core.late import by_quarter_recorded
from portal.core.text import short_day_words, together
from portal.corrections import queries as corrections
from portal.corrections.rules import REASON_WORDS
from portal.infra.forms import Form
from portal.infra.guard import allows, by_link, public, viewer
from portal.infra.unit_of_work import acting
from portal.infra.versions import held
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import not_saved
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.meetings.rules import PLANNED, has_opened
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.journeys import journey_left_out, journey_to_add

if TYPE_CHECKING:
    from portal.check_in.models import CheckIn
    from portal.meetings.models import Meeting

PURPOSE = "check-in"
CARE_CANCELLED = (
    "Your replacement care for this meeting is cancelled. If you need it after all, sign in and request it again: "
    "we have not deleted the times and what you wrote."
)
CARE_LEFT = (
    "You had already requested care for this meeting. We have not changed that request, and have not saved what you "
    "wrote now. To change the request, sign in and open it."
)
NO_DEPUTE = "None of your deputes has agreed to go to this meeting. Select another answer, or nominate a depute first"


@bp.route("/check-in/<token>", methods=["GET", "POST"])
@by_link(PURPOSE, queries.by_link, dead=dead_link)
def with_link(check_in: CheckIn) -> ResponseReturnValue:
    """Without sign-in: what was said last time can be chosen, and is never shown."""
    acting.set(check_in.person_id)
    offered = offer(check_in.meeting, check_in.person_id, held(check_in))
    form = forms.check_in_form(_last(check_in), offered, shows_saved=False)
    buttons = as_last_time.one_buttons(_last(check_in), offered, by_link=True)
    had_care = bool(requests_queries.open_for(check_in.person_id, check_in.meeting_id))
    before = check_in.emergency_at
    if _is_sent_again(form, check_in) or (form.is_answered() and _answer(form, check_in, check_in.meeting)):
        about = _about_care(form, check_in.meeting, check_in.person_id, had_care)
        words = " ".join(
            filter(None, (as_last_time.taken_over(form), about, _how_to_join(check_in.meeting, form.coming.data)))
        )
        return thanks(check_in, (request.view_args or {})["token"], about_care=words, before=before)
    facts = {"offered": offered, "token": (request.view_args or {})["token"], "buttons": buttons}
    return render_template("check_in/check_in.html", form=form, meeting=check_in.meeting, **facts)


def _about_care(form: Form, meeting: Meeting, person_id: UUID, had_care: bool) -> str:
    """What an answer did to care that was requested already: cancelled it, or left it as it was; '' otherwise."""
    if form.coming.data in (NO, DEPUTE):
        return ""
    if form.care.data == NO:
        return CARE_CANCELLED if had_care else ""
    asked = requests_queries.for_meeting(person_id, meeting.id)
    is_left = asked is not None and form.care.data == DIFFERENT and asked.note != form.care_words.data
    return CARE_LEFT if is_left else ""


def _how_to_join(meeting: Meeting, coming: str) -> str:
    """Where the link is for whoever comes online."""
    if coming != ONLINE:
        return ""
    there = "The link to join is on the meeting’s page."
    return there if meeting.link else "There is no link to join yet, so ask the clerk for one."


def _known_about(meeting: Meeting) -> dict[UUID, str]:
    return known_about(viewer(), meeting.board_id, meeting.group_id, meeting.id)


def _last(check_in: CheckIn) -> queries.Last:
    return queries.last_answers(check_in.person_id, check_in.group_id, check_in.meeting_id)


def _is_sent_again(form: forms.CheckInForm, check_in: CheckIn | None) -> bool:
    """From a page that was opened before the newest answer, but it is the same."""
    return form.meanwhile is not None and check_in is not None and _says_the_same(form, check_in)


def _says_the_same(form: forms.CheckInForm, check_in: CheckIn) -> bool:
    return actions.is_kept(check_in, check_in.meeting, form.answers())


def _answer(form: Form, check_in: CheckIn, meeting: Meeting) -> bool:
    try:
        actions.answer(check_in, meeting, form.answers())
    except NoDepute:
        form.refuse("coming", NO_DEPUTE)
        return False
    return True


@bp.route("/check-in/send-again", methods=["GET", "POST"])
@public
def send_again() -> ResponseReturnValue:
    form = forms.EmailForm()
    if form.validate_on_submit():
        actions.ask_for_links(form.email.data, known_browser())
        return render_template("check_in/sent_again.html")
    return render_template("check_in/send_again.html", form=form)


@bp.route("/meetings/<uuid:meeting_id>/check-in", methods=["GET", "POST"])
@allows(CHECK_IN_ANSWER, one=meeting_queries.meeting)
def signed_in(meeting: Meeting) -> ResponseReturnValue:
    if not queries.is_ahead(meeting) or not queries.is_asked(meeting, viewer().id):
        return _not_asked(meeting)
    current = held(queries.check_in(meeting.id, viewer().id))
    offered = offer(meeting, viewer().id, current)
    last = queries.last_answers(viewer().id, meeting.group_id, meeting.id)
    asked = requests_queries.for_meeting(viewer().id, meeting.id)
    before = asked or requests_queries.cancelled_for(viewer().id, meeting)
    answered = current if current and current.answered_at else None
    comes = request.method == "GET" and request.args.get("coming") == YES
    form = forms.check_in_form(last, offered, answered, before.note if before else "", asked, comes=comes)
    show_last(form, last, meeting, viewer().id)
    had_care = bool(requests_queries.open_for(viewer().id, meeting.id))
    sent_before = current.emergency_at if current else None
    is_again = _is_sent_again(form, current)
    if is_again or (form.is_answered() and _answer(form, actions.check_in_of(meeting, viewer().id), meeting)):
        page = url_for("papers.meeting", meeting_id=meeting.id)
        if form.coming.data in (NO, DEPUTE):
            own, told = actions.check_in_of(meeting, viewer().id), emailed(_known_about(meeting))
            flash(f"{apologies_words(meeting)} {told_of_apologies(told, own, sent_before)}".strip())
            return redirect(url_for("home.index") if offered.is_depute else page)
        about, join = _about_care(form, meeting, viewer().id, had_care), _how_to_join(meeting, form.coming.data)
        told = emailed(_known_about(meeting))
        told = told_words(told, meeting, actions.check_in_of(meeting, viewer().id))
        thanked = "Thank you. We have your answer, and you can change it until the meeting."
        words = (thanked, as_last_time.taken_over(form), about, told, join)
        flash(" ".join(filter(None, words)))
        now = requests_queries.for_meeting(viewer().id, meeting.id) or (asked if had_care else None)
        is_journey_odd = now and (journey_left_out(now) or journey_to_add(now))
        is_to_check = is_journey_odd or (now and form.coming.data == ONLINE and now.travel_minutes)
        if now and (form.care.data in (DIFFERENT, NO) or is_to_check):
            return redirect(url_for("replacement_care.show", request_id=now.id))
        return redirect(page)
    shown = {"form": form, "meeting": meeting, "token": "", "offered": offered, "asked": asked}
    return render_template(
        "check_in/check_in.html",
        **shown,
        **as_last_time.facts(meeting, viewer().id, last, offered, asked),
    )


def _not_asked(meeting: Meeting) -> ResponseReturnValue:
    """The meeting, of which nobody is asked any more; an answer that is sent all the same is shown: it is not saved."""
    page = url_for("papers.meeting", meeting_id=meeting.id)
    if request.method == "GET":
        return redirect(page)
    why = "You no longer need to answer for this meeting."
    if not queries.is_ahead(meeting):
        why = "The meeting is over." if meeting.status == PLANNED else "The meeting does not take place."
    return not_saved(f"Your answer was not saved. {why}", page, "See the meeting", forms.any_answer())


@bp.get("/meetings/<uuid:meeting_id>/coming")
@allows(CHECK_IN_READ, one=meeting_queries.meeting)
def coming(meeting: Meeting) -> ResponseReturnValue:
    answers, people = queries.of_meeting(meeting.id), people_of(meeting)
    recorded = {key for key, one in answers.items() if one.attended}
    return render_template(
        "check_in/coming.html",
        is_recorded=bool(recorded),
        is_left=bool(people["reps"].keys() - recorded),
        meeting=meeting,
        answers=answers,
        post_by=post_by(meeting.meets_on, meeting.target_days),
        sees_care=can(viewer(), CARE_READ, meeting),
        words=dict(COMING),
        cover={one.person_id: one for one in requests_queries.of_meeting(meeting.board_id, meeting.id)},
        attended=dict(ATTENDED),
        is_past=meeting.meets_on < clock.today(),
        of_attendance=_attendance_drawn(meeting, people["reps"], answers),
        recorders=_recorders(meeting) if len(recorded) < len(people["reps"]) else "",
        corrections=corrections.of_things(
            meeting.board_id, ATTENDANCE, [one.id for one in answers.values() if one.attended]
        ),
        reasons=REASON_WORDS,
        recorded=by_quarter_recorded((meeting.meets_on, one.attendance_on) for one in answers.values() if one.attended),
        **people,
    )


def _attendance_drawn(meeting: Meeting, reps: Iterable[UUID], answers: Mapping[UUID, CheckIn]) -> Chart | None:
    """Of a meeting that was held, how each seat was attended."""
    if meeting.status != PLANNED:
        return None
    return charts.of_attendance([answers[key].attended if key in answers else None for key in reps])


def _recorders(meeting: Meeting) -> str:
    """Who can record attendance, once it can be; '' for whoever can do it themselves."""
    if can(viewer(), ATTENDANCE_CONFIRM, meeting) or meeting.status != PLANNED or not has_opened(meeting, clock.now()):
        return ""
    names = together([name for _, name in board_queries.people_with_role(meeting.board_id, CLERK)])
    return f"The clerk records it: {names}" if names else "The clerk records it"


def attendance_of(meeting: Meeting) -> dict[UUID, str]:
    """For templates: who came to a meeting, in words, for those who see it of everybody; for others only of them.

    Nobody came to one that did not take place, whatever was recorded before.
    """
    if meeting.status != PLANNED:
        return {}
    sees_all = can(viewer(), CHECK_IN_READ, meeting)
    answers = queries.of_meeting(meeting.id)
    words = {key: dict(ATTENDED)[one.attended].lower() for key, one in answers.items() if one.attended}
    return words if sees_all else {key: said for key, said in words.items() if key == viewer().id}


def people_of(meeting: Meeting) -> PageFacts:
    """The reps of a meeting's group, who stands in for whom, and whether it has begun, so that some came."""
    return {
        "reps": board_queries.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on),
        "stand_ins": {row.on_behalf_of_id: name for row, name, _ in meeting_queries.stand_ins(meeting.id)},
        "is_held": meeting.status == PLANNED and has_opened(meeting, clock.now()),
        "deputes": {row.on_behalf_of_id: row.person_id for row, _, _ in meeting_queries.stand_ins(meeting.id)},
    }


@bp.get("/meetings/<uuid:meeting_id>/post")
@allows(CHECK_IN_READ, one=meeting_queries.meeting)
def to_post(meeting: Meeting) -> ResponseReturnValue:
    """Who wants printed papers, where they go, and the latest day to post them; fit for printing."""
    return render_template(
        "check_in/to_post.html",
        meeting=meeting,
        wanting=queries.wanting_print(meeting),
        post_by=post_by(meeting.meets_on, meeting.target_days),
        today=clock.today(),
    )


@bp.post("/meetings/<uuid:meeting_id>/posted")
@allows(PACKS_POST, one=meeting_queries.meeting)
def posted(meeting: Meeting) -> ResponseReturnValue:
    for key in request.form.getlist("check_in_id", type=UUID):
        if one := queries.one_of_meeting(meeting.id, key):
            actions.mark_posted(meeting, one)
            flash(f"Saved: posted on {short_day_words(clock.today())}.")
    return redirect(url_for("check_in.to_post", meeting_id=meeting.id))
