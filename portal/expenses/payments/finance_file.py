"""A payment run as finance takes it: what it is, a line for each claim and invoice, and the total."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from portal.boards import queries as board_queries
from portal.core.clock import london_day
from portal.core.money import in_pounds
from portal.core.text import date_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.payments import queries

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from portal.expenses.payments.models import PaymentRun

COLUMNS = ("Claim or care", "Payee reference", "Name", "Invoice", "Approved by", "Cost code", "Amount")

CARE = "Care"  # what an invoice is for; claims have references like NF-2026-0004


class PaymentLine(NamedTuple):
    """What finance needs to pay one claim or invoice."""

    reference: str  # of the claim, or the day of the care
    payee_reference: str  # '' where finance knows nobody yet
    name: str
    invoice: str  # the provider's own number
    approved_by: str
    cost_code: str
    pence: int

    @property
    def is_invoice(self) -> bool:
        return self.reference.startswith(CARE)


@dataclass(frozen=True)
class FinanceFile:
    """A run and its lines."""

    title: str
    about: list[tuple[str, str]]
    lines: list[PaymentLine]
    total: int

    @property
    def without_reference(self) -> list[PaymentLine]:
        """What finance may not know whom to pay for."""
        return [one for one in self.lines if not one.payee_reference]

    @property
    def has_invoices(self) -> bool:
        return any(one.is_invoice for one in self.lines)

    @property
    def unknown(self) -> list[str]:
        """The same by name, each once; an invoice of which nobody said who sent it by what it is for."""
        return list(dict.fromkeys(one.name or f"the invoice for {one.reference}" for one in self.without_reference))

    def rows(self) -> list[tuple[str, ...]]:
        """Every row from the title to the total, amounts in pounds with two decimals."""
        lines = [(*line[:-1], in_pounds(line.pence)) for line in self.lines]
        return [(self.title,), *self.about, (), COLUMNS, *lines, self.total_row]

    @property
    def total_row(self) -> tuple[str, ...]:
        return ("Total", *("" for _ in COLUMNS[2:]), in_pounds(self.total))


def finance_file(run: PaymentRun) -> FinanceFile:
    """The file of a run."""
    lines, board = payment_lines(run), board_queries.board_by_id(run.board_id)
    total = sum(line.pence for line in lines)
    about = [
        ("Payment run", str(run.number)),
        ("Board", board.name),
        ("Made on", date_words(london_day(run.created_at))),
        ("Run made by", queries.maker(run)),
        ("Paid on", date_words(run.paid_on) if run.paid_on else "Not paid yet"),
        ("Total", f"£{in_pounds(total)}"),
    ]
    return FinanceFile(f"{board.name}: payment run {run.number}", about, lines, total)


def payment_lines(run: PaymentRun) -> list[PaymentLine]:
    """Each claim of a run, and then each invoice for care."""
    claims = queries.claims_in(run)
    totals, deciders = claims_queries.totals(one.id for one in claims), queries.deciders(run)
    of_claims = [
        PaymentLine(
            claim.reference,
            claim.payee_reference,
            claim.person.name,
            "",
            deciders.get(claim.id, ""),
            claim.cost_code,
            totals.get(claim.id, (0, 0, 0))[2],
        )
        for claim in claims
    ]
    return [*of_claims, *_of_care(run)]


def _of_care(run: PaymentRun) -> list[PaymentLine]:
    """Nobody decides an invoice before: it is approved by whoever puts it into the run."""
    maker = queries.maker(run)
    return [
        PaymentLine(
            f"{CARE} {care.on_day:%d/%m/%Y}",
            care.payee_reference,
            care.name,
            care.invoice,
            maker,
            care.cost_code,
            care.pence,
        )
        for care in queries.supplier_lines(run)
    ]


def workbook(file: FinanceFile) -> bytes:
    """The file as one sheet: words are text, leading zeros included, and amounts are numbers in pounds."""
    from openpyxl import Workbook  # heavy
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new book has one
    sheet.title, book.properties.title = "Payment run", file.title
    for number, row in enumerate(file.rows(), start=1):
        for column, words in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged
            cell.value, cell.data_type, cell.number_format = words, "s", "@"
    amounts = [*(line.pence for line in file.lines), file.total]
    for number, pence in enumerate(amounts, start=sheet.max_row - len(file.lines)):
        cell = sheet.cell(number, len(COLUMNS))
        cell.value, cell.number_format = pence / 100, "0.00"
    _make_legible(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _make_legible(sheet: Worksheet) -> None:
    """Columns as wide as their words; title and heading in bold."""
    from openpyxl.styles import Font

    headings = {row[0].row for row in sheet.iter_rows() if row[0].value in (COLUMNS[0], "Total")}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.row == 1 or cell.row in headings:
                cell.font = Font(bold=True)
    for number, letter in enumerate("ABCDEFG"):
        words = [str(row[number].value or "") for row in sheet.iter_rows(min_row=2)]
        sheet.column_dimensions[letter].width = min(40, max(12, *(len(word) + 2 for word in words)))
