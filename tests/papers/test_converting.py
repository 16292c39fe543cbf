"""A Word or PowerPoint file becomes a PDF, its source goes, and it is published once a clerk has seen every page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.demonstration.made_papers import made_paper
from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.infra.work import Work
from portal.papers.converting import actions, convert_file, libreoffice
from portal.papers.converting.rules import POWERPOINT, WORD
from portal.papers.inside.actions import BUSY, WAITING
from portal.papers.models import PaperVersion
from tests.papers import made_office as made
from tests.papers.test_checked import newest
from tests.papers.test_inside_office import CHANGE
from tests.papers.test_pages import _version_on, check_files, send, waiting
from tests.visitor import text_of

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
open({where!r}, "w").write(repr((said, sorted(os.environ), sorted(os.listdir("/sys/class/net")), sys.argv[1:])))
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


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: "")


def stored(app: Flask, key: str) -> bool:
    with app.app_context():
        try:
            return bool(files.read(key))
        except FileNotFoundError:
            return False


def kept(version: PaperVersion, ending: str) -> str:
    return f"papers/{version.meeting_id.hex}/{version.id.hex}.{ending}"


def test_a_word_file_becomes_a_pdf_and_is_published_once_every_page_was_looked_at(
    app: Flask, visit: Any, things: dict[str, Any], program: Any
) -> None:
    clerk, rep, meeting_id = visit("northfirth.clerk"), visit("northfirth.rep"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "", "purpose": "decision"})
    program()
    assert 'accept=".pdf,.docx,.pptx"' in clerk.get(f"/meetings/{meeting_id}/papers/upload").text
    send(clerk, meeting_id, ("1 Budget.docx", made.word()))
    assert stored(app, kept(newest(app), "docx"))
    check_files(app)
    version = newest(app)
    assert (version.status, version.reason, version.file_name, version.pages) == ("ready", "", "1 Budget.pdf", 2)
    assert not stored(app, kept(version, "docx")), "the source is gone"
    sort, publish, look = (
        f"/meetings/{meeting_id}/papers/sort",
        f"/meetings/{meeting_id}/publish",
        f"/meetings/{meeting_id}/papers/{version.id}/look",
    )
    assert "Made from a Word file. Look at every page before you publish. Look at it" in text_of(clerk.get(sort))
    [(_, place, _, _)] = waiting(app, meeting_id)
    clerk.post(sort, {f"files-{version.id}-place": place, f"files-{version.id}-title": "Budget"})

    refused = clerk.get(publish)
    assert "1 Budget.pdf was made from a Word file: look at every page before you publish Look at it" in text_of(
        refused
    )
    assert fromstring(refused.text).xpath(f"//main//li/a[@href='{look}']")
    clerk.post(publish, {"version": _version_on(refused)})
    assert newest(app).published_at is None, "posting the form all the same publishes it no sooner"
    assert clerk.get(f"/meetings/{meeting_id}/papers/{version.id}/split").status_code == 404

    page = clerk.get(look)
    pictures = fromstring(page.text).xpath("//figure/img/@src")
    assert len(pictures) == 2
    assert rep.get(pictures[0]).status_code in (403, 404)
    shown = clerk.client.get(pictures[1])
    assert (shown.mimetype, shown.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "no-store" in shown.headers["Cache-Control"]
    for number in ("0", "3", "-1", "x" * 40):
        assert clerk.client.get(pictures[0].replace("number=1", f"number={number}")).mimetype != "image/png"
    assert clerk.client.get(pictures[0].replace("number=1", "number=3")).status_code == 404
    assert "1 Budget.pdf" in text_of(clerk.get(publish)), "looking alone confirms nothing"
    assert newest(app).looked_at is None

    clerk.post(look, {})
    first = newest(app).looked_at
    clerk.post(look, {})
    assert first is not None
    assert newest(app).looked_at == first
    before = clerk.get(publish)
    assert "will not be published" not in text_of(before)
    clerk.post(publish, {"version": _version_on(before)})
    got = rep.get(f"/papers/{version.paper_id}/file")
    assert got.data == made_paper("Budget", 2)
    assert (
        "1%20Budget.pdf" in got.headers["Content-Disposition"] or "1 Budget.pdf" in got.headers["Content-Disposition"]
    )


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (made.word(CHANGE), "", "There is a tracked change in this Word file."),
        (made.word(), "sys.exit(1)", "We could not convert this Word file."),
        (made.word(), "sys.exit(0)", "We could not convert this Word file."),
        (made.word(), "x = bytearray(2_000_000_000)", "We could not convert this Word file."),
        (b"PK\x03\x04 and no more", "", "This Word file is damaged"),
    ],
)
def test_the_source_is_gone_whatever_became_of_it(
    app: Flask, visit: Any, things: dict[str, Any], program: Any, content: bytes, more: str, said: str
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    program(more)
    send(clerk, meeting_id, ("Budget.docx", content))
    check_files(app)
    version = newest(app)
    assert version.status == "refused"
    assert version.reason.startswith(said)
    assert version.stored_as == ""
    assert not stored(app, kept(version, "docx"))
    assert said in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))


def test_a_source_that_nothing_becomes_of_goes_after_a_day(
    app: Flask, visit: Any, things: dict[str, Any], program: Any, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the portal was too busy, or the virus check gave no answer."""
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    program("os.kill(os.getpid(), 9)")
    send(clerk, meeting_id, ("Budget.docx", made.word()))
    check_files(app)
    assert (newest(app).status, newest(app).reason) == ("checking", BUSY)
    key = kept(newest(app), "docx")
    assert stored(app, key)
    with app.app_context():
        waits = db.session.scalars(select(Work).where(Work.kind == "remove-file", Work.done_at.is_(None))).one()
        assert (waits.arguments, waits.not_before - waits.asked_at) == ({"key": key}, actions.LONGEST_KEPT)
        files.remove(key)
        assert actions.convert_upload(str(newest(app).id)) is None
        version = db.session.get(PaperVersion, newest(app).id)
        assert version is not None
        assert (version.status, version.stored_as) == ("refused", "")
        assert version.reason.startswith("We could not convert this Word file")
        db.session.rollback()


def test_nothing_is_converted_before_the_virus_checks_ok(
    app: Flask, visit: Any, things: dict[str, Any], program: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from portal.infra.storage.virus import Unavailable

    def answers(content: bytes, address: str) -> str:
        if address == "away:1":
            raise Unavailable
        return "EICAR"

    monkeypatch.setattr(actions, "virus_in", answers)
    monkeypatch.setattr(libreoffice, "pdf_of", lambda *_: pytest.fail("it was converted"))
    program()
    send(visit("northfirth.clerk"), things["coming_id"], ("Budget.docx", made.word()))
    for address, status, said in (("away:1", "checking", WAITING), ("here:1", "refused", "A virus was found")):
        with app.app_context(), unit_of_work():
            monkeypatch.setitem(app.config, "PORTAL", replace(app.config["PORTAL"], clamav_address=address))
            actions.convert_upload(str(newest(app).id))
        assert newest(app).status == status
        assert newest(app).reason.startswith(said)


def test_the_program_gets_its_limits_a_home_of_its_own_and_no_network(
    program: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELD_KEYS", "2026:secret")
    said = tmp_path / "said"
    program(LIMITS.format(where=str(said)))
    assert libreoffice.pdf_of(made.word(), WORD) == made_paper("Budget", 2)
    limits, environment, networks, options = eval(said.read_text())  # what our own program wrote
    assert limits == [60, 1024**3, 0]
    assert "FIELD_KEYS" not in environment
    home = Path(options[-1]).parent
    assert not home.exists(), "the folder goes with everything in it"
    assert f"-env:UserInstallation=file://{home}/profile" in options
    proxied = "https_proxy" in environment
    assert proxied or _has_left()
    assert networks or not proxied


def _has_left() -> bool:
    asked = "import sys; from portal.papers.converting.convert_file import leave_network; sys.exit(not leave_network())"
    return subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_where_the_network_cannot_be_left_every_way_out_leads_nowhere() -> None:
    here = convert_file.environment_of(Path("/tmp/x"), has_network=True)
    assert here["https_proxy"] == here["http_proxy"] == "http://127.0.0.1:9"
    assert "https_proxy" not in convert_file.environment_of(Path("/tmp/x"), has_network=False)


def test_after_leaving_there_is_no_network(program: Any) -> None:
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


def test_one_file_is_converted_at_a_time(program: Any) -> None:
    program()
    with libreoffice._one_at_a_time(), pytest.raises(TooBusy):
        libreoffice.pdf_of(made.word(), WORD)
    assert libreoffice.pdf_of(made.word(), WORD)


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
    pytest.fail("it still runs")


def test_without_the_program_only_pdf_is_taken_and_how_to_save_one_is_said(
    app: Flask, visit: Any, things: dict[str, Any], nothing_installed: None
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(f"/meetings/{meeting_id}/papers/upload")
    assert 'accept=".pdf"' in page.text
    assert "Choose the PDF files" in page.text
    send(clerk, meeting_id, ("Budget.docx", made.word()))
    said = text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    assert "This is a Word file, and we can only take PDFs. In Word, select File, then Save As, choose PDF" in said
    assert newest(app).stored_as == ""


def test_an_old_word_file_is_refused_in_words_at_once(
    app: Flask, visit: Any, things: dict[str, Any], program: Any
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    program()
    send(clerk, meeting_id, ("Budget.doc", b"\xd0\xcf\x11\xe0 and so on"), ("Real.docx", made_paper("A PDF", 1)))
    found = {status: reason for _, _, status, reason in waiting(app, meeting_id)}
    assert found["refused"].startswith("We cannot open this kind of Word file. In Word, select File")
    assert found["checking"] == "", "what is a PDF is one, whatever its name says"


@NOT_INSTALLED
@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (made.word(), WORD, "The budget for carers"),
        (made.slides(made.slide("Carers first"), made.slide("Second")), POWERPOINT, "Carers first"),
    ],
)
def test_the_real_program_makes_a_tagged_pdf_that_passes_every_check(content: bytes, kind: str, words: str) -> None:
    from portal.papers.preparing import checking

    found = checking.look_inside(libreoffice.pdf_of(actions._looked_into_anew(content, kind), kind))
    assert (found.reason, found.tagged, found.taken_out) == ("", True, ())
    assert words in found.texts[0]


@NOT_INSTALLED
@pytest.mark.slow
def test_the_real_program_asks_nobody_for_a_picture(tmp_path: Path) -> None:
    """Even when what was looked for inside was not: the network is gone for it."""
    import socket

    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/logo.png"
        body = made.paragraph("Before") + PICTURED
        assert libreoffice.pdf_of(made.word(body, ("image", address, "External")), WORD)
        with pytest.raises(TimeoutError):
            server.accept()


PICTURED = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="990000" cy="990000"/><wp:docPr id="1" name="a"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId1"/></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm>'
    '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)
