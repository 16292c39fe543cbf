"""An agenda quickly: the last one again, or a pasted list, looked at before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import MEETINGS_MANAGE
from portal.core import clock
from portal.core.text import count_words, day_words
from portal.infra.guard import allows
from portal.infra.versions import held
from portal.infra.web.pages import PageFacts
from portal.meetings import queries
from portal.meetings.agendas import actions, drafts, forms
from portal.meetings.agendas import queries as agenda_queries
from portal.meetings.agendas.as_typed import changed_here, changed_there, numbered_then, shared_numbers
from portal.meetings.agendas.asking import asked_of, marks
from portal.meetings.agendas.drafts import Drafts
from portal.meetings.agendas.pasted import read_items
from portal.meetings.agendas.rules import whole_of
from portal.meetings.agendas.said import as_they_are, said_of_numbers
from portal.meetings.blueprint import bp
from portal.meetings.rules import CANCELLED, NOT_HELD, is_over, sits_again, why_agenda_fixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.meetings.agendas.queries import EarlierAgenda
    from portal.meetings.models import AgendaItem, Meeting

MOST_NAMED = 5
NOT_SO = {CANCELLED: "was cancelled", NOT_HELD: "did not take place"}  # of a meeting that has an agenda
OVER = "This meeting is over, so an earlier agenda cannot be copied to it. You can add items, or paste a list."


@bp.route("/meetings/<uuid:meeting_id>/agenda/copy", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting)
def copy_agenda(meeting: Meeting) -> ResponseReturnValue:
    if why_agenda_fixed(meeting) or is_over(meeting.starts_at, clock.now()):
        return _settled(meeting, OVER)
    earlier = agenda_queries.earlier_agendas(meeting)
    standing = agenda_queries.standing_items(meeting.board_id, meeting.group_id)
    source = _source(earlier, bool(standing))
    found = _behind_what_is_there(meeting, drafts.with_standing(_copied(earlier, source), standing))
    form = forms.boxes_of(forms.CheckForm(items=forms.things(found)), found)
    if (is_right := form.validate_on_submit()) and _is_agreed(meeting, form, found):
        return _added(meeting, form, found)
    choices = forms.sources(earlier, [_said(one) for one in earlier], len(standing))
    copied = next((one.meeting for one in earlier if str(one.meeting.id) == source), None)
    page = {"meeting": meeting, "form": form, "choices": choices, "source": source, "copied": copied, "not_so": NOT_SO}
    return render_template("meetings/agendas/copy.html", **page, **_rows(meeting, form, found, is_right))


def _settled(meeting: Meeting, otherwise: str = "") -> ResponseReturnValue:
    flash(why_agenda_fixed(meeting) or otherwise)
    return redirect(url_for("papers.meeting", meeting_id=meeting.id))


def _source(earlier: Sequence[EarlierAgenda], has_standing: bool) -> str:
    """Which agenda is copied: the one that was chosen, or else the last one."""
    on_offer = [str(one.meeting.id) for one in earlier] + [forms.STANDING_ALONE] * has_standing
    chosen = request.args.get("from", "")
    return chosen if chosen in on_offer else next(iter(on_offer), "")


def _copied(earlier: Sequence[EarlierAgenda], source: str) -> Drafts:
    chosen = [one.meeting for one in earlier if str(one.meeting.id) == source]
    return drafts.of_agenda(queries.items(chosen[0].id)) if chosen else {}


def _said(one: EarlierAgenda) -> str:
    not_held = f", {NOT_SO[one.meeting.status]}" if one.meeting.status in NOT_SO else ""
    writing = "" if one.is_known else ", not published yet"
    return f"{day_words(one.meeting.meets_on)} ({count_words(one.items, 'item')}{writing}{not_held})"


def _behind_what_is_there(meeting: Meeting, found: Drafts) -> Drafts:
    shown = drafts.as_they_will_be(found, *_there(meeting))
    return shown if sits_again(meeting) else drafts.with_early_times(shown, meeting.starts_at)


def _there(meeting: Meeting) -> tuple[Sequence[AgendaItem], int]:
    """What is on an agenda, and how many of these end it."""
    there = queries.items(meeting.id)
    return there, drafts.how_many_end_it(there, agenda_queries.standing_items(meeting.board_id, meeting.group_id))


def _last_number(items: Sequence[drafts.OfAgenda]) -> int:
    """The whole number after which the next item is numbered."""
    last = 0
    for item in items:
        last = whole_of(item.number, last)
    return last


def _added(meeting: Meeting, form: forms.CheckForm, found: Drafts) -> ResponseReturnValue:
    before = as_they_are(queries.items(meeting.id))
    chosen = form.chosen(found)
    number = actions.add_items(meeting, form.once.data, chosen)
    names = drafts.in_their_places([], [(one.title, one) for one in chosen])
    said = f": {'; '.join(names)}" if number <= MOST_NAMED else ""
    flash(f"{count_words(number, 'item was', 'items were')} added to the agenda{said}.")
    if changed := said_of_numbers(before, queries.items(meeting.id)):
        flash(changed)
    return redirect(url_for("papers.meeting", meeting_id=meeting.id, _anchor="agenda"))


@bp.route("/meetings/<uuid:meeting_id>/agenda/paste", methods=["GET", "POST"])
@allows(MEETINGS_MANAGE, one=queries.meeting)
def paste_agenda(meeting: Meeting) -> ResponseReturnValue:
    if why_agenda_fixed(meeting):
        return _settled(meeting)
    form = forms.PasteForm(with_standing=True)
    if request.args.get("again") != "yes" and form.validate_on_submit():
        return _check_pasted(meeting, form.pasted.data, form.with_standing.data)
    has_standing = bool(agenda_queries.standing_items(meeting.board_id, meeting.group_id))
    return render_template("meetings/agendas/paste.html", meeting=meeting, form=form, has_standing=has_standing)


@bp.post("/meetings/<uuid:meeting_id>/agenda/paste/check")
@allows(MEETINGS_MANAGE, one=queries.meeting)
def add_pasted(meeting: Meeting) -> ResponseReturnValue:
    if why_agenda_fixed(held(meeting)):
        return _settled(meeting)
    typed = request.form.get("pasted", ""), bool(request.form.get("with_standing"))
    found = _pasted(meeting, *typed)
    form = forms.boxes_of(forms.CheckPastedForm(items=forms.things(found)), found)
    if (is_right := form.validate_on_submit()) and _is_agreed(meeting, form, found):
        return _added(meeting, form, found)
    return _shown_to_check(meeting, form, found, is_right)


def _pasted(meeting: Meeting, pasted: str, with_standing: bool) -> Drafts:
    there, ending = _there(meeting)
    last = _last_number(there[: len(there) - ending])  # the list goes before what ends the agenda
    standing = agenda_queries.standing_items(meeting.board_id, meeting.group_id) if with_standing else []
    found = drafts.of_pasted(read_items(pasted).items, last)
    return _behind_what_is_there(meeting, drafts.with_standing(found, standing))


def _check_pasted(meeting: Meeting, pasted: str, with_standing: bool) -> str:
    found = _pasted(meeting, pasted, with_standing)
    kept = {"pasted": pasted, "with_standing": "y" if with_standing else ""}
    form = forms.boxes_of(forms.CheckPastedForm(formdata=None, items=forms.things(found), **kept), found)
    return _shown_to_check(meeting, form, found)


def _shown_to_check(meeting: Meeting, form: forms.CheckForm, found: Drafts, is_right: bool = False) -> str:
    others = read_items(form.pasted.data or "").other_lines
    rows = _rows(meeting, form, found, is_right)
    changing = drafts.numbers_that_change(rows["drafts"])
    page: PageFacts = {"meeting": meeting, "form": form, "others": others, "changing": changing}
    return render_template("meetings/agendas/check.html", **page, **rows)


def _is_agreed(meeting: Meeting, form: forms.CheckForm, found: Drafts) -> bool:
    """Whether the page said whatever there is to ask about the numbers, before it was sent. Sent twice, it is."""
    is_twice = agenda_queries.is_added(form.once.data)
    return is_twice or form.was_asked(asked_of(form.typed(found), *_there(meeting)).words)


def _rows(meeting: Meeting, form: forms.CheckForm, found: Drafts, is_asked: bool) -> PageFacts:
    """The items, after a mistake as they were typed; which share a number, and which are shown open.

    Where nothing but the numbers is asked, with the agenda as it will be.
    """
    there, ending = _there(meeting)
    now = forms.shown_as_typed(form, numbered_then(form.typed(found), there, ending)) if form.items.data else found
    shared = shared_numbers(now, there, ending)
    moved = changed_there(now, there, ending)
    asked = asked_of(now, there, ending)
    form.shown.data = " ".join(marks(asked.words))
    page = {"asked": asked.words, "will_be": asked.agenda if is_asked else []}
    return {"drafts": now, "shared": shared, "opened": changed_here(found, now), "changed_there": moved, **page}
