"""Withdrawing papers, putting them back, and asking who downloaded what held personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import DOWNLOADS_ASK, PAPERS_READ, PAPERS_WITHDRAW
from portal.boards import queries as board_queries
from portal.core.names import name_key
from portal.infra.forms import VersionForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.reading import queries as reading
from portal.papers.withdrawing import actions, emails, forms, queries
from portal.papers.withdrawing import copies as those_of_board
from portal.papers.withdrawing.rules import REASON_NOW, Told, basis_words, going, may_withdraw, target_words
from portal.papers.withdrawing.told import told_beforehand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.boards.models import Board
    from portal.meetings.models import Meeting
    from portal.papers.models import DownloadsRequest, Paper, PaperVersion, Withdrawal

NOTHING_TO_WITHDRAW = "There is nothing to withdraw: it is not published, or was withdrawn already."
CHANGED = (
    "The papers of this meeting were changed since you opened this page. Check it, and withdraw it if you still need to"
)


@bp.route("/papers/<uuid:paper_id>/withdraw", methods=["GET", "POST"])
@allows(PAPERS_WITHDRAW, one=reading.paper, see=PAPERS_READ)
def withdraw(paper: Paper) -> ResponseReturnValue:
    versions = queries.versions(paper.id)
    chosen = forms.reason_form(versions)
    if not any(map(may_withdraw, versions)):
        here = url_for("papers.show", paper_id=paper.id)
        return moved_on(NOTHING_TO_WITHDRAW, here, "See the paper as it is now", [*chosen, *forms.WithdrawForm()])
    if not chosen.validate_on_submit():
        return render_template("papers/withdrawing/reason.html", form=chosen, paper=paper)
    is_sent = "version" in request.form
    copies = _copies(paper, versions, chosen)
    form = forms.withdraw_form(chosen, paper.title, paper.meeting.version, is_sent, bool(copies))
    if is_sent and form.validate() and _is_withdrawn(paper, chosen, form, copies):
        return redirect(url_for("papers.show", paper_id=paper.id))
    return _second_step(paper, chosen, form, copies)


def _copies(paper: Paper, versions: Sequence[PaperVersion], chosen: forms.ReasonForm) -> list[PaperVersion]:
    """Of what holds personal data: the same file, open on other meetings, as far as whoever looks may withdraw it."""
    if not chosen.is_for_personal_data:
        return []
    those = going(versions, chosen.target, chosen.reason.data)
    marks = [mark for one in those for mark in (one.sha256, one.source_sha256) if mark]
    found = those_of_board.published_copies(paper.board_id, marks, paper.id)
    return [one for one in found if can(viewer(), PAPERS_WITHDRAW, one.paper)]


def _second_step(
    paper: Paper,
    chosen: forms.ReasonForm,
    form: forms.WithdrawForm,
    copies: Sequence[PaperVersion],
) -> str:
    is_personal = chosen.is_for_personal_data
    told = told_beforehand(paper, chosen.target, chosen.reason.data, copies, is_personal)
    paper, meeting = queries.paper_by_id(paper.id), meeting_queries.meeting_by_id(paper.meeting_id)  # as before
    of_paper = {"paper": paper, "meeting": meeting, "board": board_queries.board_by_id(paper.board_id)}
    page = {
        "what": target_words(chosen.target),
        "why": REASON_NOW[chosen.reason.data],
        "waiting": [one for one in queries.versions(paper.id) if not one.is_published],
        **of_paper,
        "copies": _copies(paper, queries.versions(paper.id), chosen),
        "told": told[0],
        "told_of_copies": told[1],
    }
    return render_template("papers/withdrawing/withdraw.html", form=form, is_personal=is_personal, **page)


def _is_withdrawn(
    paper: Paper, chosen: forms.ReasonForm, form: forms.WithdrawForm, copies: Sequence[PaperVersion]
) -> bool:
    try:
        actions.withdraw(paper, form.version.data, chosen.target, chosen.reason.data, *form.typed())
        if "copies" in form and form.copies.data:
            actions.withdraw_copies(copies)
    except (EditConflict, actions.NothingToWithdraw):
        form.refuse(form.first_box, CHANGED)
        form.version.take(meeting_queries.meeting_by_id(paper.meeting_id).version)
        return False
    flash(f"Withdrawn. {emailed(board_queries.known_to(viewer(), paper.board_id))}")
    return True


@bp.route("/withdrawals/<uuid:withdrawal_id>/put-back", methods=["GET", "POST"])
@allows(PAPERS_WITHDRAW, one=queries.withdrawal)
def put_back(withdrawal: Withdrawal) -> ResponseReturnValue:
    """Asked first, as everyone who may read it is emailed. Why it cannot be stands on the page of the paper."""
    form, meeting = VersionForm(), meeting_queries.meeting_by_id(withdrawal.meeting_id)
    if why := queries.why_not_put_back(withdrawal):
        if request.method == "POST":
            flash(why)
    elif request.method == "GET":
        form.version.take(meeting.version)
        return _ask_to_put_back(withdrawal, meeting, form)
    else:
        flash(_put_back(withdrawal, form))
    return redirect(url_for("papers.show", paper_id=withdrawal.paper_id))


def _put_back(withdrawal: Withdrawal, form: VersionForm) -> str:
    try:
        actions.put_back(withdrawal, form.version.data if form.validate() else 0)
    except (EditConflict, actions.NothingToWithdraw):
        return "It was not put back, because someone changed the papers of this meeting. Check them and try again."
    return f"Readers can open it again. {emailed(board_queries.known_to(viewer(), withdrawal.board_id))}"


def _ask_to_put_back(withdrawal: Withdrawal, meeting: Meeting, form: VersionForm) -> str:
    """Who will be emailed comes from the same rule as the emails."""
    event = queries.put_back_event(withdrawal)
    told = board_queries.people_named(one.person_id for one in emails.whoever_can_open(event))
    return render_template(
        "papers/withdrawing/put_back.html",
        form=form,
        withdrawal=withdrawal,
        paper=queries.paper_by_id(withdrawal.paper_id),
        meeting=meeting,
        told=sorted(told.values(), key=name_key),
        numbers=event.versions,
        waiting=queries.waits_in_its_place(withdrawal.paper_id),
    )


@bp.get("/boards/<board>/withdrawn")
@allows(DOWNLOADS_ASK, one=board_queries.board)
def withdrawn(board: Board) -> ResponseReturnValue:
    found = queries.of_personal_data(board.id)
    titles = reading.titles(board.id, [one.paper_id for one, _ in found])
    return render_template("papers/withdrawing/withdrawn.html", board=board, found=found, titles=titles)


@bp.route("/withdrawals/<uuid:withdrawal_id>/downloads", methods=["GET", "POST"])
@allows(DOWNLOADS_ASK, one=queries.for_personal_data)
def downloads(withdrawal: Withdrawal) -> ResponseReturnValue:
    form = forms.DownloadsForm()
    if form.validate_on_submit():
        request = actions.ask_for_downloads(withdrawal, viewer(), form.reason.data)
        return redirect(url_for("papers.downloaded", request_id=request.id))
    return render_template("papers/withdrawing/downloads.html", form=form, **_about(withdrawal))


def _about(withdrawal: Withdrawal) -> dict[str, object]:
    titles = reading.titles(withdrawal.board_id, [withdrawal.paper_id])
    return {
        "withdrawal": withdrawal,
        "title": titles[withdrawal.paper_id],
        "meeting": meeting_queries.meeting_by_id(withdrawal.meeting_id),
        "board": board_queries.board_by_id(withdrawal.board_id),
        "kept": queries.file_kept(withdrawal.id),
    }


@bp.get("/downloads-requests/<uuid:request_id>")
@allows(DOWNLOADS_ASK, one=queries.request)
def downloaded(request: DownloadsRequest) -> ResponseReturnValue:
    withdrawal = queries.withdrawal_by_id(request.withdrawal_id)
    found = queries.downloads(withdrawal)
    return render_template(
        "papers/withdrawing/downloaded.html",
        request=request,
        found=found,
        names=board_queries.people_named(one.person_id for one in found),
        basis=basis_words(withdrawal.could_open, len(found)),
        told_words=lambda status: Told(status or "").words,
        **_about(withdrawal),
    )
