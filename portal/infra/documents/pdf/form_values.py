"""Values typed into the forms of a PDF: where a file leaves it to programs to draw them, they are drawn into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from portal.infra.documents.pdf.layers import Layers
from portal.infra.documents.pdf.things import BROKEN, Thing

HIDDEN, NO_VIEW = 2, 32  # flags of an annotation
Drawing = dict[int, bytes]  # by index of the page: what draws the values after its content
Spot = tuple[int, int]  # the index of a page, and of an annotation on it


def drawn_values(pdf: Thing, path: str, layers: Layers, every: bool = False) -> Drawing:
    """Give fields without an appearance one. A value becomes a part of its page: what draws it there is answered.

    Fields that have an appearance stay fields, as they are, unless every value is wanted.
    """
    from pikepdf import Array, Dictionary

    made = _made_appearances(pdf, path)
    if every:
        made = {**_there_already(pdf), **made}
    drawings: dict[int, list[bytes]] = defaultdict(list)
    gone: dict[int, set[int]] = defaultdict(set)
    for (index, position), appearance in sorted(made.items()):
        page = pdf.pages[index].obj
        widget = page.Annots[position]
        if not _has_value(widget) or ("/AP" in widget and not every):
            widget.AP = Dictionary(N=appearance)
            continue
        if not _is_unseen(widget, layers):
            drawings[index].append(_drawn(page, widget, appearance, position))
        gone[index].add(position)
    for index, positions in gone.items():
        page = pdf.pages[index].obj
        page.Annots = Array([one for position, one in enumerate(page.Annots) if position not in positions])
    return {index: b"".join(parts) for index, parts in drawings.items()}


def _widgets(page: Thing) -> Iterator[tuple[int, Thing]]:
    from pikepdf import Array, Dictionary

    annotations = page.get("/Annots")
    for position, one in enumerate(annotations if isinstance(annotations, Array) else ()):
        if isinstance(one, Dictionary) and str(one.get("/Subtype", "")) == "/Widget":
            yield position, one


def _there_already(pdf: Thing) -> dict[Spot, Thing]:
    return {
        (index, position): appearance
        for index, page in enumerate(pdf.pages)
        for position, widget in _widgets(page.obj)
        if (appearance := _appearance(widget)) is not None
    }


def _is_unseen(widget: Thing, layers: Layers) -> bool:
    flags = widget.get("/F", 0)
    return bool(isinstance(flags, int) and flags & (HIDDEN | NO_VIEW)) or layers.hides(widget.get("/OC"))


def _appearance(widget: Thing) -> Thing:
    """The stream that shows a field as it is, chosen among its states; None when there is none."""
    from pikepdf import Dictionary, Stream

    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, Dictionary) else None
    if isinstance(normal, Dictionary):
        normal = normal.get(_state(widget, normal))
    return normal if isinstance(normal, Stream) else None


def _state(widget: Thing, states: Thing) -> str:
    if "/AS" in widget:
        return _as_key(widget.get("/AS"))
    parent = widget.get("/Parent", {})
    said = _as_key(widget.get("/V", "")) or _as_key(parent.get("/V", "") if hasattr(parent, "get") else "")
    return said if said and said in states else "/Off"


def _as_key(thing: Thing) -> str:
    from pikepdf import Name

    return str(thing) if isinstance(thing, Name) else ""


def _drawn(page: Thing, widget: Thing, appearance: Thing, position: int) -> bytes:
    """Draws an appearance in the place of its field (ISO 32000-1, 12.5.5). Nothing when a box makes no sense."""
    from pikepdf import Dictionary, Name

    try:
        left, bottom, right, top = _corners(widget.get("/Rect"))
        matrix = [float(one) for one in appearance.get("/Matrix", (1, 0, 0, 1, 0, 0))]
        inside = _transformed(_corners(appearance.get("/BBox")), matrix)
        across, up = inside[2] - inside[0], inside[3] - inside[1]
        if not across or not up:
            return b""
        scale_x, scale_y = (right - left) / across, (top - bottom) / up
    except (TypeError, ValueError):
        return b""
    name = f"/FieldValue{position}"
    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary):
        page.Resources = resources = Dictionary()
    else:
        page.Resources = resources = Dictionary(dict(resources))  # of this page alone: others may share what there was
    things = resources.get("/XObject")
    resources.XObject = Dictionary(dict(things)) if isinstance(things, Dictionary) else Dictionary()
    appearance.Type, appearance.Subtype = Name.XObject, Name.Form
    resources.XObject[name] = appearance
    place = (scale_x, 0.0, 0.0, scale_y, left - inside[0] * scale_x, bottom - inside[1] * scale_y)
    return f"q {' '.join(f'{one:.5f}' for one in place)} cm {name} Do Q\n".encode("ascii")


def _corners(thing: Thing) -> tuple[float, float, float, float]:
    one, two, three, four = (float(number) for number in thing)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _transformed(box: tuple[float, float, float, float], matrix: list[float]) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _made_appearances(pdf: Thing, path: str) -> dict[Spot, Thing]:
    """Appearances of fields that have none, or that the file asks to be made anew, as PDFium draws them."""
    form = pdf.Root.get("/AcroForm")
    if not hasattr(form, "get"):
        return {}
    anew = form.get("/NeedAppearances", False) is True
    lacking = {
        (index, position)
        for index, page in enumerate(pdf.pages)
        for position, widget in _widgets(page.obj)
        if anew or ("/AP" not in widget and _has_value(widget))
    }
    try:
        return _as_pdfium_draws(pdf, path, lacking, anew) if lacking else {}
    except BROKEN:
        return {}


def _has_value(widget: Thing) -> bool:
    parent, depth = widget, 0
    while hasattr(parent, "get") and depth < 20:
        if parent.get("/V") is not None:
            return True
        parent, depth = parent.get("/Parent"), depth + 1
    return False


def _as_pdfium_draws(pdf: Thing, path: str, lacking: set[Spot], anew: bool) -> dict[Spot, Thing]:
    import io

    import pikepdf
    import pypdfium2

    source: str | bytes = path
    if not anew:  # PDFium makes them only of a file that asks for it
        asking = io.BytesIO()
        with pikepdf.open(path) as again:
            again.Root.AcroForm.NeedAppearances = True
            again.save(asking)
        source = asking.getvalue()
    document = pypdfium2.PdfDocument(source)
    if document.get_formtype() in (pypdfium2.raw.FORMTYPE_NONE, pypdfium2.raw.FORMTYPE_ACRO_FORM):
        document.init_forms()
    for index in sorted({index for index, _ in lacking}):
        page = document[index]
        page.render(scale=8 / max(page.get_size()))
        page.close()
    drawn = io.BytesIO()
    document.save(drawn)
    document.close()
    made = {}
    drawn_pdf = pikepdf.open(io.BytesIO(drawn.getvalue()))
    for index, position in lacking:
        appearance = _appearance(drawn_pdf.pages[index].obj.Annots[position])
        if appearance is not None:
            made[index, position] = pdf.copy_foreign(appearance)
    return made
