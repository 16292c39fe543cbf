"""Links that somebody asks for, while uploads wait for a virus scanner that hangs: real processes, with the seconds."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.faults.client import Client
from tests.faults.test_running import ASKED, CLERK, wait_for
from tests.made_papers import made_paper
from tests.notifications.post_office import open_post_office
from tests.running import Processes, environment_in, fill
from tests.soak.conftest import COUNTS

LINKS_ASKED = {
    "/sign-in/by-email": "Your link and code to sign in",
    "/forgotten-password": ASKED,
    "/check-in/send-again": "Are you coming",
}


@contextmanager
def hanging_scanner() -> Iterator[tuple[str, threading.Event, threading.Event]]:
    """The address of a virus scanner that never answers; whether it was asked; and what lets it hang up."""
    asked, hangs_up = threading.Event(), threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.set()
            hangs_up.wait()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", asked, hangs_up
        server.shutdown()


@pytest.mark.long
def test_a_sign_in_link_leaves_while_twenty_uploads_wait_for_a_scanner_that_hangs(tmp_path: Path) -> None:
    """The same for a new password and for the links of one's check-ins: each within thirty seconds."""
    with open_post_office() as office, hanging_scanner() as (scanner, asked, hangs_up):
        environment = environment_in(tmp_path, office.port, CLAMAV_ADDRESS=scanner)
        cast = fill(environment)
        upload = f"/meetings/{cast.northfirth.things['coming_id']}/papers/upload"
        seconds: dict[str, int] = {}
        with Processes(environment, tmp_path / "log") as portal:
            clerk = Client(portal.address, CLERK)
            for number in range(20):
                assert clerk.send_file(upload, f"{number}.pdf", made_paper(f"Paper {number}", 1)).status == 302
            wait_for(asked.is_set)
            for path, subject in LINKS_ASKED.items():
                began, before = time.monotonic(), len(office.taken)
                assert clerk.post(path, email="rep@northfirth.test").status in (200, 302)
                wait_for(lambda said=subject, n=before: any(said in one["Subject"] for one in office.taken[n:]), 30)
                seconds[path] = round(time.monotonic() - began)
            assert portal.scheduler.poll() is None
            hangs_up.set()
        waiting = rows(environment["DATABASE_URL"], "SELECT count(*) FROM work WHERE done_at IS NULL")
    COUNTS.append(("uploads that wait for a scanner that hangs", {"uploads": waiting, **seconds}))
    assert waiting >= 20
    assert "Traceback" not in (tmp_path / "log").read_text()


def rows(url: str, statement: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text(statement)).scalar_one()
    engine.dispose()
    return int(found)
