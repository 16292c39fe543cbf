"""Which state of a claim follows which, and what stands in the way of sending one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from portal.core.days import NOT_TO_COME
from portal.core.money import pounds
from portal.core.text import day_words, half_width, short_day_words
from portal.expenses.categories import BY_KEY

DRAFT, SENT, QUERIED, WITHDRAWN, NOTHING = "draft", "sent", "queried", "withdrawn", "nothing"


APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID = "approved", "partly", "declined", "in_payment", "paid"


STATUSES = (DRAFT, SENT, QUERIED, WITHDRAWN, NOTHING, APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)


STATUS_WORDS = {
    DRAFT: "Not sent yet",
    SENT: "Sent for a decision",
    QUERIED: "Question to answer",
    WITHDRAWN: "Withdrawn",
    NOTHING: "Nothing to claim",
    APPROVED: "Approved",
    PARTLY: "Partly approved",
    DECLINED: "Not approved",
    IN_PAYMENT: "Being paid",
    PAID: "Paid",
}


# Whose turn it is depends on who reads it.
WORDS_FOR_APPROVERS = {**STATUS_WORDS, QUERIED: "Sent back with a question"}


NEXT: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({SENT, NOTHING, WITHDRAWN}),
    NOTHING: frozenset({DRAFT}),
    WITHDRAWN: frozenset({DRAFT}),
    SENT: frozenset({QUERIED, APPROVED, PARTLY, DECLINED, WITHDRAWN}),
    QUERIED: frozenset({SENT, WITHDRAWN}),
    APPROVED: frozenset({IN_PAYMENT}),
    PARTLY: frozenset({IN_PAYMENT}),
    IN_PAYMENT: frozenset({PAID, APPROVED, PARTLY}),  # back when a run is opened again
}


OPEN_TO_CHANGE = (DRAFT, QUERIED)


SEEN_BY_BOARD = (SENT, QUERIED, APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)


TO_PAY = (APPROVED, PARTLY)


FOR = (
    ("meeting", "A meeting"),
    ("training", "Training"),
    ("event", "An event"),
    ("consultation", "Talking with carers"),
)


MOST_MILES = 800


USUAL_MOST_MILES = 150


OLDEST_DAYS = 5 * 366


LONGEST_DEADLINE = timedelta(days=730)


MOST_TOLD = 4  # of somebody's own claims, on the first page


OFFER_STANDS = timedelta(days=60)
SentLine = Sequence[Any]  # a line as it was sent: its kind, day and amounts, as JSON keeps them


def reference(prefix: str, year: int | None, number: int | None) -> str:
    """'NF-2026-0042'; '' before a claim is sent."""
    return f"{prefix}-{year}-{number:04}" if number else ""


def may_become(status: str, wanted: str) -> bool:
    return wanted in NEXT.get(status, ())


def last_day_to_send(happened_on: date, deadline_days: int) -> date:
    """The day after which a claim is late, by the policy of the day that it is for."""
    return happened_on + timedelta(days=deadline_days)


REMIND_DAYS_LEFT = (14, 3)
DEADLINE_CHASED = timedelta(days=30)  # after that a claim that was not sent is on the page of claims alone


def is_deadline_near(last: date, today: date) -> bool:
    """Whether a claim that is not sent is one of somebody's next steps: from the first reminder on."""
    return last - timedelta(days=max(REMIND_DAYS_LEFT)) <= today <= last + DEADLINE_CHASED


def last_to_chase(happened_on: date, deadline_days: int) -> date:
    """Until when a claim that was not sent is one of somebody's next steps."""
    return last_day_to_send(happened_on, deadline_days) + DEADLINE_CHASED


def deadline_reminder(left: int) -> int:
    """Which reminder is due when so many days are left: 14, 3, or 0 for none."""
    return min((days for days in REMIND_DAYS_LEFT if 0 <= left <= days), default=0)


def tenths_of(typed: str) -> int:
    """Tenths of a mile of '12', '12.5' or '12 miles'. Raises ValueError for anything else."""
    found = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]))? ?(?:mi|miles?)?", half_width(typed).lower())
    if not found:
        raise ValueError(typed)
    return int(found[1]) * 10 + int(found[2] or 0)


def problem_with_day(day: date, today: date, first: date | None) -> str:
    """Why an expense of a day cannot be claimed, as a sentence; '' when it can. `first` is when the role began."""
    oldest = today - timedelta(days=OLDEST_DAYS)
    if day > today:
        return NOT_TO_COME
    if first and day < first:
        return f"must be {day_words(first)} or later: the role at this board began then"
    return f"must be {day_words(oldest)} or later" if day < oldest else ""


@dataclass(frozen=True)
class LineToCheck:
    """A line as it is before sending."""

    words: str
    amount: int
    has_receipt: bool
    reason: str
    receipt_over: int | None
    is_filled: bool = True

    @property
    def lacks_receipt(self) -> bool:
        """Whether the policy asks for a receipt and there is none."""
        return self.receipt_over is not None and self.amount > self.receipt_over and not self.has_receipt


def problems(lines: Sequence[LineToCheck], covered: int) -> list[str]:
    """What stands in the way of sending a claim, as sentences."""
    if not lines:
        return ["Add an expense first"]
    found = []
    for one in lines:
        if not one.is_filled:
            found.append(f"{one.words}: enter what it was, or remove it")
            continue
        if one.lacks_receipt and not one.reason:
            over = f" over {pounds(one.receipt_over)}" if one.receipt_over else ""
            found.append(f"{one.words} needs a receipt{over}. Add one, or say why you have none")
    if not covered:
        found.append(
            "Your board does not cover any of this, so you cannot send it. You can leave it here for your records"
        )
    return found


def changes(before: Mapping[str, SentLine], after: Mapping[str, SentLine]) -> list[str]:
    """What is different in a claim that was sent once more, as sentences. Lines are [kind, day, pence, receipts]."""
    if not before:
        return []
    found = [f"{_named(before[key])} was removed" for key in before if key not in after]
    for key, line in after.items():
        was = before.get(key)
        if was is None:
            found.append(f"{_named(line)} is new")
        elif was[:3] != line[:3]:
            found.append(f"{_named(was)} is now {_named(line)}")
        elif was[3] != line[3]:
            found.append(f"{_named(line)}: {_receipts_words(line[3] - was[3])}")
    return found


def _receipts_words(more: int) -> str:
    """'a receipt was added', '2 receipts were removed'."""
    many = "a receipt was" if abs(more) == 1 else f"{abs(more)} receipts were"
    return f"{many} {'added' if more > 0 else 'removed'}"


def _named(line: SentLine) -> str:
    day = short_day_words(date.fromisoformat(line[1]))
    return f"{BY_KEY[line[0]].words}, {pounds(line[2])} on {day}"


@dataclass(frozen=True)
class Named:
    """What tells one line of a claim from another."""

    category: str
    spent_on: date
    cost: int
    measure: tuple[int, int] = (0, 0)  # tenths of miles, minutes

    @property
    def words(self) -> str:
        """'Parking, £4.50 on 3 March'."""
        return f"{BY_KEY[self.category].words}, {pounds(self.cost)} on {short_day_words(self.spent_on)}"


Key = TypeVar("Key")


def names_of(lines: Mapping[Key, Named]) -> dict[Key, str]:
    """A name for each line that no other has: equal ones are numbered."""
    words = {key: line.words for key, line in lines.items()}
    alike = Counter(words.values())
    seen: Counter[str] = Counter()
    found = {}
    for key, name in words.items():
        seen[name] += 1
        found[key] = name if alike[name] == 1 else f"{name} ({seen[name]} of {alike[name]})"
    return found


def equal_lines(lines: Mapping[Key, Named]) -> dict[Key, int]:
    """How many lines of a claim are equal, for each that has an equal; those that are not filled in have none."""
    alike = Counter(lines.values())
    return {key: alike[line] for key, line in lines.items() if alike[line] > 1 and line.cost}


@dataclass(frozen=True)
class Shares:
    """Where every penny of a decided claim went."""

    approved: int
    declined: int
    not_covered: int

    @property
    def words(self) -> list[str]:
        """'£6.40 approved', '£10.70 not approved', '£4.10 not covered by …'; what is nothing is left out."""
        said = (
            (self.approved, "approved"),
            (self.declined, "not approved"),
            (self.not_covered, "not covered by the expenses policy"),
        )
        return [f"{pounds(pence)} {words}" for pence, words in said if pence]

    @property
    def in_short(self) -> str:
        """The same in one line: '£18.14, all approved', or '£21.20: £6.40 approved, £14.80 not approved'."""
        cost = pounds(self.approved + self.declined + self.not_covered)
        if len(self.words) > 1:
            return f"{cost}: {', '.join(self.words)}"
        return self.words[0].replace(" ", ", all ", 1) if self.words else cost


def shares(cost: int, covered: int, approved: int) -> Shares:
    """The three add up to the cost."""
    return Shares(approved, covered - approved, cost - covered)


def covered_words(cost: int, covered: int) -> str:
    """'The expenses policy covers £17.10 of it': of what a claim comes to, or all of it, or none."""
    part = pounds(covered) if covered else "none"
    return f"The expenses policy covers {'all' if covered == cost else part} of it"


def what_was_declined(name: str, cost: int, covered: int) -> str:
    """'Food and drink, £10.70 on 3 March (part of £14.80)'. The name has what is covered, so that these add up."""
    return name if cost == covered else f"{name} (part of {pounds(cost)})"


DECIDED = (APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)
