"""Draws one page of a PDF as a picture for a clerk to look at; in a child process, see documents/sandbox.py."""

from __future__ import annotations

from pathlib import Path

from portal.infra.documents.sandbox import Answer, answer

WIDTH = 1_000  # pixels
MOST_LONG = 2_000
MOST_MADE = 8 * 1024 * 1024


def draw(path: str, made: str, number: str) -> Answer:
    """As JPEG; {} where there is no such page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    if not 1 <= int(number) <= len(document):
        return {}
    page = document[int(number) - 1]
    width, height = page.get_size()
    drawn = page.render(scale=min(WIDTH / max(width, 1), MOST_LONG / max(height, 1))).to_pil()
    with Path(made).open("r+b") as out:
        drawn.convert("RGB").save(out, "JPEG", quality=80)
    return {"width": drawn.width, "height": drawn.height}


if __name__ == "__main__":
    answer(draw, MOST_MADE)
