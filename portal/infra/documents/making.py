"""Making one PDF out of several in a child process that is limited like the one in sandbox.py.

Its time is that of one file for each file that goes in, its memory that of one file. What it makes comes through a
pipe, as it may not write files: a line of JSON, and then the PDF.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.infra.documents.sandbox import CPU_SECONDS, TIME_LIMIT_SECONDS, Answer, finished

JOINING = "portal.infra.documents.pdf.joining"


@dataclass(frozen=True)
class Source:
    """A file in pieces, its title among the bookmarks ('' for none), and the pages taken, by index; None for all."""

    parts: Iterable[bytes]
    title: str = ""
    pages: Sequence[int] | None = None


class NotMade(Exception):
    """It took too much time of the processor or memory, or a file cannot be read."""


def join(sources: Sequence[Source], title: str, *, words: str = "", plain: bool = False) -> tuple[Answer, bytes]:
    """What the child says of the whole, and its bytes. Raises NotMade and TooBusy.

    `words` with a {} is the number that each page gets; `plain` takes the pages and little more.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [_written(Path(folder, f"{number}.pdf"), one.parts) for number, one in enumerate(sources)]
        request = Path(folder, "request.json")
        files = [{"title": one.title, "pages": None if one.pages is None else list(one.pages)} for one in sources]
        request.write_text(json.dumps({"files": files, "title": title, "words": words, "plain": plain}))
        return made_in_child(str(request), paths)


def _written(path: Path, parts: Iterable[bytes]) -> str:
    with path.open("wb") as file:
        file.writelines(parts)
    return str(path)


def made_in_child(request: str, paths: Sequence[str]) -> tuple[Answer, bytes]:
    command = [sys.executable, "-m", JOINING, str(CPU_SECONDS * len(paths)), request, *paths]
    line, _, content = (finished(command, TIME_LIMIT_SECONDS * len(paths)) or b"").partition(b"\n")
    if not content:
        raise NotMade("it took too much, or a file cannot be read")
    answer: Answer = json.loads(line)
    return answer, content
