"""Whether the totals of a table are the sums of the rows above them."""

from __future__ import annotations

import re

from portal.demonstration.documents.blocks import Runs, Table, words_of

NUMBER = re.compile(r"\(?[-−+]?£?[\d,]+(\.\d+)?(m|k)?\)?")

RATE = re.compile(r"\b(per|rate|average|mean)\b", re.IGNORECASE)  # of these a total is no sum


def wrong_totals(table: Table) -> list[str]:
    """What each wrong one says. A total is of the rows since the total before it, of all rows, or of totals."""
    wrong = []
    summed = [n for n, head in enumerate(table.head) if n and not RATE.search(words_of(head))]
    for column in summed:
        rows = [(_is_total(row), words_of(row[0]), words_of(row[column]).strip()) for row in table.rows]
        for number, (is_total, name, text) in enumerate(rows):
            found = value(text)
            if is_total and found is not None and "%" not in text and not _adds_up(found, text, rows[:number]):
                wrong.append(f"{words_of(table.head[0])}, {name}: {words_of(table.head[column])} {text}")
    return wrong


def value(text: str) -> float | None:
    if not NUMBER.fullmatch(text):
        return None
    number = float(re.sub(r"[^\d.]", "", text))
    return -number if text[0] in "(-−" or text.startswith(("£-", "£−")) else number


def _is_total(row: tuple[Runs, ...]) -> bool:
    return bool(row[0]) and row[0][0].bold and words_of(row[0]).lower().startswith("total")


def _adds_up(total: float, text: str, above: list[tuple[bool, str, str]]) -> bool:
    places = len(text.rstrip(")mk").partition(".")[2])
    since = next((len(above) - n for n, row in enumerate(reversed(above)) if row[0]), 0)
    kinds = above[since:], [row for row in above if not row[0]], [row for row in above if row[0]]
    for rows in kinds:
        numbers = [one for row in rows if (one := value(row[2])) is not None]
        # thousands and whole people add up exactly; what is rounded to tenths of a million need not
        may_differ = 0.5 * 10**-places * (len(numbers) + 1) if 0 < places < 3 else 0
        if numbers and abs(sum(numbers) - total) <= may_differ + 1e-6:
            return True
    return not any(value(row[2]) is not None for row in above)
