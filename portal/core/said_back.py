"""What was typed can be meant in more than one way: the question that asks, and the answer that is likely."""

from __future__ import annotations


class Unsure(ValueError):
    """Two readings are left. `likely` is typed so that it can only be read in one way; the message asks."""

    def __init__(self, likely: str, other: str, likely_words: str = "") -> None:
        """`likely_words` is how a sentence says what is likely, where that differs."""
        self.likely = likely
        super().__init__(f"Do you mean {likely_words or likely} or {other}? We’ve filled in {likely}.")

    def with_button(self, button: str) -> str:
        """The whole sentence: it names the button that sends what is filled in."""
        return f"{self} If it’s right, select {button}. If not, change it first"
