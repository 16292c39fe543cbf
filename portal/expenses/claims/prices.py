"""Pricing what is kept: a claim's lines by the policies of their days, beside the person's other claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from portal.expenses.claims import queries
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.policies import queries as policies_queries
from portal.expenses.pricing import Item, Priced, Terms, TermsOn, Used, price, tax_year, window_of
from portal.infra.database import db


def terms_on(claim: Claim) -> TermsOn:
    """What the claim's board says of a category on a day."""
    found = policies_queries.policies(claim.board_id)
    said = policies_queries.terms_of(claim.board_id, [one.id for one in found])

    def look(category: str, day: date) -> Terms | None:
        policy = next((one for one in found if one.from_on <= day), None)
        if policy is None:
            return None
        kept = said[policy.id].get(category)
        return policies_queries.as_terms(kept) if kept else Terms(is_covered=False)

    return look


def used_up(lines: Sequence[ClaimLine], look: TermsOn) -> Used:
    """What other claims have used of the bands of miles and the limits that reach beyond one claim."""
    used = Used()
    for one in lines:
        if one.category == "car":
            used.tenths[tax_year(one.spent_on)] = used.tenths.get(tax_year(one.spent_on), 0) + one.tenths
        terms = look(one.category, one.spent_on)
        if terms and terms.cap is not None and terms.cap_per in ("day", "year"):
            window = window_of(one.category, terms.cap_per, one.spent_on, "")
            taken = one.covered if one.approved is None else one.approved
            used.pence[window] = used.pence.get(window, 0) + taken
    return used


def rate_of(claim: Claim, category: str) -> Callable[[date], int | None]:
    """The rate, in pence, that the policy of a day pays for a kind of expense, whatever it cost; None without one."""
    look = terms_on(claim)

    def rate_on(day: date) -> int | None:
        terms = look(category, day)
        return terms.rate if terms else None

    return rate_on


def price_now(claim: Claim, lines: Sequence[ClaimLine], look: TermsOn | None = None) -> dict[str, Priced]:
    """What each line of a claim comes to as the policies say now, or as the terms say that were found before."""
    look = look or terms_on(claim)
    items = [Item(str(one.id), one.category, one.spent_on, one.tenths, one.minutes, one.paid) for one in lines]
    return price(items, look, used_up(queries.other_lines(claim), look))


def price_again(claim: Claim) -> tuple[Sequence[ClaimLine], TermsOn]:
    """Put on each line what it costs, what is covered, and why, as the policies say now: the lines, and those terms."""
    db.session.flush()
    lines, look = queries.lines(claim.id), terms_on(claim)
    priced = price_now(claim, lines, look)
    for one in lines:
        found = priced[str(one.id)]
        one.cost, one.covered, one.rule = found.cost, found.covered, found.words
    db.session.flush()
    return lines, look
