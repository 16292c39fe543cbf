"""Names for values whose kinds differ from row to row."""

from __future__ import annotations

from typing import Any

Typed = dict[str, Any]  # what somebody typed, by the name of its column: words, days, pence, lists of choices
EventFacts = dict[str, Any]  # what an event says of a thing: its ids, its version, plain values as JSON keeps them
