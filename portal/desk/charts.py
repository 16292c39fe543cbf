"""How boards support their reps, as pictures: of each measure the share of every board."""

from __future__ import annotations

from collections.abc import Sequence

from portal.core import charts
from portal.core.charts import Chart, Row
from portal.desk.figures import Measure, Share


def of_measure(measure: Measure, found: Sequence[tuple[str, Share | None]]) -> Chart | None:
    """A row for each board that has a rep; None where no share is shown."""
    rows = [_row(name, share) for name, share in found if share is not None]
    shown = [share for _, share in found if share and share.percent is not None]
    if not shown:
        return None
    boards = f"{len(shown)} of {len(rows)} boards show" if len(rows) > 1 else "One board shows"
    return Chart(f"{measure.title}: {boards} a figure.", tuple(rows))


def _row(name: str, share: Share) -> Row:
    if share.percent is None:
        return charts.missing(name, share.why_not)
    return Row(name, f"{share.percent}%", f"{share.part} of {share.whole}", spans=charts.bar(share.percent))
