"""Getting fewer emails by the link in one of them, without signing in: on a page, or by the button of a mailbox."""

from __future__ import annotations

from uuid import UUID

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts import actions as account_actions
from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.accounts.rules import ONLY_NEEDED
from portal.infra.forms import ButtonForm
from portal.infra.guard import SAFE_METHODS, by_link
from portal.infra.unit_of_work import acting
from portal.notifications.blueprint import bp
from portal.notifications.rules import UNSUBSCRIBE, mark_of_address

ONE_CLICK = ("List-Unsubscribe", "One-Click")  # RFC 8058: what the button of a mailbox sends, and nothing else


def _reader(person_id: UUID, mark: str) -> Person | None:
    """To whom the email went, while it is their address and their account is open."""
    person = accounts.person(person_id)
    if person is None or person.disabled_at or mark != mark_of_address(person.email):
        return None
    return person


@bp.route("/fewer-emails/<token>", methods=["GET", "POST"])
@by_link(UNSUBSCRIBE, _reader, dead="notifications/dead_link.html")
def fewer(person: Person) -> ResponseReturnValue:
    """A GET changes nothing: programs open links too."""
    if request.method in SAFE_METHODS:
        return render_template("notifications/fewer.html", form=ButtonForm(), is_done=False)
    if not _is_one_click():
        current_app.extensions["csrf"].protect()
    acting.set(person.id)
    account_actions.set_preferences(person, ONLY_NEEDED, person.minutes_per_page)
    return render_template("notifications/fewer.html", form=None, is_done=True)


def _is_one_click() -> bool:
    """Whether a mailbox sends this for its owner, who signed in there: it has no cookie and no token of ours."""
    name, value = ONE_CLICK
    return request.form.get(name) == value
