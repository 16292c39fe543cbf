"""What clerks type about papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields.each_field import Part, Thing, each
from portal.infra.merging_form import MergingForm
from portal.infra.web.interrupted_form import not_taken
from portal.meetings.agendas.tails import paragraphs_in
from portal.meetings.rules import EXEMPT_PARAGRAPHS
from portal.papers.destination import Destination, Kind
from portal.papers.preparing.checks import called
from portal.papers.preparing.following import title_at
from portal.papers.preparing.rules import APPENDIX, CARER_IMPACT, EQUALITY, NO_PAPERS, PAPER_OR_APPENDIX, Sorted
from portal.papers.preparing.sorting import guess_of, places_for, title_of

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import Paper, PaperVersion
    from portal.papers.preparing.proposals import Proposal


SEVERAL = "You can choose several at once: up to 40 files, each up to 50 MB"
ONE_ALONE = "One file, up to 50 MB"
MAY_NOT_RESTRICT = "You cannot restrict an item. Ask the clerk of the board to do it before you publish"
SAVED_ELSEWHERE = "This was changed since you opened this page. Now saved: {}. Save again to keep what you chose here"
MEANWHILE = "We looked at the file again after you opened the page, and found another place"


class UploadForm(forms.Form):
    takes_others = False
    one_alone = "Choose the PDF file"
    files = forms.files("Choose the PDF files", SEVERAL)


class AnyUploadForm(UploadForm):
    """Where other files can be made PDFs."""

    takes_others = True
    one_alone = "Choose the PDF, Word or PowerPoint file"
    files = forms.files("Choose the PDF, Word or PowerPoint files", SEVERAL, accept=".pdf,.docx,.pptx")


class RemoveForm(forms.Form):
    """Nothing but that it is meant."""


class PublishForm(forms.Form):
    looked = forms.tick("")
    version = forms.version()
    shown = HiddenField()  # what the page said: see seen.py

    def validate_looked(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Tick the box once the places marked Unsure are right, or go back and change them")


def publish_form(version: int, guesses: int) -> PublishForm:
    """`guesses`: of how many files the place is a guess that no clerk has confirmed. Without any nothing is asked."""
    form = PublishForm(version=version)
    places = "place" if guesses == 1 else f"{guesses} places"
    form.looked.label.text = f"I have checked the {places} marked Unsure"
    if not guesses:
        del form.looked
    return form


class DetailsForm(MergingForm):
    not_saved = ("held_personal_data",)

    title = forms.line("Title", "Enter the title of the paper", most=300)
    reference = forms.line("Reference", most=40, hint="For example, NIJB15-2026")
    author_post = forms.line("Who wrote it: their post", hint="For example, Chief Finance Officer. No name is needed")
    recommendations = forms.paragraphs("What it recommends", most=5000)
    carer_impact = forms.radios(
        "Impact on carers", CARER_IMPACT, "Select what the paper says about the impact on carers"
    )
    equality = forms.radios("Equality impact assessment", EQUALITY, "Choose one")
    kind = forms.select("Paper or appendix", choices=PAPER_OR_APPENDIX)

    held_personal_data = forms.tick(
        "It held personal data", "Only say that it changed. What it said before goes from its page and the audit trail"
    )

    @property
    def is_protected(self) -> bool:
        return "held_personal_data" in self and bool(self.held_personal_data.data)

    def typed(self) -> Typed:
        typed = {k: v or "" for k, v in self.data.items() if k not in ("csrf_token", "version", "held_personal_data")}
        return typed if typed.get("kind") else {k: v for k, v in typed.items() if k != "kind"}


def details_form(paper: Paper, has_opened: bool) -> DetailsForm:
    """Nothing is said of what a paper was called before it was published.

    Once the meeting has begun it stays on record whether an item had more than an appendix.
    """
    form = DetailsForm(obj=paper)
    if has_opened or paper.kind in NO_PAPERS:
        del form.kind
    if not paper.first_published_on:
        del form.held_personal_data
    return form


@dataclass(frozen=True)
class Doubts:
    """What a name says against a place that a clerk chose: a day that is not that of the meeting."""

    days: Mapping[UUID, str] = field(default_factory=dict)  # by file, in words
    dated: Collection[UUID] = ()  # the papers of the meeting's own day

    def of(self, version_id: UUID, place: Destination) -> tuple[str, ...]:
        is_dated = place.kind in (Kind.MINUTES, Kind.AGENDA) or place.id in self.dated
        return (self.days[version_id],) if is_dated and version_id in self.days else ()


class _FileForm(Part):
    place = forms.select("Belongs to")
    title = forms.line("Title", most=300)
    appendix = forms.tick("It is an appendix")
    restricted = forms.tick("Its item is restricted")
    right = forms.tick("I have looked: this is right")
    shown = HiddenField()  # the place at which the page showed it, and its title and if it is an appendix
    shown_title = HiddenField()
    shown_appendix = HiddenField()

    def as_shown(self) -> tuple[str, str, bool]:
        """Place, title and whether it is an appendix, when the page was opened."""
        return self.shown.data or "", self.shown_title.data or "", bool(self.shown_appendix.data)

    def is_left_alone(self) -> bool:
        """Where no box for a title was shown, none was typed."""
        place, title, is_appendix = self.as_shown()
        is_same = (self.place.data or "") == place and (self.title.data or title) == title
        return is_same and self.appendix.data == is_appendix and not self.restricted.data

    def validate_title(self, field: Field) -> None:
        """A new version has the title of its paper; and where no box was shown, nothing was emptied."""
        if field.raw_data and not field.data and Destination.read(self.place.data or "").kind is not Kind.NEW_VERSION:
            raise ValidationError("Enter the title that readers will see")

    def validate_restricted(self, field: Field) -> None:
        if field.data and Destination.read(self.place.data or "").kind not in (Kind.ITEM, Kind.NEW_VERSION):
            raise ValidationError("Choose the item that is restricted. Only an item can be, with all its papers")


class _ExemptForm(Part):
    known = HiddenField()  # that the page has said what becomes restricted, and asked for this
    paragraphs = forms.checkboxes("Paragraphs of Schedule 7A", [(p, f"{p}: {label}") for p, label in EXEMPT_PARAGRAPHS])

    def validate_paragraphs(self, field: Field) -> None:
        if self.known.data and not field.data:
            raise ValidationError("Tick at least one paragraph that lets it be restricted")


class RestrictForm(forms.Form):
    """The items that a clerk ticked as restricted: nothing is saved before the page has said what that holds for."""

    exempt = each(_ExemptForm)

    def validate(self, extra_validators: object = None) -> bool:
        is_right = super().validate(extra_validators)
        is_known = all(one.known.data for one in self.exempt)
        if not is_known:
            not_taken()
        return is_right and is_known

    def paragraphs(self) -> dict[UUID, list[str]]:
        return {key: list(one["paragraphs"]) for key, one in self.exempt.data.items()}


def restrict_form(items: Sequence[AgendaItem], names: Mapping[UUID, Sequence[str]]) -> RestrictForm:
    """Of items that are to be restricted; what the names of their files say of paragraphs is ticked at first."""
    form = RestrictForm(exempt={one.id: Thing(called(one)) for one in items})
    for item in items:
        part = form.exempt[item.id]
        if not part.known.data:
            part.paragraphs.data = [one for name in names.get(item.id, ()) for one in paragraphs_in(name)]
    return form


class SortForm(forms.Form):
    files = each(_FileForm, may_be_missing=True)  # a file that came since is left as it is

    guesses: Mapping[
        UUID, tuple[Destination, tuple[str, ...]]
    ]  # the place that was proposed of each, and why not surely
    versions: Mapping[UUID, PaperVersion]
    items: Sequence[AgendaItem]
    saved: Mapping[UUID, tuple[str, str, bool]]  # place, title and if it is an appendix, of each that a clerk saved
    private: Mapping[UUID, str]  # the word by which a file says that it is private, where that was proposed
    may_restrict: bool
    doubts: Doubts

    def validate(self, extra_validators: object = None) -> bool:
        """Whoever may not restrict an item was shown no box for it: what is sent all the same is refused.

        Of a file that was saved elsewhere since, and that this page says something else of, both are said.
        """
        is_right = super().validate(extra_validators)
        overtaken = [key for key in self.overtaken() if not self.files[key].is_left_alone()]
        for key in overtaken:
            self._say_what_is_saved(key)
            not_taken()
            is_right = False
        refused = [] if self.may_restrict else [key for key, one in self.files.data.items() if one["restricted"]]
        for key in refused:
            self.files[key].restricted.errors = self.files.errors[str(key)] = [MAY_NOT_RESTRICT]
            not_taken()
        return is_right and not refused

    def sorted(self) -> list[Sorted]:
        """What a clerk chose for each file that was on the page; what was saved elsewhere since stays."""
        stays = self.overtaken()
        return [self._sorted(key, one) for key, one in self.files.data.items() if key not in stays]

    def overtaken(self) -> set[UUID]:
        """The files of which something else was saved since the page was opened."""
        known = [key for key, one in self.files.data.items() if one["shown"] is not None and key in self.saved]
        return {key for key in known if self.files[key].as_shown() != self.saved[key]}

    def _say_what_is_saved(self, key: UUID) -> None:
        """From here on the page knows it: sent once more, what is in the boxes is saved."""
        one, (place, title, is_appendix) = self.files[key], self.saved[key]
        words = dict(one.place.choices).get(place, "")
        kind = ", an appendix" if is_appendix else ""
        one.place.errors = self.files.errors[str(key)] = [SAVED_ELSEWHERE.format(f"{words}: “{title}”{kind}")]
        one.shown.data, one.shown_title.data, one.shown_appendix.data = place, title, "y" if is_appendix else ""

    def _sorted(self, key: UUID, said: Typed) -> Sorted:
        """A guess that was neither changed nor ticked stays one."""
        place, (guessed_place, why) = Destination.read(str(said["place"] or "")), self.guesses[key]
        before = Destination.read(str(said["shown"])) if said["shown"] is not None else guessed_place
        is_guess = place == before and not said["right"]
        guessed = (why if place == guessed_place else (MEANWHILE,)) if is_guess else ()
        if place != before and not said["right"]:
            guessed = self.doubts.of(key, place)
        title = title_at(self.versions[key], str(said["title"] or ""), before, place, self.items)
        return Sorted(key, place, title, bool(said["appendix"]), guessed, place != before)

    def new_titles(self, decided: Iterable[Sorted]) -> list[str]:
        """Titles that are other than the page showed them, as they follow what the file is."""
        typed = {key: str(one["title"] or "") for key, one in self.files.data.items()}
        return [one.title for one in decided if typed[one.version_id] and one.title != typed[one.version_id]]


def sort_form(
    versions: Sequence[PaperVersion],
    proposals: Mapping[UUID, Proposal],
    places: Sequence[tuple[Destination, str]],
    items: Sequence[AgendaItem],
    private: Mapping[UUID, str],
    may_restrict: bool,
    doubts: Doubts = Doubts(),
) -> SortForm:
    """A file's place, title, and if it is an appendix. A place that is not on offer counts as not chosen."""
    private = private if may_restrict else {}
    shown = {one.id: {**_shown(one, proposals.get(one.id)), "restricted": one.id in private} for one in versions}
    form = SortForm(files={one.id: Thing(one.file_name, shown[one.id]) for one in versions})
    for version in versions:
        form.files[version.id].place.choices = [(str(place), words) for place, words in places_for(version, places)]
    form.items, form.versions = items, {one.id: one for one in versions}
    form.private, form.may_restrict, form.doubts = private, may_restrict, doubts
    form.saved = {
        one.id: (str(one.place), one.paper.title, one.paper.kind == APPENDIX)
        for one in versions
        if one.id not in proposals and one.is_sorted
    }
    form.guesses = {one.id: _guess(one, proposals.get(one.id)) for one in versions}
    return form


def _guess(version: PaperVersion, proposal: Proposal | None) -> tuple[Destination, tuple[str, ...]]:
    return _place(version, proposal), guess_of(version, proposal)


def _place(version: PaperVersion, proposal: Proposal | None) -> Destination:
    return proposal.place if proposal else version.place


def _shown(version: PaperVersion, proposal: Proposal | None) -> Typed:
    """What a clerk said of it, and what they have not touched as it is proposed."""
    paper = version.paper
    place, title, is_appendix = str(_place(version, proposal)), paper.title, paper.kind == APPENDIX
    if proposal:
        title, is_appendix = title_of(version, proposal), proposal.is_appendix or is_appendix
    shown = {"shown": place, "shown_title": title, "shown_appendix": "y" if is_appendix else ""}
    return {**shown, "place": place, "title": title, "appendix": is_appendix}
