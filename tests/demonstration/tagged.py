"""Whether a PDF is tagged: what is on its pages is known to its structure, and that has what the text has."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence

import pikepdf

from portal.demonstration.documents.blocks import Block, Boxed, Chart, Heading, Points, Table, Words


def inside(found: Iterable[Block]) -> Iterator[Block]:
    """Each block, and those in boxes and lists."""
    for block in found:
        yield block
        if isinstance(block, Boxed):
            yield from inside(block.blocks)
        if isinstance(block, Points):
            yield from inside(itertools.chain.from_iterable(block.items))


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """The kinds of its elements, in order."""
    found: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            found.append(str(element.S))
            for kid in element.K:
                walk(kid)

    walk(pdf.Root.StructTreeRoot.K[0])
    return found


def assert_is_tagged(made: bytes, text: Sequence[Block]) -> None:
    """Each mark on a page is known to the structure, and it has what the text has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        kinds = structure(pdf)
        every = list(inside(text))
        assert kinds.count("/P") + kinds.count("/LBody") >= sum(isinstance(one, Words) for one in every)
        assert sum(kinds.count(f"/H{n}") for n in (1, 2, 3)) >= sum(isinstance(one, Heading) for one in text)
        assert kinds.count("/Table") >= sum(isinstance(one, Table) for one in every)
        assert kinds.count("/Figure") == sum(isinstance(one, Chart) for one in every)
        assert pdf.Root.MarkInfo.Marked
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for page in pdf.pages:
            of_page = numbers[2 * int(page.obj.StructParents) + 1]
            assert sorted(marks(page)) == list(range(len(of_page)))


def marks(page: pikepdf.Page) -> Iterator[int]:
    """The numbers of what is marked; what begins there ends, and nothing is drawn outside."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        assert 0 <= depth <= 1
        if not depth:
            assert name not in ("Tj", "TJ", "f", "S", "Do"), "it is neither marked nor decoration"
        if name == "BDC":
            yield int(operands[1].MCID)
    assert depth == 0
