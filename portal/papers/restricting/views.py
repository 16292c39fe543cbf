"""The page on which an item that is published is restricted, or that is lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import ITEMS_RESTRICT
from portal.boards import queries as boards
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.meetings import queries as meetings
from portal.meetings.rules import item_words
from portal.papers.blueprint import bp
from portal.papers.restricting import actions, forms
from portal.papers.restricting.queries import who_will_read

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem

NOT_PUBLISHED = "This item is not published yet, so you can say here whether it is restricted."


@bp.route("/items/<uuid:item_id>/restriction", methods=["GET", "POST"])
@allows(ITEMS_RESTRICT, one=meetings.item)
def restriction(item: AgendaItem) -> ResponseReturnValue:
    """What is shown of who can read it holds for what is saved: whoever comes second sees the page anew."""
    if item.published_at is None:
        not_done(NOT_PUBLISHED)
        return redirect(url_for("meetings.change_item", item_id=item.id))
    form, changed = forms.restriction_form(item), False
    if form.validate_on_submit():
        try:
            flash(f"{_saved(item, form)} {emailed(boards.known_to(viewer(), item.board_id))}")
            return redirect(url_for("papers.meeting", meeting_id=item.meeting_id, _anchor=f"item-{item.id}"))
        except EditConflict:
            form, changed = forms.restriction_form(item), True
            form.version.take(meetings.meeting_by_id(item.meeting_id).version)
            form.shown.data = forms.does_to(item)
    page = {"item": item, "meeting": item.meeting, "who": who_will_read(item), "changed": changed}
    return render_template("papers/restricting/restriction.html", form=form, **page)


def _saved(item: AgendaItem, form: forms.RestrictionForm) -> str:
    called = item_words(item.number, item.title)
    if form.shown.data != forms.does_to(item):
        raise EditConflict
    if item.is_restricted:
        actions.lift(item, form.version.data)
        return f"The restriction is lifted: {called}."
    actions.restrict(item, form.version.data, form.paragraphs.data)
    return f"Restricted from now on: {called}."
