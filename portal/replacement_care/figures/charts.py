"""What came of requests for care, as a picture: of each quarter or board, how many in a hundred were provided."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core import charts
from portal.core.charts import Chart, Row
from portal.core.disclosure import LEAST_PEOPLE
from portal.core.nothing import EMPTY
from portal.core.text import count_words
from portal.replacement_care.figures.queries import Care
from portal.replacement_care.requests.came_of import Outcome

KINDS = {
    Outcome.ARRANGED: "part",
    Outcome.NOT_BY_BOARD: "second",
    Outcome.NOT_PROVIDED: "fourth",
}
BELOW = (
    f"Shares are always shown. How many requests there were is shown only where {LEAST_PEOPLE} or more people asked "
    "for care."
)


def of_care(rows: Sequence[tuple[str, Care, str]]) -> Chart | None:
    """Of each (name, its figures, the address of its page); None where nobody asked for care."""
    asked = sum(care.asked for _, care, _ in rows)
    if not asked:
        return None
    arranged = round(100 * sum(care.arranged for _, care, _ in rows) / asked)
    drawn = tuple(_row(*one) for one in rows)
    kinds = {span.kind for row in drawn for span in row.spans}
    legend = tuple((f"bar:{kind}", outcome.value) for outcome, kind in KINDS.items() if kind in kinds)
    return Chart(f"Care was arranged for {arranged}% of requests.", drawn, legend, below=BELOW)


def _row(name: str, care: Care, address: str) -> Row:
    if not care.asked:
        return charts.missing(name, EMPTY, address=address)
    shares = care.shares
    said = [f"{one.value}: {share}%" for one, share in shares.items() if share]
    return Row(
        f"{name} ({count_words(care.asked, 'request')})" if care.is_count_shown else name,
        f"{shares[Outcome.ARRANGED]}% arranged",
        f"{'. '.join(said)}.",
        spans=charts.parts([(KINDS[one], share) for one, share in shares.items()]),
        address=address,
    )
