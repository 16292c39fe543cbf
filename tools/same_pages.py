"""Shows what a change of the code did to the pages: `record FILE` at each commit, then `compare BEFORE AFTER`.

Every person of the demonstration opens every page that a link leads to, and sends every form empty. What is kept of a
page is what people meet: its words, headings, links, and the forms with their fields. Addresses lose their ids.
"""

from __future__ import annotations

import difflib
import itertools
import json
import re
import sys
import tempfile
import uuid
from collections import Counter, deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

ROOT = Path.cwd()
MOMENT = datetime(2026, 11, 25, 12, tzinfo=UTC)
MOST_OF_A_KIND = 6  # pages of one endpoint, for one person
ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
SECRET = re.compile(r"[A-Za-z0-9_-]{20,}|\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b")
WITHIN_A_LINE = ("a", "strong", "span", "em", "b", "i", "code", "time", "abbr", "small", "q", "cite")
NOT_OPENED = ("/static/", "/sign-out", "/demonstration")

_numbers = itertools.count(1)
uuid.uuid4 = lambda: uuid.UUID(int=next(_numbers) * 0x1000003D7 % 2**128, version=4)  # type: ignore[assignment]


def plain(address: str) -> str:
    """An address without what differs by chance: ids and signed words."""
    return SECRET.sub("…", ID.sub("ID", address))


def what_people_meet(text: str) -> dict[str, Any]:
    """Of an HTML page: words, headings, links, forms."""
    import lxml.html

    page = lxml.html.fromstring(text)
    for unseen in page.xpath("//script | //style"):
        unseen.drop_tree()
    return {
        "words": plain(_words(page)),
        "headings": [f"{h.tag} {' '.join(h.text_content().split())}" for h in page.xpath("//h1 | //h2 | //h3 | //h4")],
        "links": [f"{' '.join(a.text_content().split())} -> {plain(a.get('href'))}" for a in page.xpath("//a[@href]")],
        "forms": [_form(one) for one in page.xpath("//form")],
    }


def _words(page: Any) -> str:
    """The words as they are seen: what is not of one line is parted by " | ", and a space shows only where one is."""
    found: list[str] = []

    def walk(element: Any) -> None:
        edge = "" if element.tag in WITHIN_A_LINE else "\0"
        found.append(edge + (element.text or ""))
        for child in element:
            walk(child)
            found.append(child.tail or "")
        found.append(edge)

    walk(page)
    return " | ".join(filter(None, (" ".join(block.split()) for block in "".join(found).split("\0"))))


def _form(form: Any) -> str:
    fields = [f"{one.get('name')}:{one.get('type') or one.tag}" for one in form.xpath(".//input|.//select|.//textarea")]
    pressed = [f"{one.get('name') or ''}[{' '.join(one.text_content().split())}]" for one in form.xpath(".//button")]
    return plain(f"{form.get('method', 'get')} {form.get('action') or ''} {' '.join(fields + pressed)}")


class Walk:
    """One person on their way through the portal."""

    def __init__(self, app: Any, address: str) -> None:
        self.app, self.client, self.found = app, app.test_client(), {}
        self.urls = app.url_map.bind("127.0.0.1")
        self.kinds: Counter[str] = Counter()
        self.waiting: deque[str] = deque(["/"])
        self.forms: dict[str, str] = {}
        self.seen: set[str] = set()
        if address:
            self._sign_in(address)

    def _sign_in(self, address: str) -> None:
        from portal.demonstration.accounts import PASSWORD

        page = self.client.get("/sign-in").text
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        answer = self.client.post("/sign-in", data={"csrf_token": token[1], "email": address, "password": PASSWORD})
        if answer.status_code != 302:
            raise RuntimeError(f"{address} cannot sign in: {answer.status_code}")

    def everything(self) -> dict[str, Any]:
        while self.waiting:
            self._open(self.waiting.popleft())
        for action, token in self.forms.items():
            self._note(f"POST {self._kind(action)} empty", self.client.post(action, data={"csrf_token": token}))
        return self.found

    def _kind(self, path: str) -> str:
        try:
            endpoint, values = self.urls.match(urlsplit(path).path, method="GET")
        except Exception:  # an address that only takes forms, or none of ours
            return plain(path)
        named = sorted(f"{key}={value}" for key, value in values.items() if key in ("board",))
        asked = sorted(one.partition("=")[0] for one in urlsplit(path).query.split("&") if one)
        return " ".join([endpoint, *named, *asked])

    def _open(self, path: str) -> None:
        import lxml.html

        kind = self._kind(path)
        self.kinds[kind] += 1
        answer = self.client.get(path)
        self._note(f"{kind} {self.kinds[kind]}", answer)
        if answer.mimetype != "text/html" or not answer.text:
            if answer.location:
                self._go_on(path, answer.location)
            return
        page = lxml.html.fromstring(answer.text)
        for link in page.xpath("//a/@href"):
            self._go_on(path, link)
        for form in page.xpath("//form[translate(@method, 'POST', 'post') = 'post']"):
            action = urljoin(path, form.get("action") or path)
            typed = form.xpath(".//input[not(@type='hidden')] | .//select | .//textarea")
            if typed and not action.startswith(NOT_OPENED) and self._kind(action) not in map(self._kind, self.forms):
                self.forms[action] = form.xpath(".//input[@name='csrf_token']/@value")[0]

    def _go_on(self, path: str, link: str) -> None:
        there = urlsplit(urljoin(f"http://127.0.0.1{path}", link))
        address = there.path + (f"?{there.query}" if there.query else "")
        is_ours = there.hostname == "127.0.0.1" and not there.path.startswith(NOT_OPENED)
        if is_ours and address not in self.seen:
            self.seen.add(address)
            kind = self._kind(address)
            if self.kinds[kind] + sum(self._kind(one) == kind for one in self.waiting) < MOST_OF_A_KIND:
                self.waiting.append(address)

    def _note(self, name: str, answer: Any) -> None:
        kept: dict[str, Any] = {"status": answer.status_code, "type": answer.mimetype}
        if answer.location:
            kept["to"] = plain(answer.location)
        elif answer.mimetype == "text/html":
            kept |= what_people_meet(answer.text)
        elif answer.mimetype.startswith("text/"):
            kept["words"] = plain(answer.text.replace("\r\n ", ""))  # a calendar breaks its long lines
        self.found[name] = kept


def record(file: str) -> None:
    """What everybody of the demonstration meets at the commit that is checked out here."""
    sys.path.insert(0, str(ROOT))
    import config

    with tempfile.TemporaryDirectory() as folder:
        settings = config.Config(
            environment="demonstration",
            secret_keys=(config.PUBLIC_KEY,),
            database_url=f"sqlite:///{folder}/portal.db",
            files_url=f"file://{folder}/files",
            mailbox_folder=f"{folder}/mailbox",
        )
        Path(folder, "files").mkdir()
        found = _walk_everywhere(settings)
    Path(file).write_text(json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True))
    print(f"{sum(map(len, found.values()))} pages of {len(found)} people")


def _walk_everywhere(settings: Any) -> dict[str, Any]:
    import flask_migrate

    from portal.app import create_app
    from portal.core import clock
    from portal.demonstration import accounts, seed

    clock._real_time = lambda: MOMENT
    clock.use(None)
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        seed.fill()
    people = ["", *(address for address in accounts.addresses())]
    return {address or "a stranger": Walk(app, address).everything() for address in people}


def compare(before: str, after: str) -> None:
    """Print each page that differs, and how; ends with 1 when one does."""
    old, new = (json.loads(Path(file).read_text()) for file in (before, after))
    differ = 0
    for person in sorted(old | new):
        for name in sorted(old.get(person, {}) | new.get(person, {})):
            one, other = old.get(person, {}).get(name), new.get(person, {}).get(name)
            if one != other:
                differ += 1
                print(f"== {person}: {name}")
                print("\n".join(_differences(one, other)))
    print(f"{differ} pages differ")
    sys.exit(differ > 0)


def _differences(one: dict[str, Any] | None, other: dict[str, Any] | None) -> list[str]:
    if one is None or other is None:
        return ["   only before" if one else "   only after"]
    lines = []
    for part in sorted(one | other):
        mine, theirs = one.get(part), other.get(part)
        if mine != theirs:
            changes = [x for x in difflib.ndiff(_pieces(mine), _pieces(theirs)) if x[0] in "+-"]
            lines.append(f"   {part}: {' '.join(changes)[:600]}")
    return lines


def _pieces(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split(" | ")
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


if __name__ == "__main__":
    {"record": record, "compare": compare}[sys.argv[1]](*sys.argv[2:])
