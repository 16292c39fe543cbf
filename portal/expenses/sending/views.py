"""Sending a claim, with an answer and receipts where an approver asked for them; and withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CLAIMS_OWN
from portal.expenses.blueprint import bp
from portal.expenses.claims import actions, forms, queries, receipts
from portal.expenses.claims.checked import check_box
from portal.expenses.claims.moved_on import not_kept
from portal.expenses.claims.rules import OPEN_TO_CHANGE, QUERIED, names_of
from portal.expenses.claims.views import SENT_MEANWHILE, change, own_page, problems_now, to_claim
from portal.expenses.policies import queries as policies_queries
from portal.expenses.questions import actions as questions_actions
from portal.expenses.questions import queries as questions_queries
from portal.infra.forms import VersionForm
from portal.infra.guard import allows
from portal.infra.versions import EditConflict
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from portal.expenses.models import Claim, ClaimLine
    from portal.papers.uploads import AcceptedFile

    Files = list[tuple[ClaimLine, AcceptedFile]]  # each receipt that came, with the expense it is for


TICK_COPIED = "Check the expenses copied from last time, then tick the box"


@bp.post("/claims/<uuid:claim_id>/send")
@allows(CLAIMS_OWN, one=queries.claim, body_limit="receipts_request_bytes")
def send(claim: Claim) -> ResponseReturnValue:
    """All that stands in the way is said at once: what is wrong with the answer, its receipts and the claim."""
    lines = queries.lines(claim.id)
    about, names = questions_queries.lines_asked_about(claim, lines), names_of(queries.named(lines))
    form, was_asked = forms.send_form(about, names), claim.status == QUERIED
    if "then" in request.form and was_asked:
        return _keep_and_go(claim, form, _checked(form, about, names))
    is_right, files = form.validate_on_submit(), _checked(form, about, names)
    if not is_right or files is None:
        return own_page(claim, problems_now(claim, lines, queries.receipts(claim.id)), form)
    if not was_asked and any(one.is_copied for one in lines) and not form.copied.data:
        form.refuse("copied", TICK_COPIED)
        return own_page(claim, [TICK_COPIED, *problems_now(claim, lines, queries.receipts(claim.id))], form)
    try:
        _send(claim, form, files)
        policy = policies_queries.policy_on(claim.board_id, claim.happened_on)
        answered = was_asked and bool(form.answer.data)
        facts = {"claim": claim, "policy": policy, "answered": answered, "was_asked": was_asked}
        return render_template("expenses/claims/sent.html", **facts)
    except actions.NotReady as problem:
        return own_page(claim, problem.sentences, form)
    except EditConflict:
        return _changed_meanwhile(claim, form)


def _keep_and_go(claim: Claim, form: forms.SendForm, files: Files | None) -> ResponseReturnValue:
    """Something else first: the answer as far as it is typed is kept, and so are the receipts beside it."""
    questions_actions.keep_answer(claim, forms.answer_typed())
    if files is None:
        return own_page(claim, form=form)
    try:
        if files:
            _say_renamed(receipts.add_with_answer(claim, form.version.data, files))
    except EditConflict:
        return _changed_meanwhile(claim, form)
    return redirect(_next_page(claim, request.form["then"]))


def _next_page(claim: Claim, then: str) -> str:
    """'new', 'withdraw', the id of a line to change, or 'receipt:' and that of one to remove."""
    if then == "withdraw":
        return url_for("expenses.withdraw", claim_id=claim.id)
    if then in {str(one.id) for one in queries.lines(claim.id)}:
        return url_for("expenses.change_line", line_id=UUID(then))
    receipts_now = {f"receipt:{one.id}": one for found in queries.receipts(claim.id).values() for one in found}
    if then in receipts_now:
        return url_for("expenses.remove_receipt", receipt_id=receipts_now[then].id)
    return url_for("expenses.new_line", claim_id=claim.id)


def _checked(form: forms.SendForm, about: Sequence[ClaimLine], names: Mapping[UUID, str]) -> Files | None:
    """The receipts that came for each expense; None when one is refused, which is said beside its box."""
    found: Files = []
    refused: dict[UUID, str] = {}
    for line in about:
        if box := form.receipts.by_id.get(line.id):
            files, problems = check_box(box)
            found += [(line, one) for one in files]
            refused |= {line.id: f"{names[line.id]}: {'. '.join(problems)}"} if problems else {}
    if refused:
        form.receipts.refuse(refused)
    return None if refused else found


def _send(claim: Claim, form: forms.SendForm, files: Files) -> None:
    """Receipts that came along are saved, whether or not the claim can be sent yet."""
    version = form.version.data
    if files:
        _say_renamed(receipts.add_with_answer(claim, version, files))
        version = claim.version
        form.version.take(version)
        for box in form.receipts:
            box.data = []
    actions.send(claim, version, form.answer.data or "")


def _say_renamed(words: str) -> None:
    if words:
        flash(words)


def _changed_meanwhile(claim: Claim, form: forms.SendForm) -> ResponseReturnValue:
    """The claim as it is now, with what was typed while it can still be sent."""
    if claim.status not in OPEN_TO_CHANGE and form.answer.data:
        return not_kept(claim, form, url_for("expenses.show", claim_id=claim.id))
    not_done(SENT_MEANWHILE)
    if claim.status not in OPEN_TO_CHANGE:
        return to_claim(claim)
    form.version.take(claim.version)
    return own_page(claim, form=form)


@bp.route("/claims/<uuid:claim_id>/withdraw", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=queries.claim)
def withdraw(claim: Claim) -> ResponseReturnValue:
    """Where a question waits it is asked first, with an answer that was typed and not sent: that goes with it."""
    if request.method == "GET":
        if claim.status != QUERIED:
            return to_claim(claim)
        answer = questions_queries.answer_begun(claim)
        return render_template("expenses/claims/withdraw.html", claim=claim, answer=answer)
    version = VersionForm().version.data
    back = url_for("expenses.index")
    return change(claim, lambda: actions.withdraw(claim, version), "You withdrew the claim.", back)
