"""Made-up board papers for the demonstration, that read as an Integration Joint Board's do. All in them is invented."""

from __future__ import annotations

from portal.demonstration.documents import contexts
from portal.demonstration.documents.contexts import Context
from portal.demonstration.documents.reading import Head, head_of, keys, names, read

__all__ = ["Context", "Head", "contexts", "head", "keys", "names", "render"]


def head(key: str, context: Context) -> Head:
    """What a document says of itself: title, the author's post, purpose, groups, recommendations."""
    return head_of(key, context)


def render(key: str, context: Context) -> bytes:
    """The document as a PDF. The same of the same: not a byte differs."""
    from portal.demonstration.documents.drawing import drawn  # reportlab is heavy

    return drawn(*read(key, context), context)
