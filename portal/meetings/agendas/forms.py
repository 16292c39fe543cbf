"""What clerks paste, look at and correct to write an agenda quickly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields.checks import AtMost
from portal.infra.fields.each_field import Part, Thing, each
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.pasted_field import pasted
from portal.infra.merging_form import MergingForm
from portal.infra.web.interrupted_form import not_taken
from portal.meetings.agendas.as_typed import as_typed
from portal.meetings.agendas.asking import marks
from portal.meetings.agendas.drafts import RESTRICTED, Draft, Drafts
from portal.meetings.agendas.pasted import MOST_LINES, read_items
from portal.meetings.rules import EXEMPT_PARAGRAPHS, PURPOSES

if TYPE_CHECKING:
    from portal.meetings.agendas.queries import EarlierAgenda
    from portal.meetings.models import StandingItem

MOST_PASTED = 20_000
PRIVACY = (("", "Not said yet"), (RESTRICTED, "Restricted: not for publication"), ("public", "Public"))


def no_more_lines_than_items(_form: object, field: Field) -> None:
    read = read_items(field.data or "")
    if not read.items:
        raise ValidationError("Paste at least one item, each on a line of its own")
    if len(read.items) > MOST_LINES:
        raise ValidationError(f"Paste at most {MOST_LINES} items at once. There are {len(read.items)}")


class PasteForm(forms.Form):
    pasted = pasted(
        "Items, one on each line",
        "Paste the items of the agenda",
        MOST_PASTED,
        "Numbers, times, “for decision” and who presents an item are read where we can tell what they are. "
        "You can paste from Word, with its numbering or from a table. You’ll see everything before it is saved",
    )
    with_standing = forms.tick("Put the group’s standing items around it, if they are not in the list")

    def validate_pasted(self, field: Field) -> None:
        no_more_lines_than_items(self, field)


class _DraftForm(Part):
    adds = forms.tick("Put it on the agenda")
    title = forms.line("Title", most=300)
    number = forms.line("Number", most=20, hint="Leave blank to number the item by its place")
    purpose = forms.select("Purpose", "Select a purpose from the list", PURPOSES, may_be_empty=True)
    timing = forms.line("Time", most=40)
    presenter = forms.line("Presented by", most=120)
    is_verbal = forms.tick("Verbal item (no paper)")
    privacy = forms.select("Is it restricted?", choices=PRIVACY)
    paragraphs = forms.checkboxes("Paragraphs of Schedule 7A", [(p, f"{p}: {label}") for p, label in EXEMPT_PARAGRAPHS])

    def validate_title(self, field: Field) -> None:
        if self.adds.data and not field.data:
            raise ValidationError("Enter the title of the item")

    def validate_privacy(self, field: Field) -> None:
        if self.adds.data and not field.data:
            raise ValidationError("Choose whether it is restricted or public")

    def validate_paragraphs(self, field: Field) -> None:
        if self.adds.data and self.privacy.data == RESTRICTED and not field.data:
            raise ValidationError("Select at least one paragraph that allows it to be restricted")


class CheckForm(forms.Form):
    """Items before they are on the agenda, each with its boxes."""

    once = IdempotencyKey()
    shown = HiddenField()  # what the page asked about the numbers: see asking.py
    items = each(_DraftForm, may_be_missing=True)

    def validate(self, extra_validators: object = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if any(typed["adds"] for typed in self.items.data.values()):
            return True
        for first in list(self.items)[:1]:
            first.adds.errors = ["Tick at least one item"]
        not_taken()
        return False

    def was_asked(self, words: Sequence[str]) -> bool:
        """Whether all of this was said on the page that was sent."""
        if set(marks(words)) <= set((self.shown.data or "").split()):
            return True
        not_taken()
        return False

    def typed(self, found: Drafts) -> dict[UUID, Draft]:
        """Every item as it is in its boxes now."""
        return as_typed(found, self.items.data)

    def chosen(self, found: Drafts) -> list[Draft]:
        """Those that are ticked."""
        return [one for one in self.typed(found).values() if one.adds]


class CheckPastedForm(CheckForm):
    pasted = HiddenField(validators=[AtMost(max=2 * MOST_PASTED)])
    with_standing = HiddenField(validators=[AtMost(max=1)])


def things(drafts: Drafts) -> dict[object, Thing]:
    """What a form is made of: its rows by their keys, each called as its item is shown."""
    return {key: Thing(named(one), one.shown()) for key, one in drafts.items()}


def named(draft: Draft) -> str:
    return f"{draft.number} {draft.title}".strip()


def boxes_of(form: CheckForm, drafts: Drafts) -> CheckForm:
    """Ticks called like their items, so that a list is read at a glance; privacy only where it must be asked."""
    for key in form.items.things:
        boxes = form.items[key].form
        boxes.adds.label.text = named(drafts[key])
        if not drafts[key].asks_privacy:
            del boxes.privacy, boxes.paragraphs
    return form


def shown_as_typed(form: CheckForm, now: Drafts) -> Drafts:
    """After a mistake: ticks called as their boxes say, each with the number that it will have."""
    for key, one in now.items():
        form.items[key].form.adds.label.text = named(one)
    return now


class StandingItemForm(MergingForm):
    once = IdempotencyKey()
    title = forms.line("Title", "Enter the title of the item", most=300)
    purpose = forms.select("Purpose", "Select a purpose from the list", PURPOSES, may_be_empty=True)
    is_verbal = forms.tick("Verbal item (no paper)")
    is_at_end = forms.tick("Put it at the end of the agenda")
    place = forms.whole_number(
        "Number on the agenda", 1, 99, "For example, 4. Leave blank to put it first, or at the end", optional=True
    )

    def validate_place(self, field: Field) -> None:
        if field.data and self.is_at_end.data:
            raise ValidationError("Leave the number blank, or untick “Put it at the end of the agenda”")

    def typed(self) -> Typed:
        kept = ("title", "purpose", "is_verbal", "is_at_end")
        known = {name: self[name].data or (False if name.startswith("is_") else "") for name in kept}
        return {**known, "place": int(self.place.data or 0)}


def standing_item_form(item: StandingItem | None = None) -> StandingItemForm:
    """Empty, or as an item is kept."""
    if item is None:
        form = StandingItemForm()
        form.is_new()
        return form
    kept = {name: getattr(item, name) for name in ("title", "purpose", "is_verbal", "is_at_end")}
    return StandingItemForm(**kept, place=item.place or "")


def sources(earlier: Sequence[EarlierAgenda], words: Sequence[str], standing: int) -> list[tuple[str, str]]:
    """Where an agenda can be copied from, to choose from: the latest of the same kind first."""
    found = [(str(one.meeting.id), said) for one, said in zip(earlier, words, strict=True)]
    return [*found, (STANDING_ALONE, f"The standing items alone ({standing})")] if standing else found


STANDING_ALONE = "standing"
