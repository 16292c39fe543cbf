"""Officers: what waits, the soonest first; taking it, arranging it, saying that it cannot be, standing aside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for
from portal.access.permissions import CARE_ARRANGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.deputes import queries as deputes
from portal.infra.forms import Form, VersionForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done
from portal.replacement_care.arranging import actions, forms, late_cost_forms, lists, paid, prices
from portal.replacement_care.arranging.cannot_forms import cannot_form
from portal.replacement_care.arranging.meanwhile import since_opened
from portal.replacement_care.blueprint import bp
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.asked import first_asked_for
from portal.replacement_care.requests.earlier_times import span_words
from portal.replacement_care.requests.lateness import first_late
from portal.replacement_care.requests.limits import estimate_words
from portal.replacement_care.requests.rules import (
    ARRANGED,
    CANCELLED,
    CANNOT,
    EVENT,
    LEAD_DAYS,
    OFFICER,
    OPEN,
    UNARRANGED,
    not_looked_at,
)
from portal.replacement_care.requests.views import MEANWHILE, MOVED_ON, WORDS
from portal.replacement_care.told import emailed_of

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.replacement_care.models import CareRequest

ARRANGE = "replacement_care.arrange"


@bp.get("/care/to-arrange")
@allows(CARE_ARRANGE)
def to_arrange() -> ResponseReturnValue:
    found, ended = requests_queries.to_arrange(viewer()), requests_queries.ended_lately(viewer())
    declined = [one for one in ended if one.status == CANNOT and one.on_day >= clock.today()]
    said = policy_queries.policies({one.board_id for one in found})
    leads = {one.id: said[one.board_id].lead_days if one.board_id in said else LEAD_DAYS for one in found}
    return render_template(
        "replacement_care/arranging/to_arrange.html",
        groups=lists.by_what_waits(found, clock.now()),
        declined=sorted(declined, key=lambda one: one.starts_at),
        ended=[one for one in ended if one not in declined],
        boards=[(key, name) for _, key, name in boards_for(viewer(), CARE_ARRANGE)],
        dues={one.id: one.due(leads[one.id]) for one in found},
        overdue={one.id for one in found if one.is_overdue(leads[one.id])},
        today=clock.today(),
        **WORDS,
    )


@bp.route("/care/<uuid:request_id>/arrange", methods=["GET", "POST"])
@allows(CARE_ARRANGE, one=requests_queries.request)
def arrange(care: CareRequest) -> ResponseReturnValue:
    is_sent = request.method == "POST"
    form = form_of(care, is_sent=is_sent)
    if is_sent and care.status not in (*OPEN, CANNOT):
        return not_taken(care, form)
    if is_sent and form.version.data != care.version:  # before what was typed is held against new times
        return changed_meanwhile(care, form, form=form)
    if care.status in (*OPEN, CANNOT) and form.validate_on_submit():
        had_changed, was_arranged = care.to_agree == OFFICER, care.status == ARRANGED
        try:
            actions.arrange(care, form.version.data, viewer().id, form.span(), form.typed())
            said = f"{'Saved' if was_arranged else 'Arranged'} for {care.person.name}."
            flash(f"{said}{_still_to_agree(care, had_changed)}{over_limit(care)} {emailed_of(care)}")
            return redirect(url_for("replacement_care.to_arrange"))
        except EditConflict:
            return changed_meanwhile(care, form, form=form)
    return page_of(care, form)


def not_taken(care: CareRequest, typed: Form, why: str = MOVED_ON) -> ResponseReturnValue:
    """What was typed cannot be saved any more: it is shown, as it is not saved."""
    page = url_for(ARRANGE, request_id=care.id)
    return moved_on(why, page, "See the request as it is now", typed)


def changed_meanwhile(care: CareRequest, typed: Form, **forms: Form) -> ResponseReturnValue:
    """The request as it is now, with what was typed while that can still be saved; what was left alone is new."""
    if care.status not in (*OPEN, CANNOT) and not paid.may_cost(care):
        return not_taken(care, typed)
    opened = typed["version"].data
    typed["version"].meet(care.version)
    now = since_opened(care, opened, typed)
    return page_of(care, **{"form": form_of(care), **forms}, typed=typed, now=now)


def _still_to_agree(care: CareRequest, had_changed: bool) -> str:
    """What happened to the times; '' where they are those that the rep asked for."""
    if not care.to_agree:
        return ""
    if had_changed and care.wanted_span:
        asked = span_words(care.wanted_span)
        return f" You did not accept their change to {asked}: they need to agree to your times instead."
    return " They still need to agree to the times."


def over_limit(care: CareRequest) -> str:
    """The same as a sentence, after what was saved."""
    return f" It costs {words}." if (words := prices.over_limit(care)) else ""


def _doubts(care: CareRequest) -> list[str]:
    """What whoever is looking has not looked at, while that can still change what they decide."""
    if care.was_not_arranged:
        return []
    has_words = bool(care.note or care.why_late or care.kind)
    return not_looked_at(has_words, requests_queries.has_read(care, viewer().id), care.is_worked_out)


def form_of(care: CareRequest, is_sent: bool = False) -> Form:
    """What was typed about who comes is shown to whoever arranges it, and to no other officer."""
    is_mine = care.officer_id == viewer().id
    providers = policy_queries.providers(care.board_id)
    return forms.arrange_form(care, providers, is_mine, _doubts(care), is_sent, prices.new_times_by_policy(care))


def accept_form(care: CareRequest, is_sent: bool = False) -> forms.AcceptForm:
    return forms.accept_form(care, prices.new_times_by_policy(care), is_sent)


def _late_cost_form(care: CareRequest, is_sent: bool = False) -> late_cost_forms.LateCostForm:
    return late_cost_forms.late_cost_form(care, policy_queries.providers(care.board_id), is_sent)


def page_of(
    care: CareRequest,
    form: Form,
    cannot: Form | None = None,
    late_cost: Form | None = None,
    accept: Form | None = None,
    typed: Form | None = None,
    now: str = "",
) -> str:
    """`typed` is the form that was not saved as the request was changed; `now` says what of the times changed."""
    policy, found = policy_queries.policy(care.board_id), prices.by_policy(care)
    lead_days, doubts = policy.lead_days if policy else LEAD_DAYS, _doubts(care)
    return render_template(
        "replacement_care/arranging/arrange.html",
        one=care,
        form=form,
        cannot=cannot or cannot_form(care, doubts),
        span_words=span_words,
        first_asked_for=first_asked_for(care),
        doubts=doubts if care.status in UNARRANGED else [],
        policy=policy,
        estimate=prices.price_by_policy(care),
        over_limit=prices.over_limit(care),
        estimate_words=estimate_words(*found) if found else "",
        due=care.due(lead_days),
        is_overdue=care.is_overdue(lead_days),
        late_on=care.arranged_late_on(lead_days),
        first_late=first_late(care, lead_days),
        accept=accept or accept_form(care),
        is_other_way="differently" in request.args or (form.is_submitted() and request.endpoint == ARRANGE),
        typed=typed,
        now=now,
        late_cost=late_cost or _late_cost_form(care),
        invoice_waits=paid.invoice_waits(care),
        no_invoice=paid.why_no_invoice(care, True) if paid.may_cost(care) else None,
        is_mine=care.officer_id == viewer().id,
        is_open=care.status in OPEN,
        **WORDS,
    )


@bp.post("/care/<uuid:request_id>/take")
@allows(CARE_ARRANGE, one=requests_queries.request)
def take(care: CareRequest) -> ResponseReturnValue:
    try:
        actions.take(care, VersionForm().version.data, viewer().id)
        told = emailed_of(care)
        flash(f"You have taken this request. Only you can read what the rep wrote. {told}")
    except EditConflict:
        not_done(MEANWHILE)
    return redirect(url_for(ARRANGE, request_id=care.id))


@bp.get("/care/<uuid:request_id>/text")
@allows(CARE_ARRANGE, one=requests_queries.request_with_text, audited=True)
def text(care: CareRequest) -> ResponseReturnValue:
    """The words of a request, for the officer who arranges it. The rep sees that they were read."""
    actions.read_text(care)
    return render_template("replacement_care/arranging/text.html", one=care, **WORDS)


@bp.post("/care/<uuid:request_id>/cannot")
@allows(CARE_ARRANGE, one=requests_queries.request)
def cannot(care: CareRequest) -> ResponseReturnValue:
    form = cannot_form(care, _doubts(care), is_sent=True)
    if care.status not in (*OPEN, CANNOT):
        return not_taken(care, form)
    if not form.validate_on_submit():
        return page_of(care, form_of(care), form)
    said = "The rep can now read why." if care.was_not_arranged else "The request is declined."
    try:
        actions.cannot(care, form.version.data, viewer().id, form.answer.data)
        flash(f"Saved. {said} {emailed_of(care)}")
    except EditConflict:
        return changed_meanwhile(care, form, cannot=form)
    return redirect(url_for("replacement_care.to_arrange"))


@bp.post("/care/<uuid:request_id>/late-cost")
@allows(CARE_ARRANGE, one=requests_queries.request)
def late_cost(care: CareRequest) -> ResponseReturnValue:
    """What a provider charges, afterwards or although care was called off; the board pays it."""
    form, policy = _late_cost_form(care, is_sent=True), policy_queries.policy(care.board_id)
    sent_by = str(care.provider_id or form.provider.data)
    late_cost_forms.doubt(
        form, policy.cap if policy else None, requests_queries.with_invoice(care, sent_by, form.invoice.data or "")
    )
    if why := paid.why_no_invoice(care, paid.may_cost(care)):
        return not_taken(care, form, why)
    if not form.validate_on_submit():
        return page_of(care, form_of(care), late_cost=form)
    try:
        provider_id, invoice = UUID(sent_by), form.invoice.data or ""
        actions.keep_late_cost(care, form.version.data, viewer().id, provider_id, form.pence(), invoice)
        flash(f"Saved. The approver will see it without the rep’s name.{prices.over_policy(care)}")
    except EditConflict:
        return changed_meanwhile(care, form, late_cost=form)
    return redirect(url_for(ARRANGE, request_id=care.id))


@bp.post("/care/<uuid:request_id>/provider-told")
@allows(CARE_ARRANGE, one=requests_queries.request)
def provider_told(care: CareRequest) -> ResponseReturnValue:
    """Whoever was to come knows that it is cancelled."""
    version = VersionForm().version.data
    try:
        if care.status != CANCELLED or care.arranged_at is None:
            raise EditConflict
        actions.tell_provider(care, version)
        flash("Saved. Thank you.")
    except EditConflict:
        not_done(MEANWHILE)
    return redirect(url_for(ARRANGE, request_id=care.id))


@bp.post("/care/<uuid:request_id>/stand-aside")
@allows(CARE_ARRANGE, one=requests_queries.request)
def stand_aside(care: CareRequest) -> ResponseReturnValue:
    try:
        actions.stand_aside(care, viewer().id)
        flash("You have passed this to a colleague. Another officer will arrange what this rep requests.")
    except actions.OnlyOfficer:
        not_done("You are the only officer who can arrange this. An administrator can make someone else an officer.")
        return redirect(url_for(ARRANGE, request_id=care.id))
    return redirect(url_for("replacement_care.to_arrange"))


@bp.route("/boards/<board>/care/new", methods=["GET", "POST"])
@allows(CARE_ARRANGE, one=board_queries.board)
def ask_for_rep(board: Board) -> ResponseReturnValue:
    """A rep asked by telephone: the officer writes it down for them."""
    people = deputes.by_kind(board.id, clock.today())
    form = forms.for_rep_form([one for one in people if one[0] != viewer().id])
    person_id = next((key for key, _ in people if str(key) == form.person.data), None)
    if person_id and form.day.data:
        form.others = requests_queries.others_on(person_id, form.day.data, None)
    if form.validate_on_submit() and person_id:
        of = {"what": EVENT, "title": form.title.data, "meeting_id": None}
        one = requests_actions.ask(
            form.once.data, board.id, person_id, viewer().id, form.span(), {**form.typed(), **of}
        )
        told = emailed(board_queries.known_to(viewer(), board.id))
        flash(f"The request is saved. They can see it and change it. {told}")
        return redirect(url_for(ARRANGE, request_id=one.id))
    return render_template("replacement_care/arranging/for_rep.html", form=form, board=board)
