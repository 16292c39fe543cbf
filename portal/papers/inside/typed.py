"""What is typed in the boxes of a form, which the text of a page leaves out; in a child process only."""

from __future__ import annotations

from portal.papers.inside.places import Piece, annotations_of, dictionary

UNSEEN = 0b100010  # of a box's flags: hidden, not for viewing
SECRET = 1 << 13  # of a field's: a password
CHOSEN_OR_TYPED = ("/Tx", "/Ch")


def typed_on(page: Piece) -> str:
    """A line for each box that is seen and has something in it."""
    boxes = [one for one in annotations_of(page) if str(one.get("/Subtype", "")) == "/Widget"]
    return "\n".join(words for one in boxes if (words := _typed(one)))


def not_drawn(typed: str, text: str) -> str:
    """The lines of what is typed that the text of the page has not: a box may be too small for its words."""
    drawn = "".join(text.split())
    return "\n".join(line for line in typed.splitlines() if "".join(line.split()) not in drawn)


def _typed(box: Piece) -> str:
    if int(box.get("/F", 0)) & UNSEEN or int(_inherited(box, "/Ff") or 0) & SECRET:
        return ""
    value = _inherited(box, "/V")
    is_words = str(_inherited(box, "/FT") or "") in CHOSEN_OR_TYPED and isinstance(value, _string())
    return str(value).strip() if is_words else ""


def _inherited(box: Piece, key: str) -> Piece:
    """What a field says itself, or the nearest field above it."""
    for _ in range(20):
        if not box or key in box:
            break
        box = dictionary(box, "/Parent")
    return box.get(key) if box else None


def _string() -> type[Piece]:
    from pikepdf import String

    return String
