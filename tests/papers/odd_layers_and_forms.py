"""PDFs with layers that are hidden in one way or another, and with forms that are drawn or not."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, String

from tests.papers.odd_pdfs import ODD, RED_BOX, Pdf, add, odd, page_of, plain

__all__ = ["ODD"]


def _layered(default: Any, content: bytes, **more: Any) -> Pdf:
    """Two layers, a and b."""
    pdf = plain(1)
    groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in "ab"]
    for group, usage in zip(groups, more.pop("usage", ()), strict=False):
        group.Usage = usage
    page = page_of(pdf)
    page.Resources.Properties = Dictionary(a=groups[0], b=groups[1], **{k: v(groups) for k, v in more.items()})
    pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default(groups))
    add(pdf, content)
    return pdf


SECRET = b"/OC /a BDC BT /F1 20 Tf 90 500 Td (SECRET) Tj ET " + RED_BOX + b"EMC "
OPEN = b"/OC /b BDC BT /F1 20 Tf 90 400 Td (OPEN) Tj ET EMC "


@odd
def layer_off() -> Pdf:
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), SECRET + OPEN)


@odd
def layer_off_by_its_base() -> Pdf:
    return _layered(lambda g: Dictionary(BaseState=Name.OFF, ON=Array([g[1]])), SECRET + OPEN)


@odd
def layer_off_by_rule() -> Pdf:
    words = SECRET.replace(b"/a BDC", b"/rule BDC") + SECRET.replace(b"/a BDC", b"/said BDC") + OPEN
    return _layered(
        lambda g: Dictionary(OFF=Array([g[0]])),
        words,
        rule=lambda g: Dictionary(Type=Name.OCMD, OCGs=Array(g), P=Name.AllOn),
        said=lambda g: Dictionary(Type=Name.OCMD, VE=Array([Name.Not, g[1]])),
    )


@odd
def layer_off_in_a_form() -> Pdf:
    """The hidden words are in a form that a page draws, and a form is hidden as a whole."""
    pdf = _layered(lambda g: Dictionary(OFF=Array([g[0]])), OPEN + b"/Inner Do /Whole Do ")
    page = page_of(pdf)
    inner, whole = pdf.make_stream(SECRET), pdf.make_stream(SECRET.replace(b"/OC /a BDC", b"/Span BMC"))
    for form in (inner, whole):
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 850])
        form.Resources = Dictionary(Font=page.Resources.Font, Properties=page.Resources.Properties)
    whole.OC = page.Resources.Properties.a
    page.Resources.XObject = Dictionary(Inner=inner, Whole=whole)
    return pdf


@odd
def layer_off_and_states_in_it() -> Pdf:
    """The hidden part sets the place, the colour and a clip for what comes after it."""
    hidden = (
        b"/OC /a BDC 0 0 1 rg 1 0 0 1 0 -50 cm 0 0 400 400 re W n BT /F1 20 Tf 90 500 Td (SECRET) Tj T* (SECRET) ' "
    )
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), hidden + b"EMC 0 -30 Td (After it) Tj ET " + RED_BOX)


@odd
def layer_off_and_words_go_on_after_it() -> Pdf:
    hidden = b"BT /F1 20 Tf 90 500 Td (Before ) Tj /OC /a BDC (HIDDEN) Tj EMC ( after) Tj ET "
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), hidden)


@odd
def layer_never_closed() -> Pdf:
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), OPEN + SECRET.replace(b"EMC", b""))


@odd
def layer_for_paper_alone() -> Pdf:
    on_paper = Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    rules = Array([Dictionary(Event=Name.View, Category=Array([Name.View]))])
    return _layered(lambda g: Dictionary(OFF=Array([g[0]]), AS=rules), SECRET + OPEN, usage=[on_paper])


@odd
def layers_by_another_configuration() -> Pdf:
    pdf = _layered(lambda g: Dictionary(OFF=Array([g[0]])), SECRET + OPEN)
    groups = pdf.Root.OCProperties.OCGs
    pdf.Root.OCProperties.Configs = Array([Dictionary(Intent=Name.View, OFF=Array([groups[1]]))])
    return pdf


def _form(need: bool = False) -> Pdf:
    pdf = plain(2, "Form")
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    look = pdf.make_stream(b"/Tx BMC q BT /Helv 12 Tf 0 g 2 8 Td (Drawn value) Tj ET Q EMC")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 200, 30])
    look.Resources = Dictionary(Font=Dictionary(Helv=font))
    parent = pdf.make_indirect(Dictionary(T=String("person"), FT=Name.Tx, V=String("Drawn value")))
    fields = []
    for number in range(2):
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Rect=Array([72, 500, 272, 530]), F=4, Parent=parent,
                P=page_of(pdf, number), AP=Dictionary(N=look), DA=String("/Helv 12 Tf 0 g"),
            )
        )  # fmt: skip
        fields.append(widget)
        page_of(pdf, number).Annots = Array([widget])
    parent.Kids = Array(fields)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([parent]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 0 Tf 0 g")
    )
    if need:
        pdf.Root.AcroForm.NeedAppearances = True
    return pdf


@odd
def form() -> Pdf:
    return _form()


@odd
def form_that_programs_draw() -> Pdf:
    pdf = _form(need=True)
    pdf.Root.AcroForm.Fields[0].V = String("New value")
    return pdf


@odd
def form_without_appearances() -> Pdf:
    pdf = _form()
    for number in range(2):
        del page_of(pdf, number).Annots[0].AP
    return pdf


@odd
def form_in_circles() -> Pdf:
    pdf = _form()
    parent = pdf.Root.AcroForm.Fields[0]
    parent.Kids.append(parent)
    parent.Parent = parent
    pdf.Root.AcroForm.Fields.append(Dictionary())
    return pdf


@odd
def ticked_boxes() -> Pdf:
    pdf = plain(1)
    on, off = pdf.make_stream(b"0 g 2 2 10 10 re f"), pdf.make_stream(b"0 G 2 2 10 10 re S")
    for one in (on, off):
        one.Type, one.Subtype, one.BBox = Name.XObject, Name.Form, Array([0, 0, 14, 14])
    boxes = []
    for number, state in enumerate((Name.Yes, Name.Off, None)):
        box = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String(f"box{number}"), F=4, V=Name.Yes,
            Rect=Array([72, 500 + 30 * number, 86, 514 + 30 * number]), AP=Dictionary(N=Dictionary(Yes=on, Off=off)),
        )  # fmt: skip
        if state:
            box.AS = state
        boxes.append(pdf.make_indirect(box))
    page_of(pdf).Annots = Array(boxes)
    pdf.Root.AcroForm = Dictionary(Fields=Array(boxes))
    return pdf


@odd
def encrypted() -> Pdf:
    return _form()
