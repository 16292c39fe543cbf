"""A pack as pikepdf alone makes it, in a process of its own: what ours is measured against."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pikepdf


def put_together(made: Path, paths: Sequence[Path]) -> None:
    """The pages of all, a number on each, a bookmark for each paper, language and title."""
    whole = pikepdf.new()
    numbers = count(1)
    with whole.open_outline() as outline:
        for path in paths:
            starts = len(whole.pages)
            with pikepdf.open(path) as pdf:
                whole.pages.extend(pdf.pages)
            outline.root.append(pikepdf.OutlineItem(path.stem, starts))
    font = whole.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for page in whole.pages:
        name = page.add_resource(font, pikepdf.Name.Font)
        drawn = f"q BT {name} 9 Tf 270 20 Td (Pack page {next(numbers)}) Tj ET Q".encode()
        page.contents_add(b"q", prepend=True)
        page.contents_add(b"Q\n" + drawn)
    whole.docinfo["/Title"] = pikepdf.String("Papers")
    whole.Root.Lang = pikepdf.String("en-GB")
    whole.save(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)


if __name__ == "__main__":
    put_together(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
