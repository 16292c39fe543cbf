"""No page says that somebody is emailed but in the words that are made from the emails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from config import ROOT
from tests.snapshots import assert_reviewed

PORTAL, TEMPLATES = ROOT / "portal", ROOT / "templates"
SAYS_SO = re.compile(
    r"\b(is|are|be|being|been|was|were|get|gets) (told|emailed|informed|notified|invited)\b|\bhears? (of|at|about)\b"
    r"|\b(we|we’ll|we'll|we will|will) (tell|email|let .* know)\b|\bby email\b|\bgets? an email\b|\bemailed\b"
    r"|\bon its way\b|\binvitation is sent\b",
    re.IGNORECASE,
)
THE_WORDS_THEMSELVES = ("core/emailed.py",)
NO_PAGE = ("emails.py", "events.py", "retention.py", "permissions.py", "cli.py", "capability.py", "demonstration/")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PORTAL.rglob("*.py")):
        yield str(path.relative_to(PORTAL)), ast.parse(path.read_text())


def sentences(tree: ast.AST) -> Iterator[str]:
    """Every text of a module but what explains it."""
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield node.value


def shown_after_an_action(tree: ast.AST) -> Iterator[str]:
    """What a module says to whoever did something: what it flashes, and the texts that it names for that."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("flash", "not_done"):
            yield from sentences(node)


def test_nothing_that_is_flashed_says_by_itself_that_somebody_is_emailed() -> None:
    found = [
        f"{name}: {text}" for name, tree in modules() for text in shown_after_an_action(tree) if SAYS_SO.search(text)
    ]
    assert found == [], "end it with emailed() of portal/infra/web/emailed.py, once everything is done"


def test_what_else_says_that_somebody_is_emailed_was_read_by_somebody() -> None:
    """A rule that always holds may be said beforehand; how many there are is said afterwards, by emailed()."""
    found = [
        f"{name}: {' '.join(text.split())}"
        for name, tree in modules()
        if name not in THE_WORDS_THEMSELVES and not any(part in name for part in NO_PAGE)
        for text in sentences(tree)
        if SAYS_SO.search(text)
    ]
    pages = (path for path in sorted(TEMPLATES.rglob("*.html")) if "emails" not in path.relative_to(TEMPLATES).parts)
    found += [f"{path.relative_to(TEMPLATES)}: {said}" for path in pages for said in _said(path)]
    assert_reviewed("\n".join(found) + "\n", Path(__file__).parent / "emailed.txt")


def _said(path: Path) -> Iterator[str]:
    words = " ".join(re.sub(r"{#.*?#}", "", path.read_text(), flags=re.DOTALL).split())
    for sentence in re.split(r"(?<=[.?!]) |{%|%}|<[^>]+>", words):
        if SAYS_SO.search(sentence):
            yield sentence.strip()
