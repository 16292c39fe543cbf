"""What a view hands to the template of its page."""

from __future__ import annotations

from typing import Any

PageFacts = dict[str, Any]  # anything that a page shows, by the name that its template uses
