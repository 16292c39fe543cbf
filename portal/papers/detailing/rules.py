"""What the page of a published paper says of its details before: in words, or only that they were changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from portal.core.changes import LONGEST_SHOWN, Changes
from portal.core.text import date_words
from portal.core.values import Typed
from portal.papers.preparing.rules import CARER_IMPACT, EQUALITY, PAPER_OR_APPENDIX

Earlier = Typed  # as JSON: on which day, what it was by column, whether it was private then
WAS: Mapping[str, str] = {
    "title": "The title was",
    "reference": "The reference was",
    "author_post": "The post of who wrote it was",
    "recommendations": "What it recommends was",
    "carer_impact": "The impact on carers was",
    "equality": "The equality impact assessment was",
    "kind": "What it is was",
}
IN_WORDS: Mapping[str, Mapping[str, str]] = {
    "carer_impact": dict(CARER_IMPACT),
    "equality": dict(EQUALITY),
    "kind": dict(PAPER_OR_APPENDIX),
}
PROTECTED = ", to protect personal data."


def noted(earlier: Sequence[Earlier], today: date, changes: Changes, is_private: bool) -> list[Earlier]:
    """With a change of today behind those before. `is_private`: the item was restricted when it said so."""
    was = {column: str(both[0] or "") for column, both in changes.items() if column in WAS}
    return [*earlier, {"on": today.isoformat(), "was": was, "is_private": is_private}] if was else list(earlier)


def protected(earlier: Sequence[Earlier], today: date | None = None) -> list[Earlier]:
    """Personal data was in the details: that they were changed is all that is left, also of today where it is given."""
    days = [one["on"] for one in earlier] + ([today.isoformat()] if today else [])
    return [{"on": day} for day in dict.fromkeys(days)]


def titles(earlier: Sequence[Earlier]) -> list[str]:
    """What a paper was called before, as far as that is kept."""
    return [one["was"]["title"] for one in earlier if "title" in one.get("was", {})]


def said_of(earlier: Sequence[Earlier], reads_private: bool) -> list[str]:
    """'Changed on 3 March 2026. The title was “Budget”.', the latest first."""
    return [_said(one, reads_private) for one in reversed(earlier)]


def _said(one: Earlier, reads_private: bool) -> str:
    changed = f"Changed on {date_words(date.fromisoformat(one['on']))}"
    if "was" not in one:
        return changed + PROTECTED
    is_told = reads_private or not one.get("is_private")
    return " ".join([f"{changed}.", *(_words(column, was, is_told) for column, was in one["was"].items())])


def _words(column: str, was: str, is_told: bool) -> str:
    if not is_told:
        return f"{WAS[column].rsplit(' ', 1)[0]} was changed."
    was = IN_WORDS.get(column, {}).get(was, was) if was else ""
    cut = was if len(was) <= LONGEST_SHOWN else f"{was[:LONGEST_SHOWN]}…"
    return f"{WAS[column]} “{cut}”." if cut else f"{WAS[column]} blank."


def impact_change(earlier: Sequence[Earlier], since: date, now: str) -> str:
    """'limited to substantial', where the impact on carers was another on a day; '' where it is as it was then."""
    before = [
        one["was"]["carer_impact"]
        for one in earlier
        if "carer_impact" in one.get("was", {}) and date.fromisoformat(one["on"]) >= since
    ]
    return f"{_impact(before[0])} to {_impact(now)}" if before and before[0] != now else ""


def _impact(key: str) -> str:
    return key or "not stated"
