"""A board's expenses policy as its members and the public read it, and as approvers and administrators write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_READ, POLICY_WRITE
from portal.boards import queries as board_queries
from portal.boards.joined import compared
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.expenses.blueprint import bp
from portal.expenses.categories import BY_KEY, CATEGORIES
from portal.expenses.policies import actions, comparing, forms, publishing, queries
from portal.expenses.policies.queries import as_terms
from portal.expenses.policies.wording import SEEN_BY, limit_beside_rate
from portal.expenses.told import emailed_by_name
from portal.infra.forms import VersionForm
from portal.infra.guard import allows, public, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.boards.models import Board
    from portal.expenses.models import ExpensePolicy
    from portal.expenses.policies.queries import DraftTerms
    from portal.expenses.pricing import Terms


@bp.get("/boards/<board>/expenses-policy")
@allows(BOARDS_READ, one=board_queries.board)
def policy(board: Board) -> ResponseReturnValue:
    """What is covered today, and every policy before and after it."""
    found = queries.policies(board.id)
    current = queries.policy_on(board.id, clock.today())
    return render_template(
        "expenses/policies/policy.html",
        board=board,
        policies=found,
        current=current,
        terms=queries.terms_of(board.id, [current.id])[current.id] if current else {},
        categories=CATEGORIES,
        draft=queries.draft_policy(board.id),
        changed=[(one, said) for one in _to_compare(found, current) if (said := comparing.changes_of(one))],
        today=clock.today(),
    )


def _to_compare(found: Sequence[ExpensePolicy], current: ExpensePolicy | None) -> list[ExpensePolicy]:
    """The policies to come, the next one first, and the one in force if it is new."""
    to_come = [one for one in reversed(found) if one.from_on > clock.today()]
    return to_come + ([current] if current and publishing.is_new(current) else [])


@bp.get("/public/expenses")
@public
def register() -> ResponseReturnValue:
    """Which board covers what; a board without a policy stands there too."""
    found = dict(queries.register())
    every = compared()
    boards = [(one, found.get(one.id)) for one in every.boards]
    return render_template(
        "expenses/policies/register.html", boards=boards, not_joined=every.not_joined, categories=CATEGORIES
    )


@bp.get("/boards/<board>/expenses-policy/write")
@allows(POLICY_WRITE, one=board_queries.board)
def write_policy(board: Board) -> ResponseReturnValue:
    """The draft as it is kept. Each of its parts is changed on a page of its own, so that no link throws words away."""
    draft = queries.draft_policy(board.id)
    if draft is None:
        return render_template("expenses/policies/begin_policy.html", board=board, form=VersionForm(), seen_by=SEEN_BY)
    said = ". ".join(one for one in (publishing.writer_words(draft, viewer().id), SEEN_BY) if one)
    return render_template("expenses/policies/write_policy.html", **_draft(board, draft), said=said)


def _draft(board: Board, draft: ExpensePolicy) -> PageFacts:
    """What pages of a draft show of it."""
    terms = queries.terms_of(board.id, [draft.id])[draft.id]
    return {"board": board, "draft": draft, "terms": terms, "categories": CATEGORIES}


@bp.route("/boards/<board>/expenses-policy/general", methods=["GET", "POST"])
@allows(POLICY_WRITE, one=board_queries.board)
def change_policy(board: Board) -> ResponseReturnValue:
    """What holds for all of the draft."""
    here, draft = url_for("expenses.write_policy", board=board.key), queries.draft_policy(board.id)
    if draft is None:
        return redirect(here)
    form = forms.policy_form(draft)
    if form.validate_on_submit():
        try:
            actions.change_draft(draft, form.version.data, form.typed())
            flash(f"Saved. {SEEN_BY}.")
            return redirect(here)
        except EditConflict:
            form.version.meet(draft.version)
    return render_template("expenses/policies/general.html", board=board, form=form, here=here)


@bp.post("/boards/<board>/expenses-policy/begin")
@allows(POLICY_WRITE, one=board_queries.board)
def begin_policy(board: Board) -> ResponseReturnValue:
    actions.begin_draft(board)
    return redirect(url_for("expenses.write_policy", board=board.key))


@bp.route("/boards/<board>/expenses-policy/terms/<category>", methods=["GET", "POST"])
@allows(POLICY_WRITE, one=queries.draft_terms)
def change_terms(found: DraftTerms) -> ResponseReturnValue:
    form, was = forms.terms_form(found.terms), as_terms(found.terms)
    form.say_what_limit_pays_for(comparing.terms_before(found.draft, found.terms.category) or was)
    here = url_for("expenses.write_policy", board=found.board.key)
    if form.validate_on_submit():
        try:
            actions.change_terms(found.draft, found.terms, form.typed(), form.version.data)
            flash(f"Saved: {BY_KEY[found.terms.category].words.lower()}.{_other_limit(form, was)}")
            return redirect(here)
        except EditConflict:
            form.version.meet(queries.version_of(found.draft, found.terms.category))
    return render_template(
        "expenses/policies/terms.html", form=form, board=found.board, category=BY_KEY[found.terms.category], here=here
    )


def _other_limit(form: forms.TermsForm, was: Terms) -> str:
    """That a limit pays for another time or distance, where the rate alone was changed."""
    now = form.terms
    if now.rate == was.rate or now.cap != was.cap:
        return ""
    said = limit_beside_rate(form.category, now, was)
    return f" The limit is the same: {said}." if said else ""


def _repriced(claims: int) -> str:
    """What a new policy changed of claims that are not sent yet."""
    if not claims:
        return ""
    return (
        f" We’ve changed the {'amount' if claims == 1 else 'amounts'} of {count_words(claims, 'claim')} not sent yet."
    )


@bp.route("/boards/<board>/expenses-policy/publish", methods=["GET", "POST"])
@allows(POLICY_WRITE, one=board_queries.board)
def publish_policy(board: Board) -> ResponseReturnValue:
    draft, form = queries.draft_policy(board.id), VersionForm()
    if draft is None:
        return redirect(url_for("expenses.policy", board=board.key))
    form = VersionForm(version=draft.version)
    if form.validate_on_submit():
        try:
            again = actions.publish(draft, form.version.data, draft.from_on)
            flash(f"The policy applies from {day_words(draft.from_on)}.{_repriced(again)} {emailed_by_name()}")
            return redirect(url_for("expenses.policy", board=board.key))
        except EditConflict:
            not_done("The draft was changed since you opened this page. Check it again.")
        except actions.AnotherPublishes:
            not_done("The policy is not published. Another person must do that.")
    left = publishing.left_to_another(draft, viewer().id, draft.from_on)
    is_past = draft.from_on < clock.today()
    facts = {"form": form, "left": left, "is_past": is_past, "changes": comparing.changes_of(draft)}
    return render_template("expenses/policies/publish_policy.html", **facts, **_draft(board, draft))


@bp.post("/boards/<board>/expenses-policy/discard")
@allows(POLICY_WRITE, one=board_queries.board)
def discard_policy(board: Board) -> ResponseReturnValue:
    draft, form = queries.draft_policy(board.id), VersionForm()
    if draft and form.validate_on_submit():
        try:
            actions.discard(draft, form.version.data)
            flash("Draft discarded.")
        except EditConflict:
            not_done("The draft was changed since you opened this page. Check it again.")
            return redirect(url_for("expenses.publish_policy", board=board.key))
    return redirect(url_for("expenses.policy", board=board.key))
