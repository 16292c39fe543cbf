"""Lines of a pasted agenda that are no items of their own: appendices of the item above, and breaks."""

from __future__ import annotations

import re

APPENDIX = re.compile(
    r"(?:appendix|appendices|annexe?s?)(?![a-z])(?=\s*(?:$|[0-9:–—-]|[a-z]{1,3}(?![a-z])))(?!\s+(?:to|of|on|for)\b).*"
    r"|(?:enclosure|attachment|supplementary paper)s?\s*(?:no\.?\s*)?(?:[0-9]{1,3}[a-z]?|[a-z])(?![a-z]).*",
    re.I,
)
_SORTS = r"short|comfort|screen|health|tea|coffee|lunch|light|buffet|working|networking|refreshments?|morning|afternoon"
_SORTS = rf"(?:(?:{_SORTS}|mid-?(?:morning|day|afternoon)|minutes?|mins?|[0-9]{{1,9}}+|a|the|for|and|&|/|-)\s*+)*"
_STARTS = r"at|from|until|till|to|will|is|are|provided|available|served|[0-9(]|for\s+(?:[0-9]|lunch|tea|coffee|all)"
_BREAKS = r"break|lunch|lunch ?time|tea|coffee|refreshments?|recess|interval|adjourn(?:ment)? for (?:lunch|tea|coffee)"
BREAK = re.compile(rf"{_SORTS}(?:{_BREAKS})(?:(?:\s*[,(–—-]\s*|\s+)(?:{_STARTS}).*)?\.?", re.I)


def why_no_item(title: str) -> str:
    """'it looks like a break'; '' for what may be an item. 'Short breaks' are care, not a pause."""
    if APPENDIX.fullmatch(title):
        return "it looks like an appendix of an item"
    return "it looks like a break" if BREAK.fullmatch(title) else ""
