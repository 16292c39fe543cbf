"""Who may pay, on which days a payment run can have been paid, and what is no reference of a payee."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.boards.independence.rules import MadeBy, independent
from portal.core.days import NOT_TO_COME
from portal.core.text import count_words, date_words, half_width, together

BETWEEN = r"[ ./\u2010-\u2015\u2212-]"  # what people put between the figures of a number
ALONE, AND_NO_MORE = r"(?<![0-9A-Z/-])", r"(?![0-9A-Z])"
DASH = r"[ \u2010-\u2015\u2212-]"
SORT_CODE = re.compile(rf"{ALONE}[0-9]{{2}}{DASH}[0-9]{{2}}{DASH}[0-9]{{2}}{AND_NO_MORE}")
IBAN_OF_HERE = re.compile(r"(?<![0-9A-Z])GB[0-9]{2}[A-Z]{4}[0-9]{14}")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
ACCOUNT = re.compile(rf"{ALONE}(?:[0-9]{{8}}|[0-9]{{14}}){AND_NO_MORE}")  # without and with a sort code
CARD = re.compile(rf"{ALONE}[0-9](?:[ -]?[0-9]){{12,18}}{AND_NO_MORE}")
CARD_FIGURES = 16
ALLOWED, OF_WHAT = re.compile("[A-Za-z0-9 ./-]*"), "letters, numbers, spaces, hyphens, slashes and full stops only"


@dataclass(frozen=True)
class ToPay:
    """Something to pay: who looked at it first, whose it is and who made it for them, and who approved an invoice."""

    looked: UUID | None
    kept_out: frozenset[UUID | None]
    put_in: UUID | None = None  # whoever put an invoice into a run, which approves it


def may_pay(who: UUID, thing: ToPay, able: Collection[UUID], made_by: MadeBy) -> bool:
    """Whether somebody may pay what was decided, entered or approved: paying is for a second, independent person.

    `able`: everybody who can pay on the board today. Anybody else may pay only where no independent person is left;
    whoever entered an invoice goes before whoever approved it. portal/expenses/payments/eyes.py says the same to the
    database.
    """
    if who in thing.kept_out:
        return False
    others = [one for one in able if one not in thing.kept_out]
    before_whoever_put_it_in = [one for one in others if one != thing.put_in]
    return _is_left(who, thing.put_in, others, made_by) and _is_left(
        who, thing.looked, before_whoever_put_it_in, made_by
    )


def _is_left(who: UUID, first: UUID | None, others: Collection[UUID], made_by: MadeBy) -> bool:
    """Whether somebody is independent of the first, or none of the others is."""
    if first is None or independent(first, who, made_by):
        return True
    return not any(independent(first, one, made_by) for one in others)


def account_in(reference: str) -> str:
    """What a reference seems to hold that belongs in no portal: 'a bank account number', 'an IBAN'; '' for nothing.

    A number with letters right before it, or by a hyphen, is the reference of a supplier: S12345678, SUP-12345678.
    """
    typed = "".join(str(unicodedata.decimal(one, one)) for one in half_width(reference)).upper()
    if _has_iban(typed):
        return "an IBAN"
    together = re.sub(BETWEEN, "", typed)
    if ACCOUNT.search(typed) or ACCOUNT.fullmatch(together):
        return "a bank account number"
    if SORT_CODE.search(typed):
        return "a sort code"
    return "a card number" if any(map(_is_card, CARD.findall(typed))) else ""


def _has_iban(typed: str) -> bool:
    """One with the right check figures, from the beginning or in a word; or one of this country, even mistyped."""
    words = [re.sub("[^0-9A-Z]", "", one) for one in typed.split()]
    starts = ["".join(words[first:last]) for last in range(len(words) + 1) for first in range(last)]
    whole = [one for one in starts if IBAN.fullmatch(one) and _checked(one[4:] + one[:4]) == 1]
    return bool(whole) or IBAN_OF_HERE.search("".join(words)) is not None


def _checked(moved: str) -> int:
    return int("".join(str(int(one, 36)) for one in moved)) % 97


def _is_card(typed: str) -> bool:
    """Sixteen figures, or as many as a card may have, whose last one proves the others."""
    figures = [int(one) for one in typed if one.isdigit()][::-1]
    doubled = [sum(divmod(2 * one, 10)) for one in figures[1::2]]
    return len(figures) == CARD_FIGURES or (sum(figures[::2]) + sum(doubled)) % 10 == 0


def problem_with_reference(reference: str) -> str:
    """Why something is no reference of a payee, as a sentence; '' when it can be one."""
    if found := account_in(reference):
        return f"This looks like {found}. Enter the number that finance uses for them, never bank details"
    return "" if ALLOWED.fullmatch(reference) else f"A payee reference is {OF_WHAT}"


def problem_with_payment_day(day: date, made_on: date, today: date, closed_until: date | None) -> str:
    """Why a run cannot have been paid on a day, as a sentence that says which days it can be; '' when it can."""
    if day > today:
        return NOT_TO_COME
    if day < made_on:
        return f"This run was made on {date_words(made_on)}. Enter that day or a later one"
    if closed_until and day <= closed_until:
        return f"The books are closed up to {date_words(closed_until)}. Enter a later day"
    return ""


def counted(claims: int, people: int, invoices: int = 0, providers: int = 0) -> str:
    """What is paid, and to how many: '3 claims for 2 people and 2 care invoices from 1 provider'.

    `providers` is 0 where it is not known of each invoice who sent it.
    """
    of_claims = count_words(claims, "claim") + (f" for {count_words(people, 'person', 'people')}" if claims > 1 else "")
    from_whom = f" from {count_words(providers, 'provider')}" if invoices > 1 and providers else ""
    both = (of_claims if claims else "", count_words(invoices, "care invoice") + from_whom if invoices else "")
    return together([one for one in both if one])
