"""axe in the browser, from a server of its own: chromium keeps it compiled, where each page would read it anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = """
(rules) => axe.run({resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})}).then(
  (all) => all.violations.map((one) => `axe ${one.id}: ${one.nodes[0].html.slice(0, 120)}`))
"""


class _Axe(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        script = AXE_SCRIPT.encode()
        self.send_response(200)
        headers = {"Content-Type": "text/javascript", "Content-Length": str(len(script))}
        for name, value in {**headers, "Cache-Control": "public, max-age=86400"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(script)

    def log_message(self, *_: object) -> None:
        """Nobody wants to read it."""


@contextmanager
def served() -> Iterator[str]:
    """The address of axe, while inside."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Axe) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/axe.js"
        server.shutdown()


def violations(page: Page, axe: str, *rules: str) -> list[str]:
    """What axe finds wrong on a page, by all of its rules or by some, each in a line with the first such element."""
    page.add_script_tag(url=axe)
    found: list[str] = page.evaluate(RUN, rules)
    return found
