"""Finding paid runs whose day can be corrected, and what was corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PAYMENTS_CORRECT
from portal.core.clock import london_day
from portal.core.emailed import who_words
from portal.core.values import Typed
from portal.corrections import queries as corrections
from portal.corrections.models import Correction
from portal.expenses.models import Claim
from portal.expenses.paid_days.rules import PAYMENT_DAY
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.expenses.payments.queries import claims_in, supplier_lines
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with


@seen_with(PAYMENTS_CORRECT)
def run_to_correct(sight: Sight, run_id: UUID) -> PaymentRun | None:
    """Also one that was cancelled, whose page says so."""
    one = (PaymentRun.id == run_id, sight.of(PaymentRun))
    return db.session.scalar(select(PaymentRun).where(*one))


def last_sent_on(run: PaymentRun) -> date | None:
    """The latest day on which a claim of a run was sent."""
    return max((london_day(one.sent_at) for one in claims_in(run) if one.sent_at), default=None)


def corrections_of(run: PaymentRun) -> Sequence[Correction]:
    """Every time its day was corrected, the latest first: of one thing, as all of them were paid together."""
    things = [one.id for one in claims_in(run)] + [one.id for one in supplier_lines(run)]
    found = corrections.of_things(run.board_id, PAYMENT_DAY, things)
    return next(iter(found.values()), [])


def page_of(thing_id: UUID) -> tuple[str, Typed]:
    """Where approvers see a claim, or an invoice."""
    claim = db.session.get(Claim, thing_id)
    run_id = claim.run_id if claim else db.session.get_one(SupplierLine, thing_id).run_id
    return "expenses.run", {"run_id": str(run_id)}


def told(run: PaymentRun, person_id: UUID) -> str:
    """Who will hear of a correction, for the page: the approvers by name. Whose claims they are not everybody sees."""
    who = ["everyone whose claim is in this run"] if claims_in(run) else []
    who += corrections.names_told_of_rows(run.board_id, PAYMENT_DAY, (person_id,))
    if not who:
        return "Nobody will get an email about a correction."
    words = who_words(who)
    return f"{words[0].upper()}{words[1:]} will get an email about a correction. You will not."
