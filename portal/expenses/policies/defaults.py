"""What a first policy proposes: the national mileage rates, and limits that public bodies in Scotland have used.

Proposals only: a board changes what it likes before it publishes, and its policies are dated.
"""

from __future__ import annotations

from datetime import date

from portal.core.values import Typed

CAR_RATE_CHANGED_ON = date(2026, 4, 6)  # 45p a mile until the day before, 55p since


ALWAYS, NEVER = 0, None


def default_terms(from_on: date) -> dict[str, Typed]:
    """Terms by category for a policy that starts on a day; what is not named is not covered. Rates are pence."""
    car = 55 if from_on >= CAR_RATE_CHANGED_ON else 45
    paid = {"is_covered": True, "receipt_over": ALWAYS}
    return {
        "car": {"is_covered": True, "rate": car, "band_miles": 10_000, "rate_after": 25, "receipt_over": NEVER},
        "motorcycle": {"is_covered": True, "rate": 24},
        "bicycle": {"is_covered": True, "rate": 20},
        "passenger": {"is_covered": True, "rate": 5},
        "public_transport": {**paid, "examples": "Bus, train and tram, standard class"},
        "taxi": {**paid, "examples": "When there is no bus, or you cannot take it"},
        "parking": dict(paid),
        "ferry_air": dict(paid),
        "subsistence": {**paid, "cap": 1070, "cap_per": "day", "examples": "A meal or a drink while you are away"},
        "accommodation": {**paid, "cap": 7500, "cap_per": "item", "examples": "Bed and breakfast"},
        "printing": {**paid, "receipt_over": 500, "examples": "Paper and ink for the papers of a meeting"},
        "childcare": {**paid, "examples": "While you prepare, travel and meet. A sitter’s own receipt will do"},
        "replacement_care": {**paid, "examples": "Care while you prepare, travel and meet"},
        "assistant": {**paid, "examples": "Someone who helps you to take part"},
    }
