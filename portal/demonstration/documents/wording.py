"""How money, counts, shares and days are written in board papers."""

from __future__ import annotations

from datetime import date

MONTHS = (  # never as the machine's language has them
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def millions(thousands: float, places: int = 3) -> str:
    """Thousands of pounds as £142.600m."""
    sign = "-" if thousands < 0 else ""
    return f"{sign}£{abs(thousands) / 1000:,.{places}f}m"


def in_table(thousands: float) -> str:
    """For a table headed £000: 142,600, and in brackets below nothing."""
    whole = round(thousands)
    return f"({-whole:,})" if whole < 0 else f"{whole:,}"


def count(number: float) -> str:
    return f"{round(number):,}"


def share(part: float, whole: float) -> str:
    return f"{round(100 * part / whole)}%" if whole else "0%"


def day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_day_words(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day_words(day)}"


def month_words(year: int, month: int) -> str:
    return f"{MONTHS[month - 1]} {year}"


def financial_year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02}"
