"""Claims, and paying them."""

from __future__ import annotations

from portal.access.permissions import (
    CLAIMS_FIGURES,
)
from portal.access.receipts import who_opens_receipts
from portal.access.roles import APPROVER
from portal.capability import Capability, MenuEntry
from portal.expenses import due
from portal.expenses.blueprint import bp
from portal.expenses.claims import originals
from portal.expenses.claims import views as claims_views
from portal.expenses.claims.rules import covered_words
from portal.expenses.decisions import views as decisions_views
from portal.expenses.drafts import actions as drafts_actions
from portal.expenses.drafts import views as drafts_views
from portal.expenses.emails import EMAILS
from portal.expenses.figures import views as figures_views
from portal.expenses.from_receipt import views as from_receipt_views
from portal.expenses.models import Claim
from portal.expenses.on_behalf import views as on_behalf_views
from portal.expenses.paid_days import actions as paid_days_actions
from portal.expenses.paid_days import queries as paid_days_queries
from portal.expenses.paid_days import views as paid_days_views
from portal.expenses.paid_days.rules import PAYMENT_DAY
from portal.expenses.payments import queries as payments_queries
from portal.expenses.payments import views as payments_views
from portal.expenses.payments.models import SupplierLine
from portal.expenses.policies import views as policies_views
from portal.expenses.retention import RETENTION
from portal.expenses.sending import views as sending_views
from portal.expenses.todo import TODO
from portal.expenses.trail import NAMES
from portal.infra.correctable import Correctable, CountedOn
from portal.sections import YOUR_BOARD, Section

EXPENSES = Capability(
    name="expenses",
    icon="pound",
    blueprint=bp,
    on_pages={"who_opens_receipts": who_opens_receipts, "covered_words": covered_words},
    views=(
        claims_views,
        decisions_views,
        drafts_views,
        figures_views,
        from_receipt_views,
        on_behalf_views,
        paid_days_views,
        payments_views,
        policies_views,
        sending_views,
    ),
    menu=(
        MenuEntry(10, "Your claims", "expenses.index", Section.MONEY_AND_CARE),
        MenuEntry(
            30,
            "Expenses policy",
            "expenses.policy",
            Section.MONEY_AND_CARE,
            Section.POLICY,
            Section.BOARD,
            within=("expenses.*policy*", "expenses.*terms*"),
        ),
        MenuEntry(5, "Claims to decide", "expenses.to_decide", Section.TODAY),
        MenuEntry(10, "Payments", "expenses.payments", Section.PAYMENTS, within=("expenses.*run*",)),
        MenuEntry(20, "Payee references", "expenses.payees", Section.PAYMENTS),
        MenuEntry(30, "Month-end closing", "expenses.books", Section.PAYMENTS, within=("expenses.*book*",)),
        MenuEntry(60, "Claims for reps", "expenses.for_reps", Section.REPS),
        MenuEntry(40, "Care receipts", "expenses.care_receipts", Section.SUPPORT),
        MenuEntry(30, "Expenses", "expenses.board_figures", Section.REPORTS, Section.YOU, heading=YOUR_BOARD),
        MenuEntry(20, "Expenses", "expenses.figures_everywhere", Section.REPORTS, all_boards=True),
    ),
    emails=EMAILS,
    answered_by=APPROVER,
    todo=TODO,
    due={
        "claims to decide": due.claims_waiting,
        "claims over the promise": due.claims_over_promise,
        "deadlines of claims": due.deadlines_near,
    },
    chores={
        "remove receipts as they were sent": originals.remove_old,
    },
    retention=RETENTION,
    trail_names=NAMES,
    forget=drafts_actions.forget_person,
    paid_care=payments_queries.care_paid_on,
    corrections=(
        Correctable(
            PAYMENT_DAY,
            "The day of a payment",
            is_of_board=False,
            apply=paid_days_actions.apply_day,
            page=paid_days_queries.page_of,
            told=(APPROVER,),
            counted=CountedOn("expenses.board_figures", "Expenses in figures", CLAIMS_FIGURES),
            rows=(Claim, SupplierLine),
        ),
    ),
)
