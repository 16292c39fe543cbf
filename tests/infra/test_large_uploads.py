"""A large upload is refused before its body is read when no session comes with it, also over a real connection."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from portal.app import ORDINARY_REQUEST_BYTES
from portal.papers.models import PaperVersion
from tests.accounts.interrupted import end_sessions
from tests.accounts.test_pages import count
from tests.cast import NOW, Cast
from tests.faults.client import Client
from tests.made_papers import made_paper
from tests.running import Processes, environment_in, fill
from tests.visitor import Visitor, text_of

ITEM = {"title": "Word", "number": "", "purpose": "decision"}
LARGE = ORDINARY_REQUEST_BYTES + 1


class Body:
    """What a client is about to send, and how much of it was read."""

    def __init__(self, size: int) -> None:
        self.left, self.taken = size, 0

    def read(self, size: int = -1) -> bytes:
        part = min(self.left, size if size >= 0 else self.left)
        self.left, self.taken = self.left - part, self.taken + part
        return b"x" * part

    def readinto(self, buffer: Any) -> int:
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def readline(self, size: int = -1) -> bytes:
        return self.read(size)

    def readable(self) -> bool:
        return True

    closed = False

    def close(self) -> None:
        pass


def send(visitor: Visitor, path: str, size: int = LARGE, **more: str) -> tuple[Any, int]:
    """The answer, and how many bytes of the body were read for it."""
    body = Body(size)
    environ = {"wsgi.input": body, "CONTENT_LENGTH": str(size), "wsgi.input_terminated": True, **more}
    kind = "multipart/form-data; boundary=x"
    answer = visitor.client.post(path, environ_overrides=environ, content_type=kind)
    return answer, body.taken


def large_routes(app: Flask, cast: Cast) -> Iterator[str]:
    """The address of every page that takes more than others."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if getattr(view, "body_limit", ""):
            named = cast.northfirth.in_address(rule.rule)
            yield app.url_map.bind("localhost").build(rule.endpoint, {name: named[name] for name in rule.arguments})


def test_nothing_is_read_of_what_a_stranger_sends(app: Flask, visit: Any, cast: Cast) -> None:
    paths = list(large_routes(app, cast))
    assert len(paths) >= 11
    for path in paths:
        answer, taken = send(visit(""), path)
        assert (answer.status_code, taken) == (401, 0), path
        assert "Sign in to send files" in text_of(answer)


def test_of_a_stranger_who_does_not_say_how_much_it_is_nothing_is_read_either(visit: Any) -> None:
    answer, taken = send(visit(""), "/role/public", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert (answer.status_code, taken) == (401, 0)


def test_a_small_form_of_a_stranger_is_answered_as_before(visit: Any) -> None:
    assert visit("").post("/role/public", {"about": "x"}).headers["Location"].startswith("/sign-in")


def test_whoever_is_signed_in_is_read(visit: Any) -> None:
    answer, taken = send(visit("northfirth.rep"), "/role/public")
    assert answer.status_code == 413, "it is no form, so its first two megabytes are one field"
    assert taken > 0


def test_a_form_whose_session_ran_out_is_read_as_it_is_kept_for_its_person(app: Flask, visit: Any) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    assert send(rep, "/role/public")[1] > 0


def test_a_cookie_of_no_session_any_more_is_a_strangers(app: Flask, visit: Any, at: Any) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    at(NOW + timedelta(hours=2))
    assert send(rep, "/role/public")[1] == 0


@pytest.mark.usefixtures("required_of_staff")
def test_the_password_alone_is_not_enough(visit: Any, things: dict[str, Any]) -> None:
    answer, taken = send(visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/papers/upload")
    assert (answer.status_code, taken) == (401, 0)


def test_a_whole_large_upload_is_kept(app: Flask, visit: Any, cast: Cast) -> None:
    """Who is asking was found out before it was read, and is found out again."""
    content = made_paper("Large", 1) + b"%" + b"x" * LARGE
    path = f"/meetings/{cast.northfirth.things['coming_id']}/papers/upload"
    sent = {"files": (io.BytesIO(content), "large.pdf")}
    assert visit("northfirth.clerk").post(path, sent, content_type="multipart/form-data").status_code == 302
    assert count(app, PaperVersion, PaperVersion.size == len(content)) == 1


def asked(address: str, lines: list[str]) -> socket.socket:
    host, _, port = address.removeprefix("http://").partition(":")
    connection = socket.create_connection((host, int(port)), timeout=20)
    connection.sendall("\r\n".join([*lines, f"Host: {host}:{port}", "", ""]).encode())
    return connection


def first_line(connection: socket.socket) -> bytes:
    with closing(connection), connection.makefile("rb") as answer:
        return answer.readline().strip()


@pytest.mark.long
def test_over_a_real_connection_the_answer_comes_before_the_body(tmp_path: Path) -> None:
    """300 MB are announced, and none is sent: whoever waits for the first of it would wait for ever."""
    environment = environment_in(tmp_path, 9)
    cast = fill(environment)
    path = f"/meetings/{cast.northfirth.things['coming_id']}/papers/upload"
    kind = "Content-Type: multipart/form-data; boundary=x"
    with Processes(environment, tmp_path / "log") as portal:
        for size in ("Content-Length: 300000000", "Transfer-Encoding: chunked"):
            began = time.monotonic()
            line = first_line(asked(portal.address, [f"POST {path} HTTP/1.1", size, kind]))
            assert line == b"HTTP/1.1 401 UNAUTHORIZED"
            assert time.monotonic() - began < 5
        clerk = Client(portal.address, "clerk@northfirth.test")
        cookies = "; ".join(f"{one.name}={one.value}" for one in jar_of(clerk))
        known = asked(portal.address, [f"POST {path} HTTP/1.1", "Content-Length: 5000000", kind, f"Cookie: {cookies}"])
        known.settimeout(1.5)
        with closing(known):
            with pytest.raises(TimeoutError):
                known.recv(1)  # it waits for what the clerk is about to send
            added = clerk.post(f"/meetings/{cast.northfirth.things['coming_id']}/items/new", **ITEM)
            assert added.status == 302, "and holds up nobody who writes"
    assert "Traceback" not in (tmp_path / "log").read_text()


def jar_of(client: Client) -> Any:
    return next(one for one in client.opener.handlers if hasattr(one, "cookiejar")).cookiejar
