"""What a payment run can be made of: approved claims, and what providers of care charge the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.access.roles import Viewer
from portal.core.money import pounds
from portal.core.names import name_key
from portal.core.text import short_day_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim, Payee
from portal.expenses.payments import queries
from portal.expenses.payments.references import reference_of
from portal.replacement_care.models import CareRequest
from portal.replacement_care.policy import queries as care_policies

NO_PROVIDER = "no provider named"
Payees = Mapping[UUID, Mapping[UUID, Payee]]  # of each board


@dataclass(frozen=True)
class Offer:
    """A claim or an invoice that waits for a run; `payee` is whom finance would pay."""

    of: Claim | CareRequest
    about: str
    pence: int
    payee: str
    has_reference: bool
    limit: int | None = None  # of the policy that this is over, in pence

    @property
    def key(self) -> str:
        return str(self.of.id)

    @property
    def is_invoice(self) -> bool:
        return isinstance(self.of, CareRequest)

    @property
    def is_unnamed(self) -> bool:
        """An invoice of which nobody has said yet who sent it, so that it can have no payee reference."""
        return isinstance(self.of, CareRequest) and self.of.provider_id is None

    @property
    def words(self) -> str:
        """As it is named beside its box, with its amount."""
        over = f", over the limit of {pounds(self.limit)} each time" if self.limit else ""
        return f"{self.about}: {pounds(self.pence)}{over}{'' if self.has_reference else ' (no payee reference)'}"


def offers(person: Viewer) -> list[Offer]:
    """Everything that waits for a run on an approver's boards, claims first."""
    claims, invoices = queries.to_pay(person), queries.invoices(person)
    boards = {one.board_id for one in claims} | {one.board_id for one in invoices}
    payees = {board_id: queries.payees(board_id) for board_id in boards}
    limits = {key: policy.cap for key, policy in care_policies.policies(boards).items()}
    return [
        *_of_claims(claims, payees),
        *(_of_care(care, payees[care.board_id], limits.get(care.board_id)) for care in invoices),
    ]


def _of_claims(claims: Sequence[Claim], payees: Payees) -> Iterable[Offer]:
    totals = claims_queries.totals(one.id for one in claims)
    for one in claims:
        known = bool(reference_of(payees[one.board_id], one.person_id))
        approved = totals.get(one.id, (0, 0, 0))[2]
        yield Offer(one, f"{one.reference}, {one.person.name}", approved, one.person.name, known)


def _of_care(care: CareRequest, payees: Mapping[UUID, Payee], limit: int | None) -> Offer:
    name = care.provider.name if care.provider else NO_PROVIDER
    number = f", invoice {care.invoice}" if care.invoice else ""
    about = f"Care on {short_day_words(care.on_day)}, {name}{number}"
    known = bool(reference_of(payees, care.provider_id))
    over = limit if limit is not None and (care.cost or 0) > limit else None
    return Offer(care, about, care.cost or 0, name if care.provider else about, known, over)


def by_board(found: Iterable[Offer]) -> dict[UUID, list[Offer]]:
    """The same by board, as a run is of one."""
    sorted_out: dict[UUID, list[Offer]] = {}
    for one in found:
        sorted_out.setdefault(one.of.board_id, []).append(one)
    return sorted_out


def claims_and_invoices(found: Iterable[Offer]) -> tuple[list[UUID], list[CareRequest]]:
    """The ids of the claims among them, and the requests whose invoices are among them."""
    things = [one.of for one in found]
    return [one.id for one in things if isinstance(one, Claim)], [x for x in things if isinstance(x, CareRequest)]


def without_reference(found: Iterable[Offer]) -> list[str]:
    """Whom finance could not pay yet, each once, by name."""
    return sorted({one.payee for one in found if not one.has_reference and not one.is_unnamed}, key=name_key)


def without_provider(found: Iterable[Offer]) -> list[str]:
    """The invoices of which no officer said who sent them."""
    return [one.about for one in found if one.is_unnamed]
