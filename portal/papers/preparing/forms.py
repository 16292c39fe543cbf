"""What clerks type about papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.forms import SentForm
from portal.papers.destination import NOTHING_YET, Destination
from portal.papers.preparing.rules import CARER_IMPACT, EQUALITY, Sorted

if TYPE_CHECKING:
    from portal.papers.models import PaperVersion


class UploadForm(forms.Form):
    files = forms.files("Choose the PDF files", "You can choose several at once: up to 40 files, each up to 50 MB")


class PublishForm(forms.Form):
    version = forms.version()


class DetailsForm(forms.Form):
    title = forms.line("Title", "Enter the title of the paper", most=300)
    reference = forms.line("Reference", most=40, hint="For example, NIJB15-2026")
    author_post = forms.line("Who wrote it: their post", hint="For example, Chief Finance Officer. No name is needed")
    recommendations = forms.paragraphs("What it recommends", most=5000)
    carer_impact = forms.radios("Impact on carers", CARER_IMPACT, "Choose what the paper says of the impact on carers")
    equality = forms.radios("Equality impact assessment", EQUALITY, "Choose one")

    def typed(self) -> Typed:
        return {k: v or "" for k, v in self.data.items() if k != "csrf_token"}


def sorted_files(form: SentForm, versions: Sequence[PaperVersion], places: Iterable[Destination]) -> list[Sorted]:
    """What a clerk chose for each file, from the fields place-<id>, title-<id> and appendix-<id>.

    A place that is not on offer counts as not chosen.
    """
    decisions, on_offer = [], {str(place): place for place in places}
    for version in versions:
        place = on_offer.get(form.get(f"place-{version.id}", ""), NOTHING_YET)
        title = " ".join(form.get(f"title-{version.id}", "").split())[:300]
        decisions.append(Sorted(version.id, place, title, f"appendix-{version.id}" in form))
    return decisions
