"""PDFs as odd as real ones are: turned pages, boxes that make no sense, layers, forms, trees that go in circles.

Each is a function that makes one, and ODD holds them all, also those with layers and forms.
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


def odd(make: Callable[[], Pdf]) -> Callable[[], bytes]:
    def made() -> bytes:
        out = io.BytesIO()
        make().save(out, encryption=pikepdf.Encryption(owner="o", user="") if "encrypted" in make.__name__ else False)
        return out.getvalue()

    ODD[make.__name__] = made
    return made


def plain(pages: int = 3, words: str = "Paper") -> Pdf:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 30)
        canvas.drawString(72, 720, f"{words} {number}")
        canvas.rect(60, 60, 475, 720)
        canvas.showPage()
    canvas.save()
    return pikepdf.open(io.BytesIO(out.getvalue()))


def page_of(pdf: Pdf, number: int = 0) -> Any:
    return pdf.pages[number].obj


def add(pdf: Pdf, content: bytes, number: int = 0) -> None:
    pdf.pages[number].contents_add(content)


@odd
def turned() -> Pdf:
    pdf = plain(6)
    for number, turn in enumerate((90, 180, 270, -90, 450, 45)):
        page_of(pdf, number).Rotate = turn
    return pdf


@odd
def boxes() -> Pdf:
    """Crop boxes not at 0, upside down, outside, empty, and with words for numbers; media boxes far from 0."""
    pdf = plain(8)
    page_of(pdf, 0).CropBox = Array([100, 200, 400, 800])
    page_of(pdf, 1).CropBox = Array([400, 800, 100, 200])
    page_of(pdf, 2).CropBox = Array([2000, 2000, 3000, 3000])
    page_of(pdf, 3).CropBox = Array([10, 10, 10, 10])
    page_of(pdf, 4).MediaBox = Array([-100, -200, 500, 700])
    page_of(pdf, 5).CropBox = Array([-50, -50, 700, 900])
    page_of(pdf, 6).CropBox = Array([String("a"), 0, 100, 100])
    page_of(pdf, 7).CropBox = Array([100, 100, 400, 500])
    page_of(pdf, 7).Rotate = 90
    return pdf


@odd
def no_boxes() -> Pdf:
    pdf = plain(3)
    del page_of(pdf, 0).MediaBox
    page_of(pdf, 1).MediaBox = Array([])
    page_of(pdf, 2).MediaBox = pdf.make_indirect(Array([0, 0, pdf.make_indirect(400), 842]))
    return pdf


@odd
def sizes() -> Pdf:
    """A stamp, a poster, and pages whose unit is larger."""
    pdf = plain(4)
    page_of(pdf, 0).MediaBox = Array([0, 0, 40, 30])
    page_of(pdf, 1).MediaBox = Array([0, 0, 2384, 3370])
    page_of(pdf, 2).UserUnit = 2
    page_of(pdf, 3).MediaBox = Array([0, 0, 842, 100])
    return pdf


@odd
def inherited() -> Pdf:
    """Size, turn and resources stand in the tree of pages."""
    pdf = plain(2)
    tree = pdf.Root.Pages
    tree.MediaBox, tree.Rotate = Array([0, 0, 500, 800]), 90
    tree.Resources = pdf.make_indirect(page_of(pdf).Resources)
    for number in range(2):
        for key in ("/MediaBox", "/Rotate", "/Resources"):
            del page_of(pdf, number)[key]
    return pdf


@odd
def no_content() -> Pdf:
    pdf = plain(4)
    del page_of(pdf, 0).Contents
    page_of(pdf, 1).Contents = Array([])
    del page_of(pdf, 2).Resources
    page_of(pdf, 3).Contents = Array([page_of(pdf, 3).Contents, None, Dictionary()])
    return pdf


@odd
def states_left_open() -> Pdf:
    pdf = plain(8)
    add(pdf, b"q q 0.3 0 0 0.3 50 50 cm " + RED_BOX, 0)
    add(pdf, b"0.3 0 0 0.3 50 50 cm Q Q " + RED_BOX, 1)
    add(pdf, b"0 0 50 50 re W n " + RED_BOX, 2)
    add(pdf, b"BT /F1 20 Tf 3 Tr 90 600 Td (q q Q unseen) Tj", 3)
    add(pdf, b"0.5 0 0 0.5 0 0 cm % a remark without an end", 4)
    add(pdf, b"/Span <</A 1>> BDC /Note BMC " + RED_BOX, 5)
    add(pdf, b"Q 0.5 g Q 10 10 m 200 200 l S q", 6)
    add(pdf, b"BT /F1 20 Tf 90 600 Td (A q and a Q) Tj ET", 7)
    return pdf


@odd
def annotations() -> Pdf:
    pdf = plain(3)
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
    page_of(pdf, 0).Annots = shared
    page_of(pdf, 1).Annots = shared
    page_of(pdf, 2).Annots = Array([hidden, pdf.get_object(9999, 0), 3, stamp])
    return pdf


@odd
def links() -> Pdf:
    """To pages by place, by number, by both kinds of name, by action, to the web, and to nowhere."""
    pdf = plain(6)
    pages = [page_of(pdf, number) for number in range(6)]
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


@odd
def named_like_links() -> Pdf:
    """It has a name that `links` has, too."""
    pdf = plain(2)
    place = Array([String("new"), Array([page_of(pdf, 1), Name.Fit])])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=place))
    page_of(pdf).Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([72, 100, 200, 115]), Dest=String("new"))])
    return pdf


@odd
def broken_bookmarks() -> Pdf:
    """A chain that comes back to its beginning, a child that is its own parent, no title, no place."""
    pdf = plain(3)
    root, one, two, three = (pdf.make_indirect(Dictionary()) for _ in range(4))
    root.First, root.Last, root.Count = one, three, -7
    one.Title, one.Dest, one.Next, one.First = String("One"), Array([page_of(pdf, 1), Name.Fit]), two, one
    two.Dest, two.Next, two.First = (
        Array([page_of(pdf, 2)]),
        three,
        pdf.make_indirect(Dictionary(Title=String("Under"))),
    )
    three.Title, three.Next, three.Dest = String("Three\x07 £"), one, Name("/nowhere")
    pdf.Root.Outlines = root
    return pdf


@odd
def trees_in_circles() -> Pdf:
    pdf = plain(2)
    node = pdf.make_indirect(Dictionary(Limits=Array([String("z"), String("a")])))
    node.Kids = Array(
        [node, None, 7, Dictionary(Names=Array([String("there"), Array([page_of(pdf, 1), Name.Fit]), String("odd")]))]
    )
    pdf.Root.Names = Dictionary(Dests=node)
    pdf.Root.Outlines, pdf.Root.AcroForm, pdf.Root.OCProperties = String("x"), Array([]), Name("/No")
    page_of(pdf).Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([1, 1, 20, 20]), Dest=String("there"))])
    return pdf


@odd
def one_page_twice() -> Pdf:
    pdf = plain(2)
    pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[0])
    pdf.Root.Pages.Count = 3
    return pdf


@odd
def a_tree_that_miscounts() -> Pdf:
    pdf = plain(3)
    pdf.Root.Pages.Count = 7
    return pdf


@odd
def shared_resources() -> Pdf:
    pdf = plain(3)
    resources = pdf.make_indirect(page_of(pdf).Resources)
    for number in range(3):
        page_of(pdf, number).Resources = resources
    resources.Font = pdf.make_indirect(resources.Font)
    return pdf


@odd
def see_through() -> Pdf:
    pdf = plain(1)
    page_of(pdf).Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True, K=True)
    page_of(pdf).Resources.ExtGState = Dictionary(half=Dictionary(ca=0.5, BM=Name.Multiply))
    add(pdf, b"/half gs " + RED_BOX + b"0 1 0 rg 150 650 200 100 re f ")
    return pdf


@odd
def tagged() -> Pdf:
    pdf = plain(2)
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    element = pdf.make_indirect(Dictionary(S=Name.P, P=root, Pg=page_of(pdf, 1), K=0))
    root.K, root.ParentTree = element, Dictionary(Nums=Array([0, Array([element])]))
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)
    page_of(pdf).StructParents = 0
    return pdf
