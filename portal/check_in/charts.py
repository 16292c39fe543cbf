"""Who came to a meeting, as a picture beside the list that names them."""

from __future__ import annotations

from collections.abc import Sequence

from portal.check_in.rules import ATTENDED, CAME, CAME_ONLINE
from portal.core import charts
from portal.core.charts import Chart, Row
from portal.core.nothing import NOT_YET
from portal.core.text import count_words


def of_attendance(found: Sequence[str | None]) -> Chart | None:
    """How each seat was attended, None where that is not recorded; nothing is drawn while nothing is recorded."""
    if not any(found):
        return None
    came = sum(one in (CAME, CAME_ONLINE) for one in found)
    rows = [_row(words, found.count(key), len(found)) for key, words in ATTENDED if key in found]
    if left := found.count(None):
        rows.append(Row("Not recorded yet", str(left), f"{left} not recorded", missing=NOT_YET))
    seats = count_words(len(found), "carer rep")
    return Chart(f"{came} of {seats} came, or someone came for them.", tuple(rows))


def _row(words: str, number: int, of: int) -> Row:
    return Row(words, str(number), f"{number} of {of}", spans=charts.bar(100 * number / of))
