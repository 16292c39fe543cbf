"""Hostile files: refused with a plain reason or harmless, within 256 MB and five seconds, never served alive."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.people.list_file import UnreadableList, people_in_file
from portal.infra.database import db
from portal.infra.documents import sandbox
from portal.infra.storage import files, virus
from portal.papers.converting import libreoffice
from portal.papers.models import PaperVersion
from portal.papers.preparing import checking as preparing_checking
from portal.scheduler.run import work_once
from tests.cast import NOW, anywhere
from tests.papers.files import real_files
from tests.security import test_virus_scanner as scanner
from tests.security.hostile_files import EICAR, HOSTILE, NAMES
from tests.visitor import text_of

Upload = tuple[io.BytesIO, str]


def send(visitor: Any, things: dict[str, Any], name: str, content: bytes) -> Any:
    path = f"/meetings/{things['coming_id']}/papers/upload"
    upload: Upload = (io.BytesIO(content), name)
    return visitor.post(path, {"files": [upload]}, content_type="multipart/form-data")


def newest(app: Flask) -> PaperVersion:
    with app.app_context():
        statement = select(PaperVersion).where(PaperVersion.published_at.is_(None))
        return db.session.scalars(anywhere(statement)).one()


def check_all(app: Flask) -> None:
    with app.app_context():
        while work_once():
            pass


@pytest.mark.slow
@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_or_harmless(
    app: Flask, visit: Any, things: dict[str, Any], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice.bin")  # each of these is refused before it is asked
    name, make, reason = HOSTILE[what]
    clerk = visit("northfirth.clerk")
    assert send(clerk, things, name, make()).status_code == 302
    check_all(app)
    version = newest(app)
    page = text_of(clerk.get(f"/meetings/{things['coming_id']}/papers/sort"))
    assert "Something went wrong" not in page
    if reason is not None:
        assert version.reason == reason
        assert (version.status == "ready") is (reason == "")
    if version.status == "refused":
        assert f"Cannot be used {version.reason}." in page
        assert clerk.client.get(f"/papers/{version.paper_id}/file").status_code == 404
    else:
        _is_served_dead(clerk.client.get(f"/papers/{version.paper_id}/file"))
        _is_served_dead(clerk.client.get(f"/papers/{version.paper_id}/file?open=1"))


def _is_served_dead(response: Any) -> None:
    """Nothing that a browser would run: a PDF by its type, not to be guessed at, in a page that may load nothing."""
    assert response.mimetype == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_is_never_a_path(app: Flask, visit: Any, things: dict[str, Any], name: str) -> None:
    clerk = visit("northfirth.clerk")
    with app.test_request_context():
        from portal.core.text import clean_file_name

        assert clean_file_name(name) == NAMES[name]
    response = send(clerk, things, name.replace("\r\n", "%0D%0A"), b"%PDF-1.7\nx")
    if "\x00" in name:
        assert response.status_code == 400
        return
    assert response.status_code == 302
    version = newest(app)
    assert version.stored_as == f"papers/{version.meeting_id.hex}/{version.id.hex}.pdf"
    assert not set(version.file_name) & set("/\\\r\n\x00<>")


def test_what_was_typed_stays_when_a_file_is_refused(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """The good file's title survives that a bad one lies beside it."""
    from tests.made_papers import made_paper

    clerk = visit("northfirth.clerk")
    send(clerk, things, "good.pdf", made_paper("Good", 1))
    version = newest(app)
    check_all(app)
    sort = f"/meetings/{things['coming_id']}/papers/sort"
    clerk.post(sort, {f"files-{version.id}-title": "A title typed with care", f"files-{version.id}-place": ""})
    send(clerk, things, "bad.pdf", b"")
    assert "A title typed with care" in clerk.get(sort).text


def test_real_papers_hold_nothing_active() -> None:
    """The check is strict, but not so strict that it refuses what a public board really published."""
    for path in real_files():
        assert preparing_checking.look_inside(path.read_bytes()).reason == ""


@pytest.mark.long
def test_the_child_keeps_its_limits() -> None:
    """256 MB and five seconds of processor time, seen from outside."""
    for what in ("a bomb", "a bomb in a bomb", "very many objects"):
        content = HOSTILE[what][1]()
        began, used = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        preparing_checking.look_inside(content)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime < sandbox.CPU_SECONDS + 1.5
        assert time.monotonic() - began < sandbox.TIME_LIMIT_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "survives"),
    [("x = bytearray(400_000_000)", False), ("while True: pass", False), ("x = bytearray(1_000_000)", True)],
)
def test_the_limits_are_real(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, code: str, survives: bool) -> None:
    module = tmp_path / "greedy.py"
    hasty = (
        "from portal.infra.documents import sandbox\nsandbox.CPU_SECONDS = 1\n"  # whoever waits for 5 waits like this
    )
    module.write_text(f"{hasty}def read(path):\n    {code}\n    return {{}}\nsandbox.answer(read)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert (sandbox.run_limited("greedy", b"") is not None) is survives


@pytest.mark.slow
def test_a_hostile_list_of_people_is_refused_in_words() -> None:
    import zipfile

    from tests.security.hostile_files import word_file

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, begins, goes_on in (("xl/workbook.xml", b"", b"<x>"), ("[Content_Types].xml", b"<Types>", b"<a/>")):
            with archive.open(name, "w") as written:  # 200 megabytes, which nobody holds
                written.write(begins)
                for _ in range(60):
                    written.write(goes_on * 1_000_000)
    for content in (out.getvalue(), word_file(macro=True), b"PK\x03\x04rubbish"):
        with pytest.raises(UnreadableList, match=r"(could not read|too long to open)"):
            people_in_file(content)


@pytest.fixture
def guarded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Use a daemon at an address: guarded(address)."""

    def use(address: str) -> None:
        virus._rests_until.clear()
        monkeypatch.setitem(app.config, "PORTAL", replace(app.config["PORTAL"], clamav_address=address))

    return use


def good(things: dict[str, Any]) -> bytes:
    from tests.made_papers import made_paper

    return made_paper("Good", 1)


def test_files_wait_while_the_daemon_is_down_and_go_on_when_it_is_back(
    app: Flask, visit: Any, things: dict[str, Any], guarded: Any, at: Any
) -> None:
    from datetime import timedelta

    clerk = visit("northfirth.clerk")
    guarded("127.0.0.1:1")
    send(clerk, things, "good.pdf", good(things))
    for minute in range(10):  # far more often than work that fails is tried
        at(NOW + timedelta(minutes=2 * minute))
        check_all(app)
    version = newest(app)
    assert version.status == "checking"
    assert "Waiting for the virus check" in text_of(clerk.get(f"/meetings/{things['coming_id']}/papers/sort"))
    assert clerk.client.get(f"/papers/{version.paper_id}/file").status_code == 404
    publish = f"/meetings/{things['coming_id']}/publish"
    assert "is still being checked" in text_of(clerk.get(publish))
    with scanner.virus_daemon() as daemon:
        guarded(f"127.0.0.1:{daemon.port}")
        at(NOW + timedelta(hours=1))
        check_all(app)
    version = newest(app)
    assert (version.status, version.reason) == ("ready", "")
    assert clerk.client.get(f"/papers/{version.paper_id}/file").status_code == 200


def test_an_infected_file_is_refused_and_not_kept(app: Flask, visit: Any, things: dict[str, Any], guarded: Any) -> None:
    clerk = visit("northfirth.clerk")
    with scanner.virus_daemon() as daemon:
        guarded(f"127.0.0.1:{daemon.port}")
        send(clerk, things, "bad.pdf", good(things) + EICAR)
        key = newest(app).stored_as
        check_all(app)
    version = newest(app)
    assert (version.status, version.reason, version.stored_as) == ("refused", preparing_checking.INFECTED, "")
    with app.app_context(), pytest.raises(FileNotFoundError):
        files.read(key)


@pytest.mark.parametrize("reply", [b"stream: OK FOUND2\0", b"", b"ERROR\0"])
def test_no_answer_but_the_exact_ok_lets_a_file_through(
    app: Flask, visit: Any, things: dict[str, Any], guarded: Any, reply: bytes
) -> None:
    clerk = visit("northfirth.clerk")
    with scanner.virus_daemon(reply) as daemon:
        guarded(f"127.0.0.1:{daemon.port}")
        send(clerk, things, "good.pdf", good(things))
        check_all(app)
    assert newest(app).status == "checking"
