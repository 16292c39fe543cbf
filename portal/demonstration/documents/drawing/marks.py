"""The structure of a tagged PDF: which words are a heading, a paragraph, a point or a cell, in reading order."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFString,
)

OnPage = list[dict[int, PDFObjectReference]]  # for each page, what its marked parts belong to


class Element:
    """A part of the structure. Its kids are elements, and (page, number) of what was drawn for it."""

    __slots__ = ("alt", "kids", "kind", "scope")

    def __init__(self, kind: str, parent: Element | None = None, alt: str = "", scope: str = "") -> None:
        self.kind, self.alt, self.scope = kind, alt, scope
        self.kids: list[Element | tuple[int, int]] = []
        if parent is not None:
            parent.kids.append(self)


def write_structure(document: PDFDocument, root: Element, pages: int) -> None:
    """Into a document of reportlab, when all its pages are there."""
    tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
    tree_reference = document.Reference(tree)
    on_page: OnPage = [{} for _ in range(pages)]
    tree["K"] = PDFArray([_write(document, root, tree_reference, on_page)])
    numbers: list[object] = []
    for number, marked in enumerate(on_page):
        numbers += [number, document.Reference(PDFArray([marked[key] for key in sorted(marked)]))]
        _say_of_page(document.Pages.pages[number], document, number)
    tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = pages
    document.Catalog.StructTreeRoot = tree_reference
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _say_of_page(page: PDFPage, document: PDFDocument, number: int) -> None:
    page = document.idToObject[page.name] if isinstance(page, PDFObjectReference) else page
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents, page.Tabs = number, PDFName("S")


def _write(
    document: PDFDocument, element: Element, parent: PDFObjectReference, on_page: list[dict[int, PDFObjectReference]]
) -> PDFObjectReference:
    words = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.kind), "P": parent})
    reference = document.Reference(words)
    if element.alt:
        words["Alt"] = PDFString(element.alt)
    if element.scope:
        words["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
    words["K"] = PDFArray(list(_kids(document, element, reference, on_page)))
    return reference


def _kids(
    document: PDFDocument, element: Element, reference: PDFObjectReference, on_page: list[dict[int, PDFObjectReference]]
) -> Iterable[object]:
    for kid in element.kids:
        if isinstance(kid, Element):
            if kid.kids:
                yield _write(document, kid, reference, on_page)
            continue
        page, number = kid
        on_page[page - 1][number] = reference
        place = PDFObjectReference(f"Page{page}")
        yield PDFDictionary({"Type": PDFName("MCR"), "Pg": place, "MCID": number})
