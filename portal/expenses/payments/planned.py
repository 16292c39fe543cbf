"""The runs that what is selected becomes, and who can mark each of them as paid: known before they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from portal.boards.independence import queries as independence
from portal.core.text import together
from portal.expenses.models import Claim
from portal.expenses.payments import eyes
from portal.expenses.payments.offers import Offer, by_board, counted
from portal.expenses.payments.rules import ToPay


@dataclass(frozen=True)
class Planned:
    """One run of a board: what is in it, and who can mark it as paid."""

    board_id: UUID
    offers: Sequence[Offer]
    payers: Sequence[str]  # by name, whoever makes it left out
    is_mine: bool  # whether whoever makes it can

    @property
    def pence(self) -> int:
        return sum(one.pence for one in self.offers)

    @property
    def counted(self) -> str:
        return counted(self.offers)

    @property
    def has_invoices(self) -> bool:
        return any(one.is_invoice for one in self.offers)

    @property
    def who_pays(self) -> str:
        """Who can mark it as paid; and that whoever makes it approves the invoices in it, where there are some."""
        if self.has_invoices:
            return self._approves()
        if not self.payers:
            return "Only you can mark it as paid." if self.is_mine else "Nobody can mark it as paid at present."
        who = together(self.payers)
        return f"You can mark it as paid, and so can {who}." if self.is_mine else f"Who can mark it as paid: {who}."

    def _approves(self) -> str:
        """'You approve these invoices by putting them into the run, so …'."""
        several = sum(one.is_invoice for one in self.offers) > 1
        these, them = ("these invoices", "them") if several else ("this invoice", "it")
        approve = f"You approve {these} by putting {them} into the run"
        if self.is_mine:
            return f"{approve}, and you mark it as paid, because no other approver can. The board’s figures say so."
        if not self.payers:
            return f"{approve}, so another approver must mark it as paid. Nobody can at present."
        return f"{approve}, so another approver must mark it as paid. Who can: {together(self.payers)}."


def planned(chosen: Iterable[Offer], maker_id: UUID) -> list[Planned]:
    """One run for each board; claims and invoices apart where nobody could mark both as paid."""
    return [run for board_id, of_board in by_board(chosen).items() for run in _of_board(board_id, of_board, maker_id)]


def mark_of(runs: Iterable[Planned]) -> str:
    """What somebody was shown before making them, so that it is noticed where it is another by then."""
    said = "\n".join(words for run in runs for words in (*(one.words_to_check for one in run.offers), run.who_pays))
    return sha256(said.encode()).hexdigest()[:16]


def _of_board(board_id: UUID, offers: Sequence[Offer], maker_id: UUID) -> Iterator[Planned]:
    able, made_by = eyes.approvers(board_id), independence.made_by(board_id)
    claims = [one for one in offers if not one.is_invoice]
    invoices = [one for one in offers if one.is_invoice]
    parts = [offers]
    if claims and invoices and not eyes.payers([_to_pay(one, maker_id) for one in offers], able, made_by):
        parts = [claims, invoices]
    for part in parts:
        who = eyes.payers([_to_pay(one, maker_id) for one in part], able, made_by)
        yield Planned(board_id, part, [name for key, name in who.items() if key != maker_id], maker_id in who)


def _to_pay(offer: Offer, maker_id: UUID) -> ToPay:
    one = offer.of
    if isinstance(one, Claim):
        return ToPay(one.decided_by_id, frozenset((one.person_id, one.helped_by_id)))
    return ToPay(one.invoiced_by_id, frozenset((one.person_id,)), maker_id)
