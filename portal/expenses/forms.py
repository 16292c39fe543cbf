"""What people type about claims, decisions, payments and policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.money import MOST_PENCE, parse_pence, pounds
from portal.expenses.categories import MILES, TIME, Category
from portal.expenses.rules import CAP_PER, FOR, MOST_MILES, MOST_MINUTES, miles_words, problem_with_day
from portal.infra import forms

WHAT_ELSE = tuple(one for one in FOR if one[0] != "meeting")


class OnceField(HiddenField):  # type: ignore[misc]  # WTForms ships no types
    """An id made with the page, so that a form sent twice does one thing."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = UUID(valuelist[0]) if valuelist else uuid4()
        except ValueError:
            self.data = uuid4()


class NewClaimForm(forms.Form):
    what = forms.radios("What was it for?", (), "Choose what it was for")
    board = forms.select("For which board?", "Choose the board")
    title = forms.line("If it was no meeting: what was it called?", most=200, hint="For example, Carers’ week stall")
    happened_on = forms.day("If it was no meeting: on which day?")
    once = OnceField()

    @property
    def is_meeting(self) -> bool:
        return self.what.data not in dict(WHAT_ELSE)

    def validate_title(self, field: Field) -> None:
        if not self.is_meeting and not field.data:
            raise ValidationError("Enter what it was called")

    def validate_happened_on(self, field: Field) -> None:
        if self.is_meeting:
            return
        if field.data is None:
            raise ValidationError("Enter the day, like 3 3 2027")
        if problem := problem_with_day(field.data, clock.today(), None):
            raise ValidationError(problem)


def new_claim_form(meetings: Sequence[tuple[str, str]], boards: Sequence[tuple[str, str]]) -> NewClaimForm:
    form = NewClaimForm()
    form.what.choices = [*meetings, *WHAT_ELSE]
    form.board.choices = list(boards)
    if not form.is_submitted():
        form.once.data = uuid4()
        form.board.data = boards[0][0] if boards else ""
    return form


def money(label: str, required: str, hint: str = "For example, 4.50") -> Field:
    """An amount in pounds; read it with pence()."""
    return forms.line(label, required, 20, hint, [_is_money])


def _is_money(_form: Any, field: Field) -> None:
    if field.data and not 0 < _pence_or_none(field.data) <= MOST_PENCE:
        raise ValidationError(f"{field.label.text} must be an amount, like 4.50, up to {pounds(MOST_PENCE)}")


def _pence_or_none(typed: str) -> int:
    try:
        return parse_pence(typed)
    except ValueError:
        return 0


class LineForm(forms.Form):
    """What every expense asks. `first_day` is when the person's role began."""

    spent_on = forms.day("Day", "Enter the day")
    once = OnceField()
    first_day = None

    def validate_spent_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today(), self.first_day)):
            raise ValidationError(problem)


class _WithReceipts(LineForm):
    receipts = forms.files("Receipts", "A photo or PDF. You can choose several", ".pdf,.jpg,.jpeg,.png,.heic")
    no_receipt_because = forms.line("If you have no receipt, why?", most=300)


class MilesForm(LineForm):
    miles = forms.line("Miles", "Enter the miles, like 12 or 12.5", 10, "One way. For example, 12 or 12.5")
    is_return = forms.tick("There and back")
    note = forms.line("From and to", most=200, hint="For example, home to the town hall")

    def validate_miles(self, field: Field) -> None:
        if not 0 < self._tenths() <= MOST_MILES * 10:
            raise ValidationError(f"Miles must be a number from 0.1 to {MOST_MILES}, like 12 or 12.5")

    def _tenths(self) -> int:
        found = re.fullmatch(r"([0-9]{1,4})(?:\.([0-9]))?", self.miles.data or "")
        once = int(found[1]) * 10 + int(found[2] or 0) if found else 0
        return once * 2 if self.is_return.data else once

    def typed(self) -> dict[str, Any]:
        return {"spent_on": self.spent_on.data, "tenths": self._tenths(), "note": self.note.data or ""}


class CostForm(_WithReceipts):
    paid = money("What did you pay?", "Enter what you paid, like 4.50")

    def typed(self) -> dict[str, Any]:
        because = self.no_receipt_because.data or ""
        return {"spent_on": self.spent_on.data, "paid": parse_pence(self.paid.data), "no_receipt_because": because}


class TimeForm(_WithReceipts):
    hours = forms.line("How many hours?", "Enter the hours, like 2 or 2.5", 10, "For example, 2 or 2.5")
    paid = money("What did you pay?", "", "Leave this empty if your board pays a rate for each hour")

    def validate_hours(self, field: Field) -> None:
        if not 0 < self._minutes() <= MOST_MINUTES:
            raise ValidationError("Hours must be a number up to 24, like 2 or 2.5")

    def _minutes(self) -> int:
        found = re.fullmatch(r"([0-9]{1,2})(?:\.([0-9]{1,2}))?", self.hours.data or "")
        return round(float(f"{found[1]}.{found[2] or 0}") * 60) if found else 0

    def typed(self) -> dict[str, Any]:
        because = self.no_receipt_because.data or ""
        paid = parse_pence(self.paid.data) if self.paid.data else 0
        of = {"spent_on": self.spent_on.data, "minutes": self._minutes()}
        return {**of, "paid": paid, "no_receipt_because": because}


def line_form(category: Category, line: Any, happened_on: Any) -> Any:
    """The form for one kind of expense, as it is opened: on the day of the claim, or with what is kept."""
    kind = {MILES: MilesForm, TIME: TimeForm}.get(category.measure, CostForm)
    if line is None:
        return kind(spent_on=happened_on, once=uuid4())
    shown = {"spent_on": line.spent_on, "note": line.note, "no_receipt_because": line.no_receipt_because}
    shown |= {"miles": miles_words(line.tenths).split(" ")[0], "hours": f"{line.minutes / 60:g}"}
    return kind(**shown, paid=f"{line.paid / 100:.2f}" if line.paid else "", once=line.id)


class ButtonForm(forms.Form):
    """A page with buttons; the version is that of what it shows."""

    version = forms.version()


class QuestionForm(forms.Form):
    question = forms.paragraphs(
        "Your question", "Write your question", 500, "The rep reads this, and can mend the claim"
    )
    version = forms.version()


class RunForm(forms.Form):
    claims = forms.checkboxes("Claims to pay")


class PaidForm(forms.Form):
    paid_on = forms.day("When did finance pay?", "Enter the day on which finance paid")

    def validate_paid_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Enter today or an earlier day")


class PolicyForm(forms.Form):
    from_on = forms.day("From which day does it hold?", "Enter the first day")
    deadline_days = forms.whole_number("Days in which to send a claim", 7, 730)
    pay_days = forms.whole_number("Days in which you promise to pay", 1, 120)
    decided_by = forms.line("Who decides?", "Say who decides on claims", hint="For example, the finance team")
    not_covered = forms.paragraphs("What you do not cover yet", most=1000, hint="Say it openly: everyone can read this")
    letters = forms.line("Letters before the number of a claim", "Enter two to four letters", 4, "For example, NF")
    cost_code = forms.line("Cost code for finance", most=40)
    version = forms.version()

    def validate_letters(self, field: Field) -> None:
        if not re.fullmatch(r"[A-Za-z]{2,4}", field.data or ""):
            raise ValidationError("Enter two to four letters, like NF")

    def typed(self) -> dict[str, Any]:
        names = ("decided_by", "not_covered", "cost_code")
        days = {"deadline_days": int(self.deadline_days.data), "pay_days": int(self.pay_days.data)}
        words = {name: self[name].data or "" for name in names}
        return {**days, **words, "prefix": self.letters.data.upper(), "from_on": self.from_on.data}


def policy_form(policy: Any) -> PolicyForm:
    names = ("from_on", "decided_by", "not_covered", "cost_code", "version")
    days = {"deadline_days": str(policy.deadline_days), "pay_days": str(policy.pay_days)}
    return PolicyForm(letters=policy.prefix, **{name: getattr(policy, name) for name in names}, **days)


class TermsForm(forms.Form):
    is_covered = forms.radios("Do you cover this?", (("yes", "Yes"), ("no", "Not yet")), "Choose yes or not yet")
    rate = money("Rate, in pounds", "", "For each mile or hour, like 0.55. Leave it empty to pay what it cost")
    band_miles = forms.line("The rate holds for the first … miles of a tax year", most=6, hint="Or leave this empty")
    rate_after = money("Rate after that, in pounds", "", "Like 0.25")
    cap = money("Limit, in pounds", "", "The most you pay. Leave it empty if there is none")
    cap_per = forms.radios("The limit is for", CAP_PER, "Choose for what the limit is", default="item")
    receipt = forms.radios(
        "Is a receipt needed?",
        (("never", "Never"), ("always", "Always"), ("over", "Over an amount")),
        "Choose if a receipt is needed",
    )
    receipt_over = money("Over which amount, in pounds?", "", "Like 5")
    examples = forms.line("Examples", most=300, hint="In plain words. Everyone can read this")

    def validate_band_miles(self, field: Field) -> None:
        if field.data and not re.fullmatch(r"[0-9]{1,6}", field.data):
            raise ValidationError("Enter whole miles, like 10000")

    def validate_receipt_over(self, field: Field) -> None:
        if self.receipt.data == "over" and not field.data:
            raise ValidationError("Enter the amount over which a receipt is needed")

    def typed(self) -> dict[str, Any]:
        amounts = {
            name: parse_pence(self[name].data) if self[name].data else None for name in ("rate", "rate_after", "cap")
        }
        over = {"never": None, "always": 0}.get(self.receipt.data, parse_pence(self.receipt_over.data or "0"))
        return {
            **amounts,
            "is_covered": self.is_covered.data == "yes",
            "band_miles": int(self.band_miles.data) if self.band_miles.data else None,
            "cap_per": self.cap_per.data,
            "receipt_over": over,
            "examples": self.examples.data or "",
        }


def terms_form(terms: Any) -> TermsForm:
    def shown(pence: int | None) -> str:
        return f"{pence / 100:.2f}" if pence else ""

    receipt = "never" if terms.receipt_over is None else "over" if terms.receipt_over else "always"
    return TermsForm(
        is_covered="yes" if terms.is_covered else "no",
        rate=shown(terms.rate),
        band_miles=str(terms.band_miles or ""),
        rate_after=shown(terms.rate_after),
        cap=shown(terms.cap),
        cap_per=terms.cap_per,
        receipt=receipt,
        receipt_over=shown(terms.receipt_over),
        examples=terms.examples,
    )


def said_of_lines(form: Any, lines: Sequence[Any]) -> tuple[dict[UUID, tuple[bool, str]], str]:
    """What an approver chose for each line, from the fields say-<id> and reason-<id>; and what is missing, in words."""
    said, missing = {}, ""
    for one in lines:
        answer, reason = form.get(f"say-{one.id}", ""), " ".join(form.get(f"reason-{one.id}", "").split())[:300]
        if answer not in ("yes", "no"):
            missing = "Choose yes or no for each line"
        elif answer == "no" and not reason:
            missing = missing or "Give a reason for each no: the rep reads it"
        said[one.id] = (answer == "yes", "" if answer == "yes" else reason)
    return said, missing


def payee_references(form: Any, people: Sequence[UUID]) -> dict[UUID, str]:
    """The fields payee-<id>, cleaned."""
    typed = {key: " ".join(form.get(f"payee-{key}", "").split()) for key in people}
    return {key: "".join(c for c in value if c.isprintable())[:40] for key, value in typed.items()}
