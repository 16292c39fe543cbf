"""Why reps left, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

from portal.boards.figures import Reason
from portal.core import charts
from portal.core.charts import Amount, Chart
from portal.core.nothing import WITHHELD


def of_reasons(reasons: Sequence[Reason]) -> Chart | None:
    """Reasons in the order in which they are always given; None where none may be shown, or nobody left."""
    amounts = [Amount(one.words, one.left, str(one.left), WITHHELD) for one in reasons]
    return charts.bars_of_amounts("Why reps left in the last three years.", amounts)
