"""The program that makes PDFs: its limits, its home, no network, and what it makes where it is installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from ast import literal_eval
from pathlib import Path
from typing import Any

import pytest

from portal.infra.documents.sandbox import TooBusy
from portal.papers.converting import actions, convert_file, libreoffice
from portal.papers.converting.rules import POWERPOINT, WORD
from portal.papers.preparing import checking
from tests.made_papers import made_paper
from tests.papers import made_office as made

PROGRAM = """#!{python}
import os, resource, shutil, sys
source, out = sys.argv[-1], sys.argv[sys.argv.index("--outdir") + 1]
mark = os.path.join(out, "profile", "begun")
if not os.path.exists(mark):
    open(mark, "w").close()
    sys.exit(81)
{more}
shutil.copy({pdf!r}, os.path.splitext(source)[0] + ".pdf")
"""
LIMITS = """
said = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_CORE)]
open({where!r}, "w").write(repr((said, sorted(os.environ), sys.argv[1:])))
"""
NOT_INSTALLED = pytest.mark.skipif(
    not libreoffice.is_there(), reason="LibreOffice is not installed: no Word or PowerPoint file was really converted"
)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A program in the place of LibreOffice, whose PDF is always the same: program('a line before that')."""
    (tmp_path / "made.pdf").write_bytes(made_paper("Budget", 2))

    def put(more: str = "") -> None:
        whole = PROGRAM.format(python=sys.executable, pdf=str(tmp_path / "made.pdf"), more=more)
        for name in ("soffice", "soffice.bin"):
            (tmp_path / name).write_text(whole)
            (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return put


def test_the_program_gets_its_limits_a_home_of_its_own_and_no_network(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELD_KEYS", "2026:secret")
    said = tmp_path / "said"
    program(LIMITS.format(where=str(said)))
    assert libreoffice.pdf_of(made.word(), WORD) == made_paper("Budget", 2)
    limits, environment, options = literal_eval(said.read_text())
    assert limits == [60, 1024**3, 0]
    assert "FIELD_KEYS" not in environment
    home = Path(options[-1]).parent
    assert not home.exists(), "the folder goes with everything in it"
    assert f"-env:UserInstallation=file://{home}/profile" in options
    assert ("https_proxy" in environment) is not _has_left()


def _has_left() -> bool:
    asked = "import sys; from portal.papers.converting.convert_file import leave_network; sys.exit(not leave_network())"
    return subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_where_the_network_cannot_be_left_every_way_out_leads_nowhere() -> None:
    here = convert_file.environment_of(Path("home"), has_network=True)
    assert here["https_proxy"] == here["http_proxy"] == "http://127.0.0.1:9"
    assert "https_proxy" not in convert_file.environment_of(Path("home"), has_network=False)


def test_after_leaving_there_is_no_network() -> None:
    if not _has_left():
        pytest.skip("this machine lets nobody leave the network")
    asked = (
        "import socket; from portal.papers.converting.convert_file import leave_network; assert leave_network();"
        "print(len([one for one in socket.if_nameindex() if one[1] != 'lo']));"
        "print(socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect_ex(('192.0.2.1', 9)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert said[0] == "0"
    assert said[1] != "0", "there is no way to anywhere"


@pytest.mark.parametrize("more", ["sys.exit(1)", "os.kill(os.getpid(), 24)", "x = bytearray(2_000_000_000)"])
def test_a_file_that_fails_or_takes_too_much_makes_no_pdf(program: Any, more: str) -> None:
    program(more)
    assert libreoffice.pdf_of(made.word(), WORD) == b""


def test_what_a_killed_process_left_behind_is_cleared_away(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice.tempfile, "tempdir", str(tmp_path))
    left, at_work = (tmp_path / f"{libreoffice.PREFIX}{name}" for name in ("left", "at-work"))
    for one in (left, at_work):
        one.mkdir()
        (one / "source.docx").write_bytes(made.word())
    os.utime(left, (0, 0))
    program()
    assert libreoffice.pdf_of(made.word(), WORD)
    assert [one.name for one in tmp_path.glob(f"{libreoffice.PREFIX}*")] == [at_work.name]


def test_one_file_is_converted_at_a_time(program: Any) -> None:
    program()
    with libreoffice._one_at_a_time(), pytest.raises(TooBusy):
        libreoffice.pdf_of(made.word(), WORD)
    assert libreoffice.pdf_of(made.word(), WORD)


@pytest.mark.slow
def test_a_program_that_outlives_its_parent_is_gone(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pid = tmp_path / "pid"
    program(f"open({str(pid)!r}, 'w').write(str(os.getpid())); import time; time.sleep(30)")
    monkeypatch.setattr(libreoffice, "WALL_SECONDS", 1)
    with pytest.raises(TooBusy):
        libreoffice.pdf_of(made.word(), WORD)
    for _ in range(50):
        if (
            not Path(f"/proc/{pid.read_text()}/cmdline").exists()
            or not Path(f"/proc/{pid.read_text()}/cmdline").read_text()
        ):
            return
        time.sleep(0.1)
    pytest.fail("it still runs")


PICTURED = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="a"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId1"/></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm>'
    '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


@NOT_INSTALLED
@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (made.word(), WORD, "The budget for carers"),
        pytest.param(
            made.slides(made.slide("Carers first"), made.slide("Second")),
            *(POWERPOINT, "Carers first"),
            marks=pytest.mark.long,
        ),
    ],
)
def test_the_real_program_makes_a_tagged_pdf_that_passes_every_check(content: bytes, kind: str, words: str) -> None:
    found = checking.look_inside(libreoffice.pdf_of(actions._looked_into_anew(content, kind), kind))
    assert (found.reason, found.tagged, found.taken_out) == ("", True, ())
    assert words in found.texts[0]


@NOT_INSTALLED
@pytest.mark.long
def test_the_real_program_asks_nobody_for_a_picture(tmp_path: Path) -> None:
    """Even when what was looked for inside was not: the network is gone for it."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/logo.png"
        body = made.paragraph("Before") + PICTURED
        assert libreoffice.pdf_of(made.word(body, ("image", address, "External")), WORD)
        with pytest.raises(TimeoutError):
            server.accept()
