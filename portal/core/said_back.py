"""What was typed can be meant in more than one way: the question that asks, and the answer that is likely."""

from __future__ import annotations


class Unsure(ValueError):
    """Two readings are left. `likely` is typed so that it can only be read in one way; the message asks."""

    def __init__(self, likely: str, other: str, likely_words: str = "") -> None:
        """`likely_words` is how a sentence says what is likely, where that differs."""
        self.likely = likely
        super().__init__(
            f"Do you mean {likely_words or likely} or {other}? "
            f"We’ve filled in {likely}. If it’s right, send the page again. If not, change it first"
        )
