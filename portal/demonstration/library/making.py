"""Making one document and looking into it; in a process of its own, beside whatever writes the history."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from portal.demonstration.documents import Head
from portal.demonstration.documents.reading import read
from portal.demonstration.library.orders import Order
from portal.demonstration.world.files import Written
from portal.papers.preparing import inspect_pdf
from portal.papers.preparing.checking import Found


@dataclass(frozen=True)
class Made:
    """A document: its file, what the portal finds inside, and what it says of itself."""

    path: Path
    found: Found
    head: Head

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


def make(order: Order, folder: str) -> str:
    """Write the document and what was found in it under its sha256, which is the answer."""
    from portal.demonstration.documents.drawing import drawn  # reportlab is heavy

    context = order.context
    head, body = read(order.key, context)
    content = drawn(head, body, context)
    sha256 = hashlib.sha256(content).hexdigest()
    place = Path(folder) / sha256
    _write(place.with_suffix(".pdf"), content)
    found = inspect_pdf.inspect(str(place.with_suffix(".pdf")), os.devnull)
    if found.get("reason") or found.get("taken_out"):
        raise ValueError(f"{order.key}: {found}")
    of_text = json.dumps({"found": found, "head": asdict(head)}).encode()
    _write(place.with_suffix(".json"), of_text)
    _write(Path(folder) / f"{order.mark}.order", sha256.encode())
    return sha256


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: another process may write the same."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)


def made(folder: Path, sha256: str) -> Made:
    kept: Written = json.loads((folder / f"{sha256}.json").read_text())
    found: Written = {name: tuple(value) if isinstance(value, list) else value for name, value in kept["found"].items()}
    return Made(folder / f"{sha256}.pdf", Found(**found), Head(**kept["head"]))
