"""A form that could not be sent because its session had ended: kept for its person, sealed, and offered back to them.

It belongs to the person whose session had ended, and to nobody else who uses the same browser. Nothing that was typed
lies in the browser: its cookie holds an id and a moment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import Response, current_app, g, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import ColumnElement, ForeignKey, Text, delete, not_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Identified, Model, db, rows_changed
from portal.infra.sealed import CannotOpen, SealedData
from portal.infra.web.other_sites import is_from_another_site
from portal.infra.web.pages import PageFacts
from portal.infra.web.signed_in import is_known_to_be_signed_in, people

KEPT_FOR = timedelta(hours=2)
MOST_OF_ONE_PERSON = 10
MARK = "interrupted_form"  # in the cookie: the id under which this browser's forms are kept, and when the newest was
# What our own pages put into a form, beside ids.
HIDDEN_FIELDS = ("once", "version", "rows", "shown", "shown_title", "shown_appendix", "asked", "credential")
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TICKED = "y"


class InterruptedForm(Identified, Model):
    """What one person typed into one form, and where it was going."""

    __tablename__ = "interrupted_forms"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    cookie_id: Mapped[UUID] = mapped_column(index=True)  # the browser it was typed in, by the id in its cookie
    created_at: Mapped[datetime]
    sealed_path: Mapped[str] = mapped_column(Text)
    sealed_typed: Mapped[str] = mapped_column(Text)
    path = SealedData()
    typed = SealedData()


@dataclass(frozen=True)
class Typed:
    """What was typed into a form: every field in its order, and the names of fields in which files were selected."""

    fields: Sequence[tuple[str, str]] = ()
    file_fields: Sequence[str] = ()

    @property
    def is_worth_keeping(self) -> bool:
        """False for a button alone, which can be pressed again."""
        return bool(self.file_fields) or any(_is_of_a_person(name, value) for name, value in self.fields)

    @property
    def words(self) -> list[str]:
        """What its person knows again: no ids, no versions, no ticks."""
        return [value for name, value in self.fields if _is_of_a_person(name, value) and value != TICKED]


@dataclass(frozen=True)
class Offer:
    """One form that its person can still send."""

    id: UUID
    path: str
    typed: Typed
    until: datetime


def _is_of_a_person(name: str, value: str) -> bool:
    return bool(value.strip()) and name not in HIDDEN_FIELDS and not AN_ID.fullmatch(value)


def typed_now() -> Typed:
    """What came with this request, secrets left out; nothing of a form on another site."""
    if is_from_another_site():
        return Typed()
    fields = [(name, value) for name, value in request.form.items(multi=True) if not is_secret(name)]
    chosen = [name for name, file in request.files.items(multi=True) if file.filename]
    return Typed(fields, list(dict.fromkeys(chosen)))


def is_secret(name: str) -> bool:
    """Whether what is typed in a field is never kept, nor shown."""
    return name in ("csrf_token", "code", "offered") or "password" in name


def keep() -> bool:
    """Keep what this request brought for the person of its ended session; False when nothing is kept."""
    typed, person_id = typed_now(), _person_of_session()
    if person_id is None or not typed.is_worth_keeping:
        return False
    mark = session.get(MARK) or {"id": uuid4()}
    _make_room(person_id)
    row = InterruptedForm(person_id=person_id, cookie_id=mark["id"], created_at=clock.now())
    row.path = request.path
    row.typed = json.dumps({"fields": typed.fields, "file_fields": typed.file_fields}, ensure_ascii=False)
    db.session.add(row)
    session[MARK] = {"id": mark["id"], "at": row.created_at}
    return True


def _person_of_session() -> UUID | None:
    """Whose session the word in the cookie belongs, or belonged, to; accounts know (see portal/identity.py)."""
    return people().person_of_session(session["_user_id"]) if "_user_id" in session else None


def _make_room(person_id: UUID) -> None:
    """One form for each address and browser, the newest; and a bound on what one person can fill the database with."""
    _remove(one.id for one in offers_to(person_id) if one.path == request.path)
    oldest = select(InterruptedForm.id).where(_is_of(person_id))
    oldest = oldest.order_by(InterruptedForm.created_at.desc(), InterruptedForm.id).offset(MOST_OF_ONE_PERSON - 1)
    _remove(db.session.scalars(oldest))


def _remove(ids: Iterable[UUID]) -> None:
    db.session.execute(delete(InterruptedForm).where(InterruptedForm.id.in_(list(ids))))


def _is_of(person_id: UUID) -> ColumnElement[bool]:
    return InterruptedForm.person_id == person_id


def is_waiting() -> bool:
    """Whether this browser's cookie says that a form waits; asks no database, as every page asks this."""
    return MARK in session and clock.now() < session[MARK]["at"] + KEPT_FOR


def offers_to(person_id: UUID) -> list[Offer]:
    """The forms of one person that this browser could not send in the last two hours, newest first."""
    if MARK not in session:
        return []
    here = (InterruptedForm.cookie_id == session[MARK]["id"], _is_of(person_id))
    rows = select(InterruptedForm).where(*here, InterruptedForm.created_at > clock.now() - KEPT_FOR)
    rows = rows.order_by(InterruptedForm.created_at.desc(), InterruptedForm.id)
    return [offer for row in db.session.scalars(rows) if (offer := _opened(row))]


def _opened(row: InterruptedForm) -> Offer | None:
    """None when its key is gone."""
    try:
        path, typed = row.path, json.loads(row.typed)
    except CannotOpen:
        return None
    fields = [(name, value) for name, value in typed["fields"]]
    return Offer(row.id, path, Typed(fields, typed["file_fields"]), row.created_at + KEPT_FOR)


def remove_offered(person_id: UUID, form_id: UUID | None) -> None:
    """Its person does not want one of them any more; without an id, none."""
    _remove(one.id for one in offers_to(person_id) if form_id in (one.id, None))


def not_taken() -> None:
    """Say that this request does not do what its form asked, though its answer is a page like any other."""
    g.form_not_taken = True


def remove_sent(response: Response) -> bool:
    """Remove what this request has sent, in its own transaction; True when nothing is left to offer in this browser."""
    is_sent = MARK in session and request.method == "POST" and _is_taken(response)
    if not is_sent or not is_known_to_be_signed_in() or current_user.session is None:  # None: signing in right now
        return False
    waiting = offers_to(current_user.person.id)
    left = [one for one in waiting if one.path != request.path]
    _remove(one.id for one in waiting if one not in left)
    return not left


def _is_taken(response: Response) -> bool:
    """Whether the form was accepted; whoever is asked for a password first has yet to send it."""
    return not g.get("form_not_taken") and not (response.location or "").startswith(url_for("accounts.prove"))


def forget_mark() -> None:
    """Nothing waits in this browser any more."""
    session.pop(MARK, None)


def hand_over(person_id: UUID) -> PageFacts:
    """As somebody signs in: what their new cookie says of their own forms. Those of anybody else are removed."""
    if MARK not in session:
        return {}
    here = InterruptedForm.cookie_id == session[MARK]["id"]
    db.session.execute(delete(InterruptedForm).where(here, not_(_is_of(person_id))))
    return {MARK: session[MARK]} if offers_to(person_id) else {}


def remove_of_browser() -> None:
    """Somebody signs out: what waited in this browser is removed."""
    if MARK in session:
        db.session.execute(delete(InterruptedForm).where(InterruptedForm.cookie_id == session[MARK]["id"]))
        forget_mark()


def remove_of_person(person_id: UUID) -> None:
    """Whatever waits for this person, in any browser."""
    db.session.execute(delete(InterruptedForm).where(_is_of(person_id)))


def remove_old() -> int:
    """Remove what was kept for two hours; how many."""
    return rows_changed(delete(InterruptedForm).where(InterruptedForm.created_at <= clock.now() - KEPT_FOR))


def is_lost() -> bool:
    """Whether somebody who had been signed in typed something that cannot be kept for them."""
    return "_user_id" in session and typed_now().is_worth_keeping


def show_not_saved() -> ResponseReturnValue:
    """Show what was typed, to be copied, and say that it is not saved."""
    page = page_to_return_to()
    return render_template("errors/not_saved.html", typed=typed_now(), page=page), 400


def page_to_return_to() -> str:
    """This address if it is a page; or else the page that its button was on, as the browser says; or else the first."""
    before = urlsplit(request.referrer or "")
    if _is_page(request.path):
        return request.path
    return before.path if before.netloc == request.host and _is_page(before.path) else "/"


def _is_page(path: str) -> bool:
    return path.startswith("/") and not path.startswith("//") and current_app.url_map.bind("").test(path, "GET")
