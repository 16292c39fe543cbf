"""How meetings are for reps, as a picture: of each question the answers that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from portal.core import charts
from portal.core.charts import Amount, Chart
from portal.core.nothing import WITHHELD
from portal.support_meetings.figures import FeedbackFigures
from portal.support_meetings.rules import ANSWERS


def of_feedback(found: Sequence[FeedbackFigures]) -> Chart | None:
    """Bars for all questions on one scale; of a question that is withheld there is one row, and nothing else."""
    amounts = [amount for one in found if one.people for amount in _amounts(one)]
    return charts.bars_of_amounts("What reps and deputes answered after meetings.", amounts)


def _amounts(one: FeedbackFigures) -> Iterable[Amount]:
    if all(number is None for number in one.counts.values()):
        return [Amount("All answers", None, why=WITHHELD, heading=one.question)]
    rows = [(words, one.counts[key]) for key, words in ANSWERS]
    return [
        Amount(words, number, str(number), WITHHELD, "" if place else one.question)
        for place, (words, number) in enumerate(rows)
    ]
