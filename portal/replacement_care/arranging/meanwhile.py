"""What an officer's page did not show yet: that the rep asked for other times while it was open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.core.money import pounds
from portal.infra.fields.money_field import pence_of
from portal.replacement_care.requests.asked import asked_at_version
from portal.replacement_care.requests.earlier_times import same_times, span_words

if TYPE_CHECKING:
    from portal.infra.forms import Form
    from portal.replacement_care.models import CareRequest

PRICES = ("new_cost", "cost")


def since_opened(care: CareRequest, version: int, typed: Form) -> str:
    """The times as they were and are, and for which of them a price was typed; '' where they are the same.

    `version` is that with which the page was opened; what was left alone in `typed` shows what is saved already.
    """
    was, now = asked_at_version(care, version), care.wanted_span or care.span
    if was is None or same_times(was, now):
        return ""
    changed = f"The times asked for were {span_words(was)}. They are now {span_words(now)}."
    return " ".join([changed, *_price_typed(typed)])


def _price_typed(typed: Form) -> list[str]:
    """What was typed for the earlier times stays in its box, and is not taken for the price of the new ones."""
    prices = [price for name in PRICES if name in typed and (price := pence_of(typed[name].data))]
    return [
        f"You entered {pounds(price)} for the earlier times. Check it is right for the new ones." for price in prices
    ]
