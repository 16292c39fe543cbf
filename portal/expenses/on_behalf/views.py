"""Officers: a claim for a rep who asked for it, and the receipts that may tell of somebody's care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_HELP
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import together
from portal.deputes import queries as deputes
from portal.expenses.blueprint import bp
from portal.expenses.categories import BY_KEY
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.claims.rules import SEEN_BY_BOARD, names_of
from portal.expenses.claims.views import (
    CANNOT_BE_OPENED,
    SENT_MEANWHILE,
    as_download,
    category_page,
    line_page,
    problems_now,
)
from portal.expenses.decisions.queries import deciders_of
from portal.expenses.decisions.warnings import over_care
from portal.expenses.on_behalf import forms, queries
from portal.expenses.on_behalf.rules import SHOWN_SENT, waits_for_rep, what_waits
from portal.expenses.questions.queries import lines_with_open_question
from portal.expenses.told import emailed_by_name
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict, held
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.expenses.models import Claim, Receipt
    from portal.expenses.on_behalf.queries import DraftLine


@bp.route("/boards/<board>/claims-for-reps", methods=["GET", "POST"])
@allows(CLAIMS_HELP, one=board_queries.board)
def for_reps(board: Board) -> ResponseReturnValue:
    """What this officer writes for others, and beginning one more."""
    people = deputes.by_kind(board.id, clock.today())
    others = [one for one in people if one[0] != viewer().id]
    form = forms.claim_for_rep_form(others, lambda person_id: claims_queries.role_began(person_id, board.id))
    if form.validate_on_submit():
        person_id = next(key for key, _ in people if str(key) == form.person.data)
        typed = (form.what.data, form.title.data, form.happened_on.data)
        draft = claims_actions.begin(form.once.data, board.id, person_id, *typed, helped_by_id=viewer().id)
        return redirect(url_for("expenses.for_rep", claim_id=draft.id))
    return render_template("expenses/on_behalf/for_reps.html", board=board, form=form, **_written(board))


def _written(board: Board) -> PageFacts:
    """What this officer writes, and what became of what they handed over."""
    handed_over = queries.handed_over(viewer(), board.id, clock.now() - SHOWN_SENT)
    waiting = [one for one in handed_over if waits_for_rep(one.status)]
    return {
        "drafts": queries.drafts_for_reps(viewer(), board.id),
        "waiting": waiting,
        "sent": [one for one in handed_over if one not in waiting],
        "what_waits": what_waits,
        "last_days": claims_queries.last_days(waiting),
        "sent_days": SHOWN_SENT.days,
    }


@bp.get("/claims-for-reps/<uuid:claim_id>")
@allows(CLAIMS_HELP, one=queries.draft_for_rep)
def for_rep(draft: Claim) -> ResponseReturnValue:
    lines = claims_queries.lines(draft.id)
    found = {
        "lines": lines,
        "names": names_of(claims_queries.named(lines)),
        "receipts": (receipts := claims_queries.receipts(draft.id)),
        "problems": problems_now(draft, lines, receipts) if lines else [],
        "over_care": over_care(draft, lines, "They claim"),
        "sent_already": claims_queries.of_same_event(draft, SEEN_BY_BOARD),
        "categories": BY_KEY,
    }
    board = board_queries.board_by_id(draft.board_id)
    return render_template("expenses/on_behalf/for_rep.html", claim=draft, board=board, **found)


@bp.route("/claims-for-reps/<uuid:claim_id>/lines/new", methods=["GET", "POST"])
@allows(CLAIMS_HELP, one=queries.draft_for_rep, body_limit="receipts_request_bytes")
def line_for_rep(draft: Claim) -> ResponseReturnValue:
    here, category = url_for("expenses.for_rep", claim_id=draft.id), BY_KEY.get(request.args.get("category", ""))
    return line_page(draft, category, None, here) if category else category_page(draft, here)


@bp.route("/claims-for-reps/lines/<uuid:line_id>/change", methods=["GET", "POST"])
@allows(CLAIMS_HELP, one=queries.line_for_rep, body_limit="receipts_request_bytes")
def change_line_for_rep(one: DraftLine) -> ResponseReturnValue:
    return line_page(
        held(one.draft), BY_KEY[one.line.category], one.line, url_for("expenses.for_rep", claim_id=one.draft.id)
    )


@bp.post("/claims-for-reps/lines/<uuid:line_id>/remove")
@allows(CLAIMS_HELP, one=queries.line_for_rep)
def remove_line_for_rep(one: DraftLine) -> ResponseReturnValue:
    claims_actions.remove_line(one.draft, one.line)
    flash("Removed.")
    return redirect(url_for("expenses.for_rep", claim_id=one.draft.id))


@bp.post("/claims-for-reps/<uuid:claim_id>/ask")
@allows(CLAIMS_HELP, one=queries.draft_for_rep)
def ask_rep(draft: Claim) -> ResponseReturnValue:
    """Hand it over: from now on it is the rep's alone."""
    board = board_queries.board_by_id(draft.board_id)
    if not claims_queries.lines(draft.id):
        not_done("Add an expense first.")
        return redirect(url_for("expenses.for_rep", claim_id=draft.id))
    try:
        claims_actions.ask_to_confirm(draft)
        flash(f"{draft.person.name} can now check it and send it. {emailed_by_name()}")
    except EditConflict:
        not_done(SENT_MEANWHILE)
    return redirect(url_for("expenses.for_reps", board=board.key))


@bp.get("/boards/<board>/care-receipts")
@allows(CARE_RECEIPTS_CHECK, one=board_queries.board)
def care_receipts(board: Board) -> ResponseReturnValue:
    """Those to check before the decision, and those that an approver paid without."""
    found = queries.care_receipts_to_check(viewer(), board.id)
    approved = queries.approved_unchecked(viewer(), board.id, clock.now() - SHOWN_SENT)
    by = deciders_of([claim for _, _, claim in approved])
    return render_template(
        "expenses/on_behalf/care_receipts.html",
        board=board,
        found=found,
        approved=approved,
        deciders={key: together(names) for key, names in by.items()},
        categories=BY_KEY,
        asked_about=lines_with_open_question([claim for _, _, claim in found], [line for _, line, _ in found]),
        places=queries.receipt_places([line.id for _, line, _ in [*found, *approved]]),
    )


@bp.get("/care-receipts/<uuid:receipt_id>/file")
@allows(CARE_RECEIPTS_CHECK, one=queries.care_receipt, audited=True)
def care_receipt(receipt: Receipt) -> ResponseReturnValue:
    try:
        return as_download(receipt, claims_receipts.open_receipt(receipt, viewer().id))
    except claims_receipts.CannotBeOpened:
        not_done(CANNOT_BE_OPENED)
        return redirect(url_for("expenses.care_receipts", board=board_queries.board_by_id(receipt.board_id).key))


@bp.post("/care-receipts/<uuid:receipt_id>/checked")
@allows(CARE_RECEIPTS_CHECK, one=queries.care_receipt)
def checked(receipt: Receipt) -> ResponseReturnValue:
    try:
        claims_receipts.check_care_receipt(receipt, viewer().id)
        flash("Saved. Approvers can see that you checked it, but not the receipt.")
    except claims_receipts.NotOpened:
        not_done("Open the receipt first, then confirm it.")
    return redirect(url_for("expenses.care_receipts", board=board_queries.board_by_id(receipt.board_id).key))
