"""Choosing which lines of the trail to read."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import request

from portal.audit.queries import Wanted
from portal.core.events import every_event
from portal.infra import forms
from portal.infra.fields import date_fields


class WantedForm(forms.Form):
    """Sent with GET, so that an answer can be bookmarked; it changes nothing and needs no token."""

    class Meta:
        csrf = False

    first = date_fields.day("From", hint="The first day", called="The first day", asks=date_fields.PAST)
    last = date_fields.day("Until", hint="The last day", called="The last day", asks=date_fields.PAST)
    person = forms.select("Who", "Select someone from the list", may_be_empty=True)
    event = forms.select("What", "Select something from the list", may_be_empty=True)

    def wanted(self) -> Wanted | None:
        """What was chosen; None, and errors beside the fields, when some of it cannot be read."""
        if not self.validate():
            return None
        person = UUID(self.person.data) if self.person.data else None
        return Wanted(self.first.data, self.last.data, self.event.data, person)


def wanted_form(people: list[tuple[str, str]], kinds: Collection[str]) -> WantedForm:
    """`kinds` are the names of the events that there are lines of: nothing else is offered."""
    form = WantedForm(request.args)
    form.person.choices = [("", "Everyone"), *people]
    form.event.choices = [("", "Everything"), *_by_sentence({*kinds, request.args.get("event", "")})]
    form.person.data, form.event.data = form.person.data or "", form.event.data or ""
    return form


def _by_sentence(kinds: set[str]) -> list[tuple[str, str]]:
    """Of some events what each says, by that; what was chosen before stays, though there may be no line of it."""
    found = ((kind.__name__, kind.sentence) for kind in every_event() if not kinds.isdisjoint(kind.names))
    return sorted(found, key=lambda one: one[1])
