"""The training passport: what somebody has learned, for whoever meets them next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from portal.core.text import day_words
from portal.infra.documents import printing
from portal.infra.documents.printing import Story
from portal.training.models import TrainingRecord
from portal.training.records.rules import CONFIRMED, until_words


def printed(name: str, records: Sequence[TrainingRecord], boards: Mapping[UUID, str], today: date) -> bytes:
    """The PDF of what an officer has confirmed."""
    confirmed = [one for one in records if one.status == CONFIRMED]
    subtitle = f"Confirmed by the boards named below. Printed on {day_words(today)}"
    return printing.document(f"Training passport of {name}", subtitle, _story(confirmed, boards, today))


def _story(records: Sequence[TrainingRecord], boards: Mapping[UUID, str], today: date) -> Story:
    if not records:
        yield printing.heading("Nothing is confirmed yet")
    for one in records:
        yield printing.heading(one.title)
        yield from printing.labelled(list(_lines(one, records, boards, today)))


def _lines(
    training: TrainingRecord, confirmed: Sequence[TrainingRecord], boards: Mapping[UUID, str], today: date
) -> Iterator[tuple[str, str]]:
    yield "Done on", day_words(training.done_on)
    if until := until_words(training, confirmed, today):
        yield "How long it counts", until[0].upper() + until[1:]
    by = training.confirmed_by.name if training.confirmed_by else "the board"
    yield "Confirmed by", f"{by}, {boards.get(training.board_id, '')}"
