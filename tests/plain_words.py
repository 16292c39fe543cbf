"""What can be counted of texts that we write ourselves: their sentences, and how their words are spelled."""

from __future__ import annotations

import re

SENTENCE_ENDS = re.compile(r"(?<=[.!?])[”)]?\s+")
AMERICAN = re.compile(
    r"\b(\w+iz(e[ds]?|ing|ations?)|analyz\w+|behaviors?|centers?|colors?|colored|defense|fulfill|favorite\w*|gray"
    r"|honor\w*|labor|neighbors?|pediatric\w*|programs?|gotten|traveled|traveling|canceled|catalog|vacation)\b",
    re.IGNORECASE,
)
BRITISH_TOO = {"size", "sizes", "prize", "prizes", "seized", "seize"}


def sentences(text: str) -> list[str]:
    return [one for one in SENTENCE_ENDS.split(text.strip()) if one]


def words_in(text: str) -> int:
    return len(text.split())


def american(text: str) -> list[str]:
    """Words that are spelled, or used, as nobody does in Scotland."""
    return [one[0] for one in AMERICAN.finditer(text) if one[0].lower() not in BRITISH_TOO]
