"""A PDF as its reader sees it, for the words in it."""

from __future__ import annotations

import io
from functools import partial

from portal.infra.documents.pdf.form_values import drawn_values
from portal.infra.documents.pdf.layers import Layers
from portal.infra.documents.pdf.numbering import append
from portal.infra.documents.pdf.things import kept


def as_shown(path: str) -> bytes | None:
    """A file as a reader sees it, for its words: values of forms are a part of its pages, and hidden layers are out.

    None of a file that is so already, or too damaged for it.
    """
    return kept(partial(_as_shown, path))


def _as_shown(path: str) -> bytes | None:
    import pikepdf

    with pikepdf.open(path) as pdf:
        layers = Layers(pdf)
        drawings = kept(lambda: drawn_values(pdf, path, layers, every=True)) or {}
        if not drawings and not kept(lambda: layers.any_hidden):
            return None
        kept(layers.take_out)
        save = pdf.make_stream(b"q\n")
        for index, drawing in drawings.items():
            append(pdf, pdf.pages[index].obj, save, drawing)
        out = io.BytesIO()
        pdf.save(out, encryption=False)
        return out.getvalue()
