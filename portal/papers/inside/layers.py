"""Layers of a PDF that are not shown: what is written on them is not read either; in a child process only."""

from __future__ import annotations

from portal.papers.inside.places import Piece, dictionary, elements

Marks = set[tuple[int, int]]  # which objects, by the numbers they have in the file


def take_hidden_out(pdf: Piece) -> bool:
    """Take what is written on hidden layers out of the pages. Whether there was anything."""
    hidden = _hidden(dictionary(pdf.Root, "/OCProperties"))
    changed = [page for page in pdf.pages if hidden and _cut(pdf, page, hidden)]
    return bool(changed)


def _hidden(layers: Piece) -> Marks:
    """As the file says that a reader program shows it at first."""
    if not layers:
        return set()
    usual = dictionary(layers, "/D")
    every = elements(layers, "/OCGs") if str(usual.get("/BaseState", "")) == "/OFF" else []
    off = {one.objgen for one in every if one is not None} - {one.objgen for one in _named(usual, "/ON")}
    return off | {one.objgen for one in _named(usual, "/OFF")}


def _named(holder: Piece, key: str) -> list[Piece]:
    from pikepdf import Dictionary

    return [one for one in elements(holder, key) if isinstance(one, Dictionary)]


def _is_hidden(layer: Piece, hidden: Marks) -> bool:
    """Of a layer, or of several that say together whether something is shown."""
    from pikepdf import Dictionary

    if not isinstance(layer, Dictionary):
        return False
    if str(layer.get("/Type", "")) != "/OCMD":
        return layer.objgen in hidden
    named = layer.get("/OCGs")
    states = [
        one.objgen not in hidden for one in ([named] if isinstance(named, Dictionary) else _named(layer, "/OCGs"))
    ]
    if not states:
        return False
    shown = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
    return not shown.get(str(layer.get("/P", "")), any(states))


def _cut(pdf: Piece, page: Piece, hidden: Marks) -> bool:
    """Leave out of a page what stands between the marks of a hidden layer, and pictures that belong to one."""
    from pikepdf import parse_content_stream, unparse_content_stream

    resources = dictionary(page.obj, "/Resources")
    names = {str(key) for key, one in dictionary(resources, "/Properties").items() if _is_hidden(one, hidden)}
    drawn = dictionary(resources, "/XObject")
    names_drawn = {str(key) for key, one in drawn.items() if "/OC" in one and _is_hidden(one.get("/OC"), hidden)}
    if not names and not names_drawn:
        return False
    kept, inside = [], 0
    for one in parse_content_stream(page):
        operator, operands = str(one.operator), list(getattr(one, "operands", ()))
        starts = operator == "BDC" and [str(word) for word in operands[:2]] in [["/OC", name] for name in names]
        if inside or starts:
            inside += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        elif not (operator == "Do" and str(operands[0]) in names_drawn):
            kept.append(one)
    page.obj["/Contents"] = pdf.make_stream(unparse_content_stream(kept))
    return True
