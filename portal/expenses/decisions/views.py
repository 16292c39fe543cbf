"""Approvers: what waits for a decision, and deciding on it a line at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CLAIMS_DECIDE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import together
from portal.expenses.blueprint import bp
from portal.expenses.categories import BY_KEY
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import (
    DECIDED,
    SEEN_BY_BOARD,
    SENT,
    STATUS_WORDS,
    WORDS_FOR_APPROVERS,
    Shares,
    changes,
    names_of,
    shares,
)
from portal.expenses.decisions import actions, all_right, closeness, forms, queries
from portal.expenses.decisions.attendance import known_of
from portal.expenses.decisions.proof import approved_unseen, unproven
from portal.expenses.decisions.rules import asks_for_receipt
from portal.expenses.decisions.warnings import comes_to_by_care_policy, warnings_of
from portal.expenses.policies import queries as policies_queries
from portal.expenses.policies.publishing import published_lately
from portal.expenses.questions import queries as questions_queries
from portal.expenses.told import emailed_by_name
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.replacement_care.policy import queries as care_policies

if TYPE_CHECKING:
    from portal.expenses.models import Claim, ClaimLine, FirstDecision, Receipt

    AnyForm = forms.DecisionForm | forms.QuestionForm

NEXT = " This is the next claim."
LOOK_FIRST = "There is something to check on this claim. Answer each expense below, then save the decision."
CHOSE_NO = "You chose no for an expense. Select Save my answers instead, or change your answer to yes."
MOVED_ON = "This claim was decided or changed since you opened this page."
MEANWHILE = "This claim was decided or changed since you opened this page. This is how it is now."


@bp.get("/claims/to-decide")
@allows(CLAIMS_DECIDE)
def to_decide() -> ResponseReturnValue:
    """What waits for a decision, and below it what waits for the answer of a rep."""
    found, waiting = queries.to_decide(viewer()), queries.waiting_for_answer(viewer())
    answered, asked = questions_queries.answered_and_waiting(one.id for one in (*found, *waiting))
    return render_template(
        "expenses/decisions/to_decide.html",
        claims=found,
        seconds=_seconds(found),
        waiting=waiting,
        totals=claims_queries.totals(one.id for one in found),
        answered=answered,
        asked=asked,
        today=clock.today(),
    )


def _seconds(claims: Sequence[Claim]) -> dict[UUID, str]:
    """Which claims wait for a second approver, and who that can be."""
    said = {}
    for claim in claims:
        first = claim.first if claim.first and claim.first.version == claim.version else None
        if first and first.by_id == viewer().id:
            others = together(list(closeness.who_else(claim, viewer().id).values()))
            said[claim.id] = f"You have decided. A second approver has to agree: {others}"
        elif first:
            is_left = closeness.is_left_to_others(claim, first.by_id, viewer().id)
            for_you = "another approver" if is_left else "you, or another approver,"
            said[claim.id] = f"{first.by.name} has decided. It needs {for_you} to agree"
    return said


@bp.route("/claims/<uuid:claim_id>/decide", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=claims_queries.claim)
def decide(claim: Claim) -> ResponseReturnValue:
    lines = claims_queries.lines(claim.id)
    first = queries.first_decision(claim)
    form = forms.decision_form(claim, lines, unproven(claim, lines), first.said if first else None)
    if request.method == "POST" and claim.status != SENT:
        return _moved_on(claim, form)
    is_whole = "everything" in request.form
    if is_whole and (why := _not_as_a_whole(claim, lines, form)):
        not_done(why)
        return _page(claim, lines, form)
    if not form.validate_on_submit():
        return _page(claim, lines, form)
    try:
        status = actions.decide(claim, form.version.data, viewer().id, form.said())
        if status == SENT:
            others = together(list(closeness.who_else(claim, viewer().id).values()))
            flash(
                f"{claim.reference}: your decision has been saved. It needs a second approver. Who can agree: {others}."
            )
            return redirect(url_for("expenses.to_decide"))
        following = all_right.next_to_decide(viewer()) if is_whole else None
        flash(f"{claim.reference}: {STATUS_WORDS[status].lower()}. {emailed_by_name()}{NEXT if following else ''}")
        return redirect(_decide_page(following) if following else url_for("expenses.to_decide"))
    except EditConflict:
        return _changed_meanwhile(claim, lines, form)
    except actions.NotIndependent:
        return _page(claim, lines, form)


def _decide_page(claim_id: UUID) -> str:
    return url_for("expenses.decide", claim_id=claim_id)


def _not_as_a_whole(claim: Claim, lines: Sequence[ClaimLine], form: forms.DecisionForm) -> str:
    """Why a claim cannot be approved with one button; '' where it can, and yes is then said to each line."""
    facts = _facts(claim, lines)
    if not all_right.is_all_right(facts, facts["attendance"]):
        return LOOK_FIRST
    return "" if all_right.say_yes(form) else CHOSE_NO


def _moved_on(claim: Claim, form: AnyForm) -> ResponseReturnValue:
    """It cannot be decided now: whatever was typed is shown, as it is not saved."""
    return moved_on(
        MOVED_ON, url_for("expenses.decide", claim_id=claim.id), f"See {claim.reference} as it is now", form
    )


def _changed_meanwhile(claim: Claim, lines: Sequence[ClaimLine], form: AnyForm) -> ResponseReturnValue:
    """The claim as it is now, with what was typed: if it can still be decided, that may be saved once more."""
    if claim.status != SENT:
        return _moved_on(claim, form)
    not_done(MEANWHILE)
    form.version.take(claim.version)
    return _page(claim, lines, form)


def _page(claim: Claim, lines: Sequence[ClaimLine], form: AnyForm, is_prepared: bool = False) -> str:
    """The lines to decide on, and a question to ask: one form, so that nothing typed is lost with the other."""
    facts = _facts(claim, lines)
    return render_template(
        "expenses/decisions/decide.html",
        claim=claim,
        lines=lines,
        form=form,
        is_prepared=is_prepared,
        is_all_right=all_right.is_all_right(facts, facts["attendance"]),
        today=clock.today(),
        is_helper=claim.helped_by_id == viewer().id,
        said=policies_queries.said_on(claim.board_id, [(one.category, one.spent_on) for one in lines]),
        names=names_of(claims_queries.named(lines, to_approver=True)),
        sums=_sums(lines),
        is_decided=claim.status in DECIDED,
        deciders=(deciders := queries.deciders(claim)),
        approved_unseen=approved_unseen(claim, lines, deciders),
        categories=BY_KEY,
        words=WORDS_FOR_APPROVERS,
        **facts,
    )


def _facts(claim: Claim, lines: Sequence[ClaimLine]) -> PageFacts:
    """What is known of a claim beside what it says itself: much of it to be looked at before a decision."""
    care, asked = care_policies.policy(claim.board_id), questions_queries.on_page(claim, lines)
    receipts = claims_queries.receipts(claim.id)
    return {
        **asked,
        "attendance": known_of(claim),
        "care_policy": care,
        "came_after": questions_queries.came_after(asked["questions"], receipts),
        "changes": changes(claim.before_lines, claim.sent_lines),
        "checked_by": _checked_by(receipts),
        "comes_to": comes_to_by_care_policy(lines, care),
        "new_policies": published_lately(claim.board_id, [claim.happened_on, *(one.spent_on for one in lines)]),
        "others": claims_queries.of_same_event(claim, SEEN_BY_BOARD),
        "receipts": receipts,
        "same_lines": queries.same_lines(claim),
        "same_receipts": queries.same_receipts(claim),
        "second": _second_name(claim),
        "unconfirmed": queries.unconfirmed(claim),
        "unproven": unproven(claim, lines),
        "warnings": warnings_of(claim, lines, care),
    }


def _checked_by(receipts: Mapping[UUID, Sequence[Receipt]]) -> dict[UUID, str]:
    """The names of the officers who opened what the approver cannot."""
    ids = {one.checked_by_id for found in receipts.values() for one in found if one.checked_by_id}
    return board_queries.people_named(ids) if ids else {}


@dataclass(frozen=True)
class SecondName:
    """Why one approver is not enough for a claim, what was said first, and who can agree to it."""

    first: FirstDecision | None
    is_own: bool  # whoever looks decided first
    names: list[str]
    cannot: list[str]  # whom this approver cannot ask, and why
    left_to_others: str  # why whoever looks cannot answer, as another did first; '' where they can


def _second_name(claim: Claim) -> SecondName | None:
    """None where the word of whoever looks is enough, or nothing is to be decided."""
    if claim.status != SENT or viewer().id in (claim.person_id, claim.helped_by_id):
        return None
    first, others = queries.first_decision(claim), closeness.who_else(claim, viewer().id)
    if first is None and not (others and closeness.is_close(claim, viewer().id)):
        return None
    is_own = first is not None and first.by_id == viewer().id
    left = closeness.is_left_to_others(claim, first.by_id, viewer().id) if first else ""
    names = closeness.who_else(claim, first.by_id) if first else others
    cannot = closeness.who_cannot(claim, viewer().id) if is_own or not first else []
    return SecondName(first, is_own, list(names.values()), cannot, left)


def _sums(lines: Sequence[ClaimLine]) -> Shares:
    """What was approved and what was not; what no policy covers is the rep's alone to know."""
    covered = sum(one.covered for one in lines)
    return shares(covered, covered, sum(one.approved or 0 for one in lines))


@bp.post("/claims/<uuid:claim_id>/ask")
@allows(CLAIMS_DECIDE, one=claims_queries.claim)
def ask(claim: Claim) -> ResponseReturnValue:
    """Hand the claim back with a question; with ?receipt= one that asks for a receipt is prepared, to be sent then."""
    lines = claims_queries.lines(claim.id)
    form = forms.question_form(claim, lines, unproven(claim, lines))
    if claim.status != SENT:
        return _moved_on(claim, form)
    if line := next((one for one in lines if str(one.id) == request.args.get("receipt")), None):
        name = names_of(claims_queries.named(lines, to_approver=True))[line.id]
        form.prepare(line.id, asks_for_receipt(claims_queries.receipts(claim.id)[line.id], name))
        return _page(claim, lines, form, is_prepared=True)
    if not form.validate_on_submit():
        return _page(claim, lines, form)
    try:
        actions.ask(claim, form.version.data, viewer().id, form.question.data, form.line_ids())
        told = emailed_by_name()
        flash(f"Your question has been sent. You can decide once it is answered. {told}")
    except EditConflict:
        return _changed_meanwhile(claim, lines, form)
    return redirect(url_for("expenses.to_decide"))


@bp.post("/claims/<uuid:claim_id>/ask-clerk")
@allows(CLAIMS_DECIDE, one=claims_queries.claim)
def ask_clerk(claim: Claim) -> ResponseReturnValue:
    """Ask the board's clerks who came, while that can still matter to the decision."""
    waits = queries.unconfirmed(claim) if claim.status == SENT else None
    if waits and waits.clerks and claim.meeting_id and actions.ask_clerks(claim.board_id, claim.meeting_id):
        flash(f"We’ve asked for attendance to be recorded. {emailed(waits.clerks)}")
    elif waits and waits.is_asked:
        flash("They have already been asked today.")
    return redirect(url_for("expenses.decide", claim_id=claim.id))
