"""A payment run as finance takes it: one line for each claim and invoice, on the page, as CSV and as a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from portal.core.text import spreadsheet_cell
from portal.expenses.claims import queries as claims_queries
from portal.expenses.payments import queries
from portal.expenses.policies import queries as policies_queries

if TYPE_CHECKING:
    from portal.expenses.models import PaymentRun

COLUMNS = ("claim", "payee_reference", "name", "cost_code", "amount")


class PaymentLine(NamedTuple):
    """What finance needs to pay one claim or invoice."""

    reference: str  # of the claim, or the day of the care
    payee_reference: str  # or the provider's invoice; '' where finance knows nobody yet
    name: str
    cost_code: str
    pence: int


def payment_lines(run: PaymentRun) -> list[PaymentLine]:
    """Each claim of a run, and then each invoice for care."""
    claims = queries.claims_in(run)
    totals, payees = claims_queries.totals(one.id for one in claims), queries.payees(run.board_id)
    policies = policies_queries.policies(run.board_id)

    def code(day: date) -> str:
        return next((one.cost_code for one in policies if one.from_on <= day), "")

    of_claims = [
        PaymentLine(
            claim.reference,
            payees[claim.person_id].reference if claim.person_id in payees else "",
            claim.person.name,
            code(claim.happened_on),
            totals.get(claim.id, (0, 0, 0))[2],
        )
        for claim in claims
    ]
    of_care = [
        PaymentLine(f"Care {care.on_day:%d/%m/%Y}", care.invoice, care.name, code(care.on_day), care.pence)
        for care in queries.supplier_lines(run)
    ]
    return [*of_claims, *of_care]


def in_pounds(lines: Sequence[PaymentLine]) -> list[tuple[str, ...]]:
    """The lines for a CSV file: pounds with two decimals."""
    return [(*line[:-1], f"{line.pence / 100:.2f}") for line in lines]


def workbook(lines: Sequence[PaymentLine]) -> bytes:
    """The lines as one sheet; amounts are numbers in pounds."""
    from openpyxl import Workbook  # heavy
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new book has one
    sheet.title = "Payment run"
    sheet.append(list(COLUMNS))
    for *words, pence in lines:
        sheet.append([*(spreadsheet_cell(str(word)) for word in words), int(pence) / 100])
        sheet.cell(sheet.max_row, len(COLUMNS)).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
