"""Names for values whose kinds differ from row to row."""

from __future__ import annotations

from typing import Any

Typed = dict[str, Any]  # what somebody typed, by the name of its column: words, days, pence, lists of choices
EventFacts = dict[str, Any]  # what every event about a thing says of it: its ids, and its version where it has one
