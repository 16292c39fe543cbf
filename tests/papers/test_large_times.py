"""What a large pack and a large upload take of the processor, against the same with nothing around it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask, request

from config import ROOT
from portal.infra.documents.making import Source, join
from portal.papers.packs.actions import NUMBER
from portal.papers.preparing import queries
from tests.made_papers import made_paper
from tests.papers.test_checking import processor_seconds
from tests.papers.test_page_times import cpu_of

PAPERS, PAGES, FILES, TIMES = 15, 20, 40, 6
# Half as much again as on a quiet machine: 1.15 times pikepdf alone, each with the start of its process (2 is to be
# reached). Twice as much: 7.5 times what only takes forty files and keeps them, or 2.6 milliseconds for each, which are
# its rows and whether it was withdrawn for personal data.
MOST_OF_PACK, MOST_OF_UPLOAD = 1.7, 15


pytestmark = [pytest.mark.same_anywhere, pytest.mark.long]


def test_a_pack_of_many_papers_takes_little_more_than_pikepdf_alone(child: None, tmp_path: Path) -> None:
    """Each in a process of its own, as packs are made."""
    paths = [tmp_path / f"Paper {number}.pdf" for number in range(PAPERS)]
    for path in paths:
        path.write_bytes(made_paper(path.stem, PAGES))
    made = tmp_path / "made.pdf"

    def pack() -> bytes:
        sources = [Source([path.read_bytes()], path.stem) for path in paths]
        return join(sources, "Papers", words=NUMBER)[1]

    def alone() -> bytes:
        command = [sys.executable, "-m", "tests.papers.pack_alone", str(made), *map(str, paths)]
        subprocess.run(command, check=True, cwd=ROOT)
        return made.read_bytes()

    for content in (pack(), alone()):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == PAPERS * PAGES
    ours, theirs = cpu_of_all(pack), cpu_of_all(alone)
    assert ours <= MOST_OF_PACK * theirs, f"{ours / theirs:.2f} times"


def cpu_of_all(do: Callable[[], Any], times: int = TIMES) -> float:
    """The least of several, with the processes that were started."""
    took = []
    for _ in range(times):
        began = processor_seconds()
        do()
        took.append(processor_seconds() - began)
    return min(took)


def bare_upload(folder: Path) -> Flask:
    """Takes files, and keeps each under its mark."""
    app = Flask("bare")

    @app.post("/")
    def take() -> str:
        for file in request.files.getlist("files"):
            content = file.read()
            folder.joinpath(hashlib.sha256(content).hexdigest()).write_bytes(content)
        return ""

    return app


def test_forty_files_are_taken_in_some_milliseconds_each(
    app: Flask, visit: Any, things: dict[str, Any], tmp_path: Path
) -> None:
    papers = [(f"{number} Paper.pdf", made_paper(f"Paper {number}", PAGES)) for number in range(FILES)]
    clerk, bare = visit("northfirth.clerk"), bare_upload(tmp_path).test_client()
    path = f"/meetings/{things['coming_id']}/papers/upload"

    token = clerk.csrf_token()

    def send(client: Any, address: str, status: int) -> None:
        data = {"csrf_token": token, "files": [(io.BytesIO(content), name) for name, content in papers]}
        assert client.post(address, data=data, content_type="multipart/form-data").status_code == status

    ours = cpu_of(partial(send, clerk.client, path, 302), TIMES)
    alone = cpu_of(partial(send, bare, "/", 200), TIMES)
    with app.app_context():
        assert len(queries.unpublished(things["coming_id"])) == FILES * TIMES
    assert ours <= MOST_OF_UPLOAD * alone, f"{ours / alone:.2f} times"
