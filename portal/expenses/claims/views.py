"""A rep's own claims: what it cost, a line at a time, sent when they like."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for, can
from portal.access.permissions import CLAIMS_FOR_MEETING, CLAIMS_OWN, CLAIMS_READ
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import clean_file_name
from portal.expenses.blueprint import bp
from portal.expenses.categories import BY_KEY, CATEGORIES, Category
from portal.expenses.claims import actions, forms, queries, receipts
from portal.expenses.claims.checked import checked_files
from portal.expenses.claims.completeness import Receipts, lines_to_check
from portal.expenses.claims.listing import part_of_claims
from portal.expenses.claims.moved_on import not_kept, not_open
from portal.expenses.claims.prices import rate_of, terms_on
from portal.expenses.claims.rules import (
    DECIDED,
    DRAFT,
    NOTHING,
    OPEN_TO_CHANGE,
    SEEN_BY_BOARD,
    SENT,
    STATUS_WORDS,
    equal_lines,
    names_of,
    problems,
    shares,
)
from portal.expenses.claims.with_receipts import save_with_receipts
from portal.expenses.decisions.warnings import over_care
from portal.expenses.figures import queries as figures_queries
from portal.expenses.from_receipt.forms import receipt_form
from portal.expenses.policies import queries as policies_queries
from portal.expenses.questions import actions as questions_actions
from portal.expenses.questions import queries as questions_queries
from portal.infra.forms import ButtonForm, Form
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict, held
from portal.infra.web import downloads
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts
from portal.meetings import queries as meeting_queries
from portal.meetings.naming import name_on_day
from portal.replacement_care.policy import queries as care_policies

if TYPE_CHECKING:
    from portal.expenses.models import Claim, ClaimLine, Receipt
    from portal.meetings.models import Meeting

LOOK_BACK = timedelta(days=120)
CANNOT_BE_OPENED = "We cannot open this receipt. Whoever decides the claim can ask for a better one."
SENT_MEANWHILE = "This claim was sent, or changed on another screen, while you were here. This is how it is now."


@bp.get("/claims")
@allows(CLAIMS_OWN)
def index() -> ResponseReturnValue:
    found = queries.own_claims(viewer())
    claims = [one for one in found if one.status != "nothing"]
    part = part_of_claims(claims, request.args)
    return render_template(
        "expenses/claims/index.html",
        claims=part.rows,
        part=part,
        totals=queries.totals(one.id for one in found),
        words=STATUS_WORDS,
        decided=DECIDED,
        shares=shares,
        last_days=queries.last_days(found),
        today=clock.today(),
        year=figures_queries.own_year(viewer().id, clock.today()),
    )


def _meetings() -> PageFacts:
    """The meetings of the last four months at which somebody sat or stood in, the latest first."""
    found = meeting_queries.lately(viewer(), clock.today() - LOOK_BACK, clock.today())
    return {str(one.id): one for one in found if can(viewer(), CLAIMS_FOR_MEETING, one)}


def _named(meeting: Meeting, claimed: Mapping[UUID, str]) -> str:
    """A meeting to choose; of one that has a claim already, where that stands."""
    return f"{name_on_day(meeting)} ({claimed[meeting.id]})" if meeting.id in claimed else name_on_day(meeting)


@bp.route("/claims/new", methods=["GET", "POST"])
@allows(CLAIMS_OWN)
def new() -> ResponseReturnValue:
    meetings = _meetings()
    boards = {str(board_id): name for board_id, _, name in boards_for(viewer(), CLAIMS_OWN)}
    words = {**STATUS_WORDS, NOTHING: "You said that you have no expenses"}
    claimed = {one.meeting_id: words[one.status] for one in queries.own_claims(viewer()) if one.meeting_id}
    form = forms.new_claim_form([(key, _named(one, claimed)) for key, one in meetings.items()], list(boards.items()))
    form.first_days = {key: queries.role_began(viewer().id, UUID(key)) for key in boards}
    form.meeting_days = {key: one.meets_on for key, one in meetings.items()}
    if form.validate_on_submit():
        if form.is_meeting:
            meeting = meetings[form.what.data]
            if queries.claim_for_meeting(viewer().id, meeting.id):
                flash("There is one claim for each meeting. This is yours.")
            claim = actions.begin_for_meeting(meeting, viewer().id)
        else:
            typed = (form.what.data, form.title.data, form.happened_on.data)
            claim = actions.begin(form.once.data, UUID(form.board.data), viewer().id, *typed)
        return redirect(url_for("expenses.show", claim_id=claim.id))
    return render_template("expenses/claims/new.html", form=form, boards=boards)


@bp.get("/claims/<uuid:claim_id>")
@allows(CLAIMS_READ, one=queries.claim)
def show(claim: Claim) -> ResponseReturnValue:
    """One's own claim; an approver is led to the page on which they decide."""
    if claim.person_id != viewer().id:
        return redirect(url_for("expenses.decide", claim_id=claim.id))
    return own_page(claim)


def own_page(claim: Claim, sentences: list[str] | None = None, form: Form | None = None) -> str:
    lines, found = queries.lines(claim.id), queries.receipts(claim.id)
    named, about = queries.named(lines), questions_queries.lines_asked_about(claim, lines)
    names = names_of(named)
    return render_template(
        "expenses/claims/claim.html",
        claim=claim,
        lines=lines,
        receipts=found,
        categories=BY_KEY,
        words=STATUS_WORDS,
        form=form or forms.send_form(about, names, claim.version, questions_queries.answer_begun(claim)),
        names=names,
        equal=equal_lines(named),
        others=queries.of_same_event(claim, (DRAFT, *SEEN_BY_BOARD)),
        **questions_queries.on_page(claim, lines),
        asked_about={one.id: names[one.id] for one in about},
        copied_from=queries.own_claim_by_id(claim.person_id, claim.copied_from_id) if claim.copied_from_id else None,
        sums=shares(*(queries.totals([claim.id]).get(claim.id) or (0, 0, 0))),
        last_day=queries.last_days([claim]).get(claim.id),
        today=clock.today(),
        is_decided=claim.status in DECIDED,
        is_open=claim.status in OPEN_TO_CHANGE,
        over_care=over_care(claim, lines, "You claimed") if claim.status in (*OPEN_TO_CHANGE, SENT) else {},
        problems=sentences or problems_now(claim, lines, found),
        policy=policies_queries.policy_on(claim.board_id, claim.happened_on),
        refused=bool(sentences),
        board=board_queries.board_by_id(claim.board_id),
        by_receipt=None if lines or claim.status != DRAFT else receipt_form(claim),
    )


def problems_now(claim: Claim, lines: Sequence[ClaimLine], found: Receipts) -> list[str]:
    return problems(lines_to_check(lines, terms_on(claim), found), sum(one.covered for one in lines))


@bp.get("/claims/<uuid:claim_id>/claim.pdf")
@allows(CLAIMS_OWN, one=queries.claim)
def printed(claim: Claim) -> ResponseReturnValue:
    from portal.expenses.claims.pdf import printed as on_paper  # reportlab is heavy

    board = board_queries.board_by_id(claim.board_id)
    name = clean_file_name(f"Claim {claim.reference or claim.happened_on}.pdf")
    return downloads.as_file(on_paper(claim, queries.lines(claim.id), board.name), "application/pdf", name)


def to_claim(claim: Claim) -> ResponseReturnValue:
    return redirect(url_for("expenses.show", claim_id=claim.id))


def change(claim: Claim, do: Callable[[], None], words: str, then: str = "") -> ResponseReturnValue:
    """Do something to a claim and say so; or, when it changed meanwhile, say that and show it."""
    try:
        do()
    except EditConflict:
        not_done(SENT_MEANWHILE)
        return to_claim(claim)
    flash(words)
    return redirect(then) if then else to_claim(claim)


@bp.route("/claims/<uuid:claim_id>/lines/new", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=queries.claim, body_limit="receipts_request_bytes")
def new_line(claim: Claim) -> ResponseReturnValue:
    """First what kind of expense it is, then the questions of that kind (?category=)."""
    category = BY_KEY.get(request.args.get("category", ""))
    if claim.status not in OPEN_TO_CHANGE:
        return not_open(claim, category)
    if category is None:
        return category_page(claim, url_for("expenses.show", claim_id=claim.id))
    return line_page(claim, category, None, url_for("expenses.show", claim_id=claim.id))


def category_page(claim: Claim, here: str) -> str:
    """Which kind of expense; `here` is the page of the claim."""
    form = forms.CategoryForm(request.args)
    if "asked" in request.args:
        form.validate()
    look = terms_on(claim)
    said = {one.key: look(one.key, claim.happened_on) for one in CATEGORIES}
    return render_template(
        "expenses/claims/choose_category.html", claim=claim, form=form, categories=CATEGORIES, said=said, here=here
    )


@bp.route("/claim-lines/<uuid:line_id>/change", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=queries.line, body_limit="receipts_request_bytes")
def change_line(line: ClaimLine) -> ResponseReturnValue:
    claim = held(queries.claim(viewer(), line.claim_id)) or abort(404)
    if claim.status not in OPEN_TO_CHANGE:
        return not_open(claim, BY_KEY[line.category])
    return line_page(claim, BY_KEY[line.category], line, url_for("expenses.show", claim_id=claim.id))


def line_page(claim: Claim, category: Category, line: ClaimLine | None, here: str) -> ResponseReturnValue:
    """The questions of one kind of expense, and keeping the answers; `here` is the page of the claim."""
    form = forms.line_form(category, held(line), claim.happened_on)
    form.first_day = queries.role_began(claim.person_id, claim.board_id)
    day = form.spent_on.data or (line.spent_on if line else claim.happened_on)
    said = policies_queries.said_on(claim.board_id, [(category.key, day)]).get((category.key, day))
    form.by_policy(rate_of(claim, category.key), day, said is not None and said.terms.is_covered)
    tenths_before = line.tenths if line else 0
    is_right, files = form.validate_on_submit(), checked_files(form) if form.is_submitted() else None
    if is_right and files is not None:
        key = line.id if line else form.once.data
        try:
            renamed = save_with_receipts(claim, key, {**form.typed(), "category": category.key}, files)
            for words in filter(None, (form.said_back(tenths_before), renamed)):
                flash(words)
        except EditConflict:
            return not_kept(claim, form, here)
        return redirect(here)
    there = queries.receipts(claim.id).get(line.id, []) if line else []
    form.has_receipts(bool(there))
    return render_template(
        "expenses/claims/line.html",
        form=form,
        claim=claim,
        category=category,
        said=said,
        here=here,
        care_policy=care_policies.policy(claim.board_id),
        day=day,
        kept=there,
        is_own=claim.person_id == viewer().id,
    )


@bp.post("/claim-lines/<uuid:line_id>/remove")
@allows(CLAIMS_OWN, one=queries.line)
def remove_line(line: ClaimLine) -> ResponseReturnValue:
    claim = queries.claim(viewer(), line.claim_id) or abort(404)
    questions_actions.keep_answer(claim, forms.answer_typed())
    return change(claim, lambda: actions.remove_line(claim, line), "Removed.")


@bp.get("/receipts/<uuid:receipt_id>/file")
@allows(CLAIMS_READ, one=queries.receipt, audited=True)
def receipt(receipt: Receipt) -> ResponseReturnValue:
    try:
        return with_receipt(receipt)
    except receipts.CannotBeOpened:
        not_done(CANNOT_BE_OPENED)
        return redirect(url_for("expenses.show", claim_id=receipt.claim_id))


def with_receipt(receipt: Receipt) -> ResponseReturnValue:
    """The file as a download."""
    return as_download(receipt, receipts.open_receipt(receipt))


def as_download(receipt: Receipt, content: bytes) -> Response:
    return downloads.as_file(content, receipt.kind, receipt.file_name)


@bp.route("/receipts/<uuid:receipt_id>/remove", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=queries.receipt)
def remove_receipt(receipt: Receipt) -> ResponseReturnValue:
    claim = queries.claim(viewer(), receipt.claim_id) or abort(404)
    if request.method == "GET":
        if claim.status not in OPEN_TO_CHANGE:
            return to_claim(claim)
        names = names_of(queries.named(queries.lines(claim.id)))
        facts = {"receipt": receipt, "claim": claim, "name": names[receipt.line_id], "form": ButtonForm()}
        return render_template("expenses/claims/remove_receipt.html", **facts)
    return change(claim, lambda: receipts.remove_receipt(claim, receipt), f"Receipt removed: {receipt.file_name}.")
