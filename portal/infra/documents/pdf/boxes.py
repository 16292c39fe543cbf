"""The part of a page that is shown, and writing a number into its corner, however the page is turned."""

from __future__ import annotations

import re

from portal.infra.documents.pdf.things import Thing

Box = tuple[float, float, float, float]
LETTER: Box = (0.0, 0.0, 612.0, 792.0)  # what programs take for a page that does not say its size
FONT = "/PackNumberFont"
SIZE, FROM_EDGE = 8.0, 12.0  # points on a page of A4
A4_WIDTH = 595.0
DIGIT, LETTERS = 0.556, 0.53  # widths in Helvetica, of a size of 1
TOKEN = re.compile(rb"(?<![^\s\x00\]>)])(q|Q|BDC|BMC|EMC|BT|ET)(?![^\s\x00\[<(/])")
MOST_OPEN = 100


def shown_box(page: Thing) -> Box:
    """What is shown of a page: its crop box within its media box, as far as they make sense."""
    media = _box(page.get("/MediaBox")) or LETTER
    crop = _box(page.get("/CropBox"))
    if crop is None:
        return media
    left, bottom, right, top = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return (left, bottom, right, top) if left < right and bottom < top else media


def _box(thing: Thing) -> Box | None:
    """None for what is no box. What is no number in it counts as 0, as in programs that show it."""
    from pikepdf import Array

    if not isinstance(thing, Array) or len(thing) != 4:
        return None
    one, two, three, four = (_number(part) for part in thing)
    box = min(one, three), min(two, four), max(one, three), max(two, four)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _number(thing: Thing) -> float:
    try:
        return float(thing)
    except (TypeError, ValueError):
        return 0.0


def rotation(page: Thing) -> int:
    """0, 90, 180 or 270, clockwise."""
    turned = page.get("/Rotate", 0)
    try:
        return int(turned) // 90 * 90 % 360
    except (TypeError, ValueError):
        return 0


def number_stamp(page: Thing, words: str) -> bytes:
    """What draws some words in the bottom right corner as the reader sees it: black with a white rim, so that
    they can be read on anything and cover nothing."""
    left, bottom, right, top = shown_box(page)
    width, height = right - left, top - bottom
    turned = rotation(page)
    if turned in (90, 270):
        width, height = height, width
    scale = max(1.0, min(width, height) / A4_WIDTH) / _unit(page)
    length = sum(DIGIT if one.isdigit() else LETTERS for one in words) * SIZE * scale
    scale *= min(1.0, 0.9 * width / length, 0.4 * height / (SIZE * scale))
    length = sum(DIGIT if one.isdigit() else LETTERS for one in words) * SIZE * scale
    edge = min(FROM_EDGE * scale, width * 0.05, height * 0.3)
    along, up = width - edge - length, edge
    matrix = {
        0: (1, 0, 0, 1, left + along, bottom + up),
        90: (0, 1, -1, 0, right - up, bottom + along),
        180: (-1, 0, 0, -1, right - along, top - up),
        270: (0, -1, 1, 0, left + up, top - along),
    }[turned]
    place = " ".join(f"{number:.3f}" for number in matrix)
    size = SIZE * scale
    draw = f"{FONT} {size:.3f} Tf {place} Tm ({words}) Tj"
    return (
        f"/Artifact <</Type/Pagination/Subtype/Footer>> BDC q BT 1 J 1 j {size / 4:.3f} w 1 G 1 Tr {draw} ET "
        f"BT 0 g 0 Tr {draw} ET Q EMC\n"
    ).encode("ascii")


def _unit(page: Thing) -> float:
    try:
        unit = float(page.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return unit if 0 < unit <= 75_000 else 1.0


def closing(page: Thing) -> tuple[bytes, bytes | None]:
    """What ends all that the content of a page leaves open, so that what comes after it stands in the plain state
    that a page begins with; and the content anew where it restores more than it saved, which would undo our own."""
    marks = [mark.decode() for mark in TOKEN.findall(joined_content(page))]
    end, surplus = _left_open(marks)
    if not end and not surplus:
        return b"", None
    operations = _operations(page)  # a lone letter may stand in words, too: look properly
    if operations is None:
        return end, None
    end, surplus = _left_open([str(one.operator) for one in operations])
    return end, _without(operations, surplus) if surplus else None


def _left_open(operators: list[str]) -> tuple[bytes, set[int]]:
    """What closes states, words and marks that are open at the end; and which restorings, counted, have no saving."""
    depth, marks, in_words, restores, surplus = 0, 0, False, 0, set()
    for one in operators:
        if one == "q":
            depth += 1
        elif one == "Q":
            if not depth:
                surplus.add(restores)
            depth, restores = max(0, depth - 1), restores + 1
        elif one in ("BDC", "BMC"):
            marks += 1
        elif one == "EMC":
            marks = max(0, marks - 1)
        elif one in ("BT", "ET"):
            in_words = one == "BT"
    return b"ET " * in_words + b"EMC " * min(marks, MOST_OPEN) + b"Q " * min(depth, MOST_OPEN), surplus


def _operations(page: Thing) -> list[Thing] | None:
    import pikepdf

    try:
        return list(pikepdf.parse_content_stream(page))
    except (pikepdf.PdfError, TypeError, ValueError):
        return None


def _without(operations: list[Thing], surplus: set[int]) -> bytes | None:
    import pikepdf

    restores, kept = 0, []
    for one in operations:
        is_restore = str(one.operator) == "Q"
        if not (is_restore and restores in surplus):
            kept.append(one)
        restores += is_restore
    try:
        return bytes(pikepdf.unparse_content_stream(kept))
    except (TypeError, ValueError):
        return None


def joined_content(page: Thing) -> bytes:
    import pikepdf

    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_bytes(one) for one in parts if isinstance(one, pikepdf.Stream))


def _bytes(stream: Thing) -> bytes:
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return b""
