"""PDFs as odd as real ones are: turned pages, boxes that make no sense, layers, forms, trees that go in circles.

Each is a function that makes one; every function here whose name does not begin with `_` is one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

Pdf = Any
ODD: dict[str, Callable[[], bytes]] = {}
RED_BOX = b"1 0 0 rg 100 600 200 100 re f "


def _odd(make: Callable[[], Pdf]) -> Callable[[], bytes]:
    def made() -> bytes:
        out = io.BytesIO()
        make().save(out, encryption=pikepdf.Encryption(owner="o", user="") if "encrypted" in make.__name__ else False)
        return out.getvalue()

    ODD[make.__name__] = made
    return made


def _plain(pages: int = 3, words: str = "Paper") -> Pdf:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 30)
        canvas.drawString(72, 720, f"{words} {number}")
        canvas.rect(60, 60, 475, 720)
        canvas.showPage()
    canvas.save()
    return pikepdf.open(io.BytesIO(out.getvalue()))


def _page(pdf: Pdf, number: int = 0) -> Any:
    return pdf.pages[number].obj


def _add(pdf: Pdf, content: bytes, number: int = 0) -> None:
    pdf.pages[number].contents_add(content)


@_odd
def turned() -> Pdf:
    pdf = _plain(6)
    for number, turn in enumerate((90, 180, 270, -90, 450, 45)):
        _page(pdf, number).Rotate = turn
    return pdf


@_odd
def boxes() -> Pdf:
    """Crop boxes not at 0, upside down, outside, empty, and with words for numbers; media boxes far from 0."""
    pdf = _plain(8)
    _page(pdf, 0).CropBox = Array([100, 200, 400, 800])
    _page(pdf, 1).CropBox = Array([400, 800, 100, 200])
    _page(pdf, 2).CropBox = Array([2000, 2000, 3000, 3000])
    _page(pdf, 3).CropBox = Array([10, 10, 10, 10])
    _page(pdf, 4).MediaBox = Array([-100, -200, 500, 700])
    _page(pdf, 5).CropBox = Array([-50, -50, 700, 900])
    _page(pdf, 6).CropBox = Array([String("a"), 0, 100, 100])
    _page(pdf, 7).CropBox = Array([100, 100, 400, 500])
    _page(pdf, 7).Rotate = 90
    return pdf


@_odd
def no_boxes() -> Pdf:
    pdf = _plain(3)
    del _page(pdf, 0).MediaBox
    _page(pdf, 1).MediaBox = Array([])
    _page(pdf, 2).MediaBox = pdf.make_indirect(Array([0, 0, pdf.make_indirect(400), 842]))
    return pdf


@_odd
def sizes() -> Pdf:
    """A stamp, a poster, and pages whose unit is larger."""
    pdf = _plain(4)
    _page(pdf, 0).MediaBox = Array([0, 0, 40, 30])
    _page(pdf, 1).MediaBox = Array([0, 0, 2384, 3370])
    _page(pdf, 2).UserUnit = 2
    _page(pdf, 3).MediaBox = Array([0, 0, 842, 100])
    return pdf


@_odd
def inherited() -> Pdf:
    """Size, turn and resources stand in the tree of pages."""
    pdf = _plain(2)
    tree = pdf.Root.Pages
    tree.MediaBox, tree.Rotate = Array([0, 0, 500, 800]), 90
    tree.Resources = pdf.make_indirect(_page(pdf).Resources)
    for number in range(2):
        for key in ("/MediaBox", "/Rotate", "/Resources"):
            del _page(pdf, number)[key]
    return pdf


@_odd
def no_content() -> Pdf:
    pdf = _plain(4)
    del _page(pdf, 0).Contents
    _page(pdf, 1).Contents = Array([])
    del _page(pdf, 2).Resources
    _page(pdf, 3).Contents = Array([_page(pdf, 3).Contents, None, Dictionary()])
    return pdf


@_odd
def states_left_open() -> Pdf:
    pdf = _plain(8)
    _add(pdf, b"q q 0.3 0 0 0.3 50 50 cm " + RED_BOX, 0)
    _add(pdf, b"0.3 0 0 0.3 50 50 cm Q Q " + RED_BOX, 1)
    _add(pdf, b"0 0 50 50 re W n " + RED_BOX, 2)
    _add(pdf, b"BT /F1 20 Tf 3 Tr 90 600 Td (q q Q unseen) Tj", 3)
    _add(pdf, b"0.5 0 0 0.5 0 0 cm % a remark without an end", 4)
    _add(pdf, b"/Span <</A 1>> BDC /Note BMC " + RED_BOX, 5)
    _add(pdf, b"Q 0.5 g Q 10 10 m 200 200 l S q", 6)
    _add(pdf, b"BT /F1 20 Tf 90 600 Td (A q and a Q) Tj ET", 7)
    return pdf


@_odd
def annotations() -> Pdf:
    pdf = _plain(3)
    look = pdf.make_stream(RED_BOX)
    look.Subtype, look.BBox, look.Type = Name.Form, Array([100, 600, 300, 700]), Name.XObject
    stamp = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 100, 250, 200]), AP=Dictionary(N=look), F=4
    )
    hidden = Dictionary({**dict(stamp), "/F": 2})
    mark = Dictionary(
        Type=Name.Annot, Subtype=Name.Highlight, Rect=Array([72, 700, 300, 760]), C=Array([1, 1, 0]),
        QuadPoints=Array([72, 760, 300, 760, 72, 700, 300, 700]),
    )  # fmt: skip
    shared = pdf.make_indirect(Array([pdf.make_indirect(stamp), None, pdf.make_indirect(mark)]))
    _page(pdf, 0).Annots = shared
    _page(pdf, 1).Annots = shared
    _page(pdf, 2).Annots = Array([hidden, pdf.get_object(9999, 0), 3, stamp])
    return pdf


@_odd
def links() -> Pdf:
    """To pages by place, by number, by both kinds of name, by action, to the web, and to nowhere."""
    pdf = _plain(6)
    pages = [_page(pdf, number) for number in range(6)]
    pdf.Root.Dests = Dictionary(old=Array([pages[4], Name.XYZ, 10, 500, 0]))
    tree = Array(
        [String("new"), Array([pages[5], Name.Fit]), String("dict"), Dictionary(D=Array([pages[3], Name.FitH, 9]))]
    )
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
    to = [
        Dictionary(Dest=Array([pages[1], Name.XYZ, None, 700, None])), Dictionary(Dest=Array([2, Name.Fit])),
        Dictionary(A=Dictionary(S=Name.GoTo, D=String("dict"))), Dictionary(Dest=Name("/old")),
        Dictionary(Dest=String("new")), Dictionary(A=Dictionary(S=Name.URI, URI=String("https://example.org"))),
        Dictionary(Dest=String("gone")), Dictionary(Dest=Array([None, Name.Fit])), Dictionary(Dest=5),
    ]  # fmt: skip
    for number, one in enumerate(to):
        one.Type, one.Subtype, one.Rect = Name.Annot, Name.Link, Array([72, 100 + 20 * number, 200, 115 + 20 * number])
    pages[0].Annots = Array([pdf.make_indirect(one) for one in to])
    return pdf


@_odd
def named_like_links() -> Pdf:
    """It has a name that `links` has, too."""
    pdf = _plain(2)
    place = Array([String("new"), Array([_page(pdf, 1), Name.Fit])])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=place))
    _page(pdf).Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([72, 100, 200, 115]), Dest=String("new"))])
    return pdf


@_odd
def broken_bookmarks() -> Pdf:
    """A chain that comes back to its beginning, a child that is its own parent, no title, no place."""
    pdf = _plain(3)
    root, one, two, three = (pdf.make_indirect(Dictionary()) for _ in range(4))
    root.First, root.Last, root.Count = one, three, -7
    one.Title, one.Dest, one.Next, one.First = String("One"), Array([_page(pdf, 1), Name.Fit]), two, one
    two.Dest, two.Next, two.First = Array([_page(pdf, 2)]), three, pdf.make_indirect(Dictionary(Title=String("Under")))
    three.Title, three.Next, three.Dest = String("Three\x07 £"), one, Name("/nowhere")
    pdf.Root.Outlines = root
    return pdf


@_odd
def trees_in_circles() -> Pdf:
    pdf = _plain(2)
    node = pdf.make_indirect(Dictionary(Limits=Array([String("z"), String("a")])))
    node.Kids = Array(
        [node, None, 7, Dictionary(Names=Array([String("there"), Array([_page(pdf, 1), Name.Fit]), String("odd")]))]
    )
    pdf.Root.Names = Dictionary(Dests=node)
    pdf.Root.Outlines, pdf.Root.AcroForm, pdf.Root.OCProperties = String("x"), Array([]), Name("/No")
    _page(pdf).Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([1, 1, 20, 20]), Dest=String("there"))])
    return pdf


def _layered(default: Any, content: bytes, **more: Any) -> Pdf:
    """Two layers, a and b."""
    pdf = _plain(1)
    groups = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in "ab"]
    for group, usage in zip(groups, more.pop("usage", ()), strict=False):
        group.Usage = usage
    page = _page(pdf)
    page.Resources.Properties = Dictionary(a=groups[0], b=groups[1], **{k: v(groups) for k, v in more.items()})
    pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=default(groups))
    _add(pdf, content)
    return pdf


SECRET = b"/OC /a BDC BT /F1 20 Tf 90 500 Td (SECRET) Tj ET " + RED_BOX + b"EMC "
OPEN = b"/OC /b BDC BT /F1 20 Tf 90 400 Td (OPEN) Tj ET EMC "


@_odd
def layer_off() -> Pdf:
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), SECRET + OPEN)


@_odd
def layer_off_by_its_base() -> Pdf:
    return _layered(lambda g: Dictionary(BaseState=Name.OFF, ON=Array([g[1]])), SECRET + OPEN)


@_odd
def layer_off_by_rule() -> Pdf:
    words = SECRET.replace(b"/a BDC", b"/rule BDC") + SECRET.replace(b"/a BDC", b"/said BDC") + OPEN
    return _layered(
        lambda g: Dictionary(OFF=Array([g[0]])),
        words,
        rule=lambda g: Dictionary(Type=Name.OCMD, OCGs=Array(g), P=Name.AllOn),
        said=lambda g: Dictionary(Type=Name.OCMD, VE=Array([Name.Not, g[1]])),
    )


@_odd
def layer_off_in_a_form() -> Pdf:
    """The hidden words are in a form that a page draws, and a form is hidden as a whole."""
    pdf = _layered(lambda g: Dictionary(OFF=Array([g[0]])), OPEN + b"/Inner Do /Whole Do ")
    page = _page(pdf)
    inner, whole = pdf.make_stream(SECRET), pdf.make_stream(SECRET.replace(b"/OC /a BDC", b"/Span BMC"))
    for form in (inner, whole):
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 600, 850])
        form.Resources = Dictionary(Font=page.Resources.Font, Properties=page.Resources.Properties)
    whole.OC = page.Resources.Properties.a
    page.Resources.XObject = Dictionary(Inner=inner, Whole=whole)
    return pdf


@_odd
def layer_off_and_states_in_it() -> Pdf:
    """The hidden part sets the place, the colour and a clip for what comes after it."""
    hidden = (
        b"/OC /a BDC 0 0 1 rg 1 0 0 1 0 -50 cm 0 0 400 400 re W n BT /F1 20 Tf 90 500 Td (SECRET) Tj T* (SECRET) ' "
    )
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), hidden + b"EMC 0 -30 Td (After it) Tj ET " + RED_BOX)


@_odd
def layer_off_and_words_go_on_after_it() -> Pdf:
    hidden = b"BT /F1 20 Tf 90 500 Td (Before ) Tj /OC /a BDC (HIDDEN) Tj EMC ( after) Tj ET "
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), hidden)


@_odd
def layer_never_closed() -> Pdf:
    return _layered(lambda g: Dictionary(OFF=Array([g[0]])), OPEN + SECRET.replace(b"EMC", b""))


@_odd
def layer_for_paper_alone() -> Pdf:
    on_paper = Dictionary(View=Dictionary(ViewState=Name.OFF), Print=Dictionary(PrintState=Name.ON))
    rules = Array([Dictionary(Event=Name.View, Category=Array([Name.View]))])
    return _layered(lambda g: Dictionary(OFF=Array([g[0]]), AS=rules), SECRET + OPEN, usage=[on_paper])


@_odd
def layers_by_another_configuration() -> Pdf:
    pdf = _layered(lambda g: Dictionary(OFF=Array([g[0]])), SECRET + OPEN)
    groups = pdf.Root.OCProperties.OCGs
    pdf.Root.OCProperties.Configs = Array([Dictionary(Intent=Name.View, OFF=Array([groups[1]]))])
    return pdf


def _form(need: bool = False) -> Pdf:
    pdf = _plain(2, "Form")
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
                P=_page(pdf, number), AP=Dictionary(N=look), DA=String("/Helv 12 Tf 0 g"),
            )
        )  # fmt: skip
        fields.append(widget)
        _page(pdf, number).Annots = Array([widget])
    parent.Kids = Array(fields)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([parent]), DR=Dictionary(Font=Dictionary(Helv=font)), DA=String("/Helv 0 Tf 0 g")
    )
    if need:
        pdf.Root.AcroForm.NeedAppearances = True
    return pdf


@_odd
def form() -> Pdf:
    return _form()


@_odd
def form_that_programs_draw() -> Pdf:
    pdf = _form(need=True)
    pdf.Root.AcroForm.Fields[0].V = String("New value")
    return pdf


@_odd
def form_without_appearances() -> Pdf:
    pdf = _form()
    for number in range(2):
        del _page(pdf, number).Annots[0].AP
    return pdf


@_odd
def form_in_circles() -> Pdf:
    pdf = _form()
    parent = pdf.Root.AcroForm.Fields[0]
    parent.Kids.append(parent)
    parent.Parent = parent
    pdf.Root.AcroForm.Fields.append(Dictionary())
    return pdf


@_odd
def ticked_boxes() -> Pdf:
    pdf = _plain(1)
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
    _page(pdf).Annots = Array(boxes)
    pdf.Root.AcroForm = Dictionary(Fields=Array(boxes))
    return pdf


@_odd
def encrypted() -> Pdf:
    return _form()


@_odd
def one_page_twice() -> Pdf:
    pdf = _plain(2)
    pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0])
    pdf.Root.Pages.Count = 3
    return pdf


@_odd
def a_tree_that_miscounts() -> Pdf:
    pdf = _plain(3)
    pdf.Root.Pages.Count = 7
    return pdf


@_odd
def shared_resources() -> Pdf:
    pdf = _plain(3)
    resources = pdf.make_indirect(_page(pdf).Resources)
    for number in range(3):
        _page(pdf, number).Resources = resources
    resources.Font = pdf.make_indirect(resources.Font)
    return pdf


@_odd
def see_through() -> Pdf:
    pdf = _plain(1)
    _page(pdf).Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True, K=True)
    _page(pdf).Resources.ExtGState = Dictionary(half=Dictionary(ca=0.5, BM=Name.Multiply))
    _add(pdf, b"/half gs " + RED_BOX + b"0 1 0 rg 150 650 200 100 re f ")
    return pdf


@_odd
def tagged() -> Pdf:
    pdf = _plain(2)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(S=Name.P, P=root, Pg=_page(pdf, 1), K=0))
    root.K, root.ParentTree = element, Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    _page(pdf).StructParents = 0
    return pdf
