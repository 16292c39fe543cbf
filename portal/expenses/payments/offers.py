"""What a payment run can be made of: approved claims, and what providers of care charge the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from portal.access.roles import Viewer
from portal.core import clock
from portal.core.clock import london_day
from portal.core.money import half_up, pounds
from portal.core.names import name_key
from portal.core.text import minutes_words, short_day_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim
from portal.expenses.payments import new_payees, queries, rules
from portal.expenses.payments.eyes import may_pay
from portal.expenses.payments.models import Payee
from portal.expenses.payments.references import reference_of
from portal.replacement_care.models import CarePolicy, CareRequest
from portal.replacement_care.policy import queries as care_policies
from portal.replacement_care.requests.rules import CANCELLED, estimate

NO_PROVIDER = "no provider named"
Payees = Mapping[UUID, Mapping[UUID, Payee]]  # of each board


@dataclass(frozen=True)
class Offer:
    """A claim or an invoice that waits for a run; `payee` is whom finance would pay."""

    of: Claim | CareRequest
    about: str
    pence: int
    payee: str
    reference: str  # by which finance knows them; '' where it does not
    limit: int | None = None  # of the policy that this is over, in pence
    minutes: int = 0  # of the care
    rate: int | None = None  # of the care policy, in pence an hour
    comes_to: int | None = None  # by the care policy, in pence, where it has a rate
    is_policy_known: bool = True  # what the care policy said on the day of the care
    new_payee: str = ""  # that nobody paid them before, or not by this reference

    @property
    def key(self) -> str:
        """An invoice whose amount was changed is another one to whoever selected it before."""
        return f"{self.of.id}:{self.pence}" if self.is_invoice else str(self.of.id)

    @property
    def is_to_look_at(self) -> bool:
        """An invoice that was changed, or is not what the policy comes to: nobody selects it for the approver."""
        differs = self.comes_to is not None and self.comes_to != self.pence
        is_odd = differs or not self.is_policy_known
        return self.limit is not None or is_odd or self.is_cancelled or self._changed_words != ""

    @property
    def whose(self) -> UUID | None:
        """Whom finance would pay: a person or a provider, by their id."""
        return self.of.provider_id if isinstance(self.of, CareRequest) else self.of.person_id

    @property
    def is_cancelled(self) -> bool:
        """Care that did not take place, and is charged for all the same."""
        return isinstance(self.of, CareRequest) and self.of.status == CANCELLED

    @property
    def has_reference(self) -> bool:
        return self.reference != ""

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
        said = [f"{self.about}: {pounds(self.pence)}{over}{'' if self.has_reference else ' (no payee reference)'}"]
        said += [words for words in (self._policy_words, self._changed_words, self.new_payee) if words]
        return ". ".join(said)

    @property
    def words_to_check(self) -> str:
        """The same with the reference by which finance will pay it."""
        return f"{self.words}. Payee reference {self.reference}" if self.reference else self.words

    @property
    def _policy_words(self) -> str:
        """'4 hours at £18.00 an hour comes to £72.00 by the care policy, £18.00 less'."""
        if not self.is_invoice:
            return ""
        if self.is_cancelled:
            return f"{minutes_words(self.minutes)} of care, which was cancelled"
        if not self.is_policy_known:
            return f"{minutes_words(self.minutes)} of care. We do not know what the care policy said on that day"
        if self.rate is None or self.comes_to is None:
            return f"{minutes_words(self.minutes)} of care. The care policy has no hourly rate"
        less = self.pence - self.comes_to
        differs = f", {pounds(abs(less))} {'less' if less > 0 else 'more'} than this invoice" if less else ""
        capped = " with its limit" if self.comes_to < half_up(self.minutes * self.rate, 60) else ""
        worked_out = f"{minutes_words(self.minutes)} at {pounds(self.rate)} an hour"
        return f"{worked_out} comes to {pounds(self.comes_to)} by the care policy{capped}{differs}"

    @property
    def _changed_words(self) -> str:
        """'Changed from £72.00 on Tuesday 24 November', or 'Arranged at £72.00; the invoice is £80.00'."""
        if not isinstance(self.of, CareRequest) or self.of.cost_was is None:
            return ""
        if self.of.cost_changed_at is None:
            return f"Arranged at {pounds(self.of.cost_was)}; the invoice is {pounds(self.of.cost or 0)}"
        return f"Changed from {pounds(self.of.cost_was)} on {short_day_words(london_day(self.of.cost_changed_at))}"


def offers(person: Viewer) -> list[Offer]:
    """Everything that waits for a run on an approver's boards, claims first."""
    today = clock.today()
    claims = queries.to_pay(person, may_pay(Claim, person.id, today, clock.now()))
    invoices = queries.invoices(person, may_pay(CareRequest, person.id, today, clock.now()))
    boards = {one.board_id for one in claims} | {one.board_id for one in invoices}
    payees = {board_id: queries.payees(board_id) for board_id in boards}
    care_policy = care_policies.policies(boards)
    found = [
        *_of_claims(claims, payees),
        *(_of_care(care, payees[care.board_id], care_policy.get(care.board_id)) for care in invoices),
    ]
    new = {board_id: new_payees.said_of(board_id, payees[board_id]) for board_id in boards}
    return [replace(one, new_payee=new[one.of.board_id](one.whose)) for one in found]


def _of_claims(claims: Sequence[Claim], payees: Payees) -> Iterable[Offer]:
    totals = claims_queries.totals(one.id for one in claims)
    for one in claims:
        reference = reference_of(payees[one.board_id], one.person_id)
        approved = totals.get(one.id, (0, 0, 0))[2]
        yield Offer(one, f"{one.reference}, {one.person.name}", approved, one.person.name, reference)


def _of_care(care: CareRequest, payees: Mapping[UUID, Payee], policy: CarePolicy | None) -> Offer:
    name = care.provider.name if care.provider else NO_PROVIDER
    number = f", invoice {care.invoice}" if care.invoice else ""
    about = f"Care on {short_day_words(care.on_day)}, {name}{number}"
    reference = reference_of(payees, care.provider_id)
    pence, minutes = care.cost or 0, care.span.minutes
    known_on_day = policy is None or policy.is_known_on(care.on_day)
    rate, limit = (policy.hourly_rate, policy.cap) if policy and known_on_day else (None, None)
    over = limit if limit is not None and pence > limit else None
    offer = Offer(care, about, pence, name if care.provider else about, reference, over)
    comes_to = None if offer.is_cancelled else estimate(minutes, rate, limit)
    return replace(offer, minutes=minutes, rate=rate, comes_to=comes_to, is_policy_known=known_on_day)


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


def counted(found: Sequence[Offer]) -> str:
    """'3 claims for 2 people and 1 care invoice'."""
    claims, invoices = ([one for one in found if one.is_invoice == is_invoice] for is_invoice in (False, True))
    providers = set() if any(one.is_unnamed for one in invoices) else {one.whose for one in invoices}
    return rules.counted(len(claims), len({one.whose for one in claims}), len(invoices), len(providers))
