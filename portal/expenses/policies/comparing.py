"""What a policy changes against the one that was in force before it, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.core.text import count_words
from portal.expenses.categories import CATEGORIES
from portal.expenses.models import ExpensePolicy, PolicyTerms
from portal.expenses.policies import queries
from portal.expenses.policies.queries import as_terms
from portal.expenses.policies.wording import NOT_COVERED, limit_pays_for, paid_words, receipt_words
from portal.expenses.pricing import Terms, limit_of

NOT_SAID = Terms(False)
MOST_IN_SHORT, LONGEST_IN_SHORT = 3, 250


@dataclass(frozen=True)
class Change:
    """One thing that a policy says otherwise than the one before it."""

    what: str
    was: str
    will_be: str

    @property
    def words(self) -> str:
        """'Taxi: was not covered yet; will be what it cost, with a receipt'."""
        return f"{self.what}: was {self.was}; will be {self.will_be}"


@dataclass(frozen=True)
class Changes:
    """What a policy changes, and of how many kinds of expense it changes nothing."""

    since: date  # from which day the policy before it is in force
    of_kinds: tuple[Change, ...]
    of_all: tuple[Change, ...]  # what applies to all expenses
    same: int

    @property
    def every(self) -> tuple[Change, ...]:
        return self.of_kinds + self.of_all

    @property
    def rest(self) -> str:
        """'No change to the other 14 kinds of expense'; '' where each one changes."""
        if not self.same:
            return ""
        other = "other " if self.of_kinds else ""
        return f"No change to the {other}{count_words(self.same, 'kind')} of expense"


def changes_of(policy: ExpensePolicy) -> Changes | None:
    """What a draft, or a published policy, changes against the policy of its first day; None where it is the first."""
    board_id, before = policy.board_id, _before(policy)
    if before is None:
        return None
    said = queries.terms_of(board_id, [before.id, policy.id])
    was, will_be = said.get(before.id, {}), said.get(policy.id, {})
    of_kinds = {one.key: _of_kind(one.words, was.get(one.key), will_be.get(one.key)) for one in CATEGORIES}
    found = tuple(change for one in of_kinds.values() for change in one)
    return Changes(before.from_on, found, _of_all(before, policy), sum(not one for one in of_kinds.values()))


def in_short(changes: Changes | None) -> list[str]:
    """What changes, as sentences for an email; none where they are too many, or too long, for one."""
    words = [one.words for one in changes.every] if changes else []
    return words if len(words) <= MOST_IN_SHORT and all(len(one) <= LONGEST_IN_SHORT for one in words) else []


def terms_before(draft: ExpensePolicy, category: str) -> Terms | None:
    """What the policy that a draft replaces says of a kind of expense."""
    before = _before(draft)
    kept = queries.terms_of(draft.board_id, [before.id])[before.id].get(category) if before else None
    return as_terms(kept) if kept else None


def _before(policy: ExpensePolicy) -> ExpensePolicy | None:
    """The policy that another takes the place of: the one of its first day, that was published before it."""
    return next(
        (
            one
            for one in queries.policies(policy.board_id)
            if one.id != policy.id
            and one.from_on <= policy.from_on
            and (policy.published_at is None or (one.published_at or policy.published_at) <= policy.published_at)
        ),
        None,
    )


def _of_kind(what: str, was: PolicyTerms | None, will_be: PolicyTerms | None) -> list[Change]:
    category = was.category if was else will_be.category if will_be else ""
    old, new = (as_terms(one) if one else NOT_SAID for one in (was, will_be))
    found = []
    has_other_receipt = receipt_words(old) != receipt_words(new)
    if has_other_receipt or paid_words(category, old) != paid_words(category, new):
        found.append(Change(what, *(_said(category, one, has_other_receipt) for one in (old, new))))
    examples = [(one.examples if one else "") or "none" for one in (was, will_be)]
    if old.is_covered and new.is_covered and examples[0] != examples[1]:
        found.append(Change(f"{what}, examples", *examples))
    return found


def _said(category: str, terms: Terms, has_other_receipt: bool) -> str:
    """One side of a change, for the middle of a sentence: what is paid, and the receipt where that changes."""
    if not terms.is_covered:
        return _within(NOT_COVERED)
    words, of = _within(paid_words(category, terms)), limit_pays_for(category, terms)
    if of and of not in limit_of(category, terms):
        words = f"{words} ({of})"
    receipt = _within(receipt_words(terms)) or "no receipt needed"
    return f"{words}, {receipt}" if has_other_receipt else words


def _within(words: str) -> str:
    return words[:1].lower() + words[1:]


def _of_all(was: ExpensePolicy, will_be: ExpensePolicy) -> tuple[Change, ...]:
    """What changes of the terms that apply to all expenses."""
    both = (was, will_be)
    found = (
        ("Days in which to send a claim", [str(one.deadline_days) for one in both]),
        ("Days in which the board promises to pay", [str(one.pay_days) for one in both]),
        ("Who decides", [one.decided_by or "not said" for one in both]),
        ("What is not covered yet", [one.not_covered or "nothing said" for one in both]),
    )
    return tuple(Change(what, *sides) for what, sides in found if sides[0] != sides[1])
