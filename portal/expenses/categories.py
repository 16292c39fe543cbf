"""What can be claimed, and how each is measured: by miles, by time where the board has a rate, or by what was paid."""

from __future__ import annotations

from dataclasses import dataclass

MILES, TIME, COST = "miles", "time", "cost"
CARE = "replacement_care"  # of which a board's care policy speaks too


@dataclass(frozen=True)
class Category:
    """One kind of expense; `is_care` says that its receipts often name the person cared for."""

    key: str
    words: str
    measure: str
    is_care: bool = False


# fmt: off
CATEGORIES = (
    Category("car",              "Miles by car",                            MILES),
    Category("motorcycle",       "Miles by motorcycle",                     MILES),
    Category("bicycle",          "Miles by bicycle",                        MILES),
    Category("passenger",        "Car passengers",                          MILES),
    Category("public_transport", "Bus, train or tram",                      COST),
    Category("taxi",             "Taxi",                                    COST),
    Category("parking",          "Parking",                                 COST),
    Category("ferry_air",        "Ferry or plane",                          COST),
    Category("subsistence",      "Food and drink",                          COST),
    Category("accommodation",    "Overnight stay",                          COST),
    Category("printing",         "Printing and stationery",                 COST),
    Category("phone",            "Phone and broadband",                     COST),
    Category("childcare",        "Childcare",                               TIME, is_care=True),
    Category("replacement_care", "Replacement care",                        TIME, is_care=True),
    Category("assistant",        "Personal assistant or interpreter",       TIME, is_care=True),
    Category("earnings",         "Loss of earnings",                        TIME),
    Category("preparation",      "Time to prepare",                         TIME),
)
# fmt: on
BY_KEY = {one.key: one for one in CATEGORIES}
KEYS = tuple(BY_KEY)
