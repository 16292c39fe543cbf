"""What no line of the source does: run what was typed, guess at kinds, choose weak keys, call strangers."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from config import ROOT

PYTHON = [*sorted((ROOT / "portal").rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py", ROOT / "gunicorn.conf.py"]
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.mjs"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
RUN = {"eval", "exec", "compile", "__import__"}
MAKES_TEMPLATES = {"render_template_string", "from_string", "Template"}
GUESSED_KINDS = {"pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle", "copyreg"}
WEAK_HASHES = {"md5", "sha1", "md4", "blake2s", "new", "crc32", "adler32"}
CONNECT = {
    "socket",
    "smtplib",
    "ssl",
    "http.client",
    "urllib.request.urlopen",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "urllib3",
}
MAY_CONNECT = {"portal/notifications/mailer.py", "portal/infra/storage/virus.py"}
KEEPS_LOGS = {"logging.handlers", "syslog", "logging.config"}
ENCRYPTS = {"portal/infra/sealed.py", "portal/infra/storage/sealed_files.py"}
Node = ast.AST


@cache
def trees() -> dict[str, ast.Module]:
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in PYTHON}


@cache
def nodes() -> list[tuple[str, Node]]:
    """What stands in the source and in which file, without the demonstration, which nobody is let in to."""
    kept = {name: tree for name, tree in trees().items() if "/demonstration/" not in name}
    walked = [(name, node) for name, tree in kept.items() for node in ast.walk(tree)]
    return [(name, node) for name, node in walked if not isinstance(node, ast.expr_context)]


def found(where: Callable[[Node], bool]) -> list[str]:
    """Every place in the source where something is so."""
    return [f"{name}:{getattr(node, 'lineno', 0)}" for name, node in nodes() if where(node)]


@cache
def calls(node: Node) -> str:
    """The name that a call goes by: `text`, `db.session.execute`; '' for anything else."""
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def imports(node: Node) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (one.name for one in node.names)
    if isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{one.name}" for one in node.names)


def imports_any(names: set[str]) -> Callable[[Node], bool]:
    return lambda node: any(one in names or one.partition(".")[0] in names for one in imports(node))


def test_nothing_that_was_typed_is_run() -> None:
    assert found(lambda node: calls(node) in RUN) == []
    assert found(lambda node: calls(node).rpartition(".")[2] in MAKES_TEMPLATES) == []


def test_no_shell_is_asked_to_run_a_command() -> None:
    assert found(lambda node: calls(node).startswith(("os.system", "os.popen", "os.spawn", "commands."))) == []
    assert found(lambda node: isinstance(node, ast.keyword) and node.arg == "shell") == []
    started = [one for one in found(lambda node: calls(node).startswith("subprocess.")) if one]
    assert {one.partition(":")[0] for one in started} == {
        "portal/infra/documents/sandbox.py",
        "portal/papers/converting/convert_file.py",
    }, "both start lists of words of our own"


def test_nothing_is_read_that_chooses_its_own_kind() -> None:
    assert found(imports_any(GUESSED_KINDS)) == []


def test_sql_is_never_put_together_from_text() -> None:
    def is_of_words(node: Node) -> bool:
        name = calls(node).rpartition(".")[2]
        is_sql = (
            name in ("text", "literal_column", "exec_driver_sql") and isinstance(node, ast.Call) and bool(node.args)
        )
        return is_sql and not is_ours(node.args[0])  # type: ignore[attr-defined]  # is_sql looked

    def is_made_in_place(node: Node) -> bool:
        is_run = isinstance(node, ast.Call) and calls(node).endswith(".execute") and bool(node.args)
        return is_run and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))  # type: ignore[attr-defined]  # likewise

    assert found(is_of_words) == []
    assert {one.partition(":")[0] for one in found(is_made_in_place)} == {"portal/infra/database.py"}, "four pragmas"
    assert found(lambda node: calls(node) in ("text", "exec_driver_sql", "connection.exec_driver_sql")) != []


# Each was read: what is formatted here are sentences of the portal's own.
FORMATS = {
    "portal/cli.py: said",
    "portal/core/events.py: _BY_NAME[name].named_as.get(key, '{}')",
    "portal/infra/documents/pdf/numbering.py: words",
    "portal/papers/converting/inspect_office.py: str(error)",
    "portal/papers/converting/rules.py: words",
}


def test_no_text_of_others_is_a_format() -> None:
    """`format` is given words of our own: those in the source, names in capitals, and what is listed above."""
    kept = {name: tree for name, tree in trees().items() if "/demonstration/" not in name}
    others = {
        f"{name}: {ast.unparse(node.func.value)}"
        for name, tree in kept.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        if not is_ours(node.func.value)
    }
    assert others == FORMATS


def is_ours(node: Node) -> bool:
    match node:
        case ast.Constant() | ast.JoinedStr():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.isupper()
        case ast.Subscript(value=inner) | ast.Call(func=ast.Name(id="Markup"), args=[inner]):
            return is_ours(inner)
        case ast.IfExp(body=one, orelse=other):
            return is_ours(one) and is_ours(other)
    return False


def test_no_weak_hash_is_chosen() -> None:
    assert found(lambda node: re.fullmatch(r"(hashlib|zlib)\.(\w+)", calls(node)) is not None and _is_weak(node)) == []
    assert found(lambda node: calls(node) == "hashlib.sha256") != []


def _is_weak(node: Node) -> bool:
    return calls(node).rpartition(".")[2] in WEAK_HASHES


def test_what_nobody_may_guess_comes_from_the_system() -> None:
    assert found(imports_any({"random"})) == []
    assert found(lambda node: calls(node) in ("uuid.uuid1", "uuid1")) == []


def test_one_authenticated_cipher_encrypts_everything() -> None:
    def of_cryptography(node: Node) -> bool:
        return any(one.startswith("cryptography.hazmat") for one in imports(node))

    names = {one for tree in trees().values() for node in ast.walk(tree) for one in imports(node)}
    primitives = {one for one in names if one.startswith("cryptography.hazmat.primitives.")}
    assert primitives == {
        "cryptography.hazmat.primitives.ciphers.aead",
        "cryptography.hazmat.primitives.ciphers.aead.AESGCM",
    }
    assert {one.partition(":")[0] for one in found(of_cryptography)} == ENCRYPTS


def test_only_the_mailer_and_the_virus_check_open_connections() -> None:
    """Beside the drivers of the database and of the store, which go where the settings say."""
    assert {one.partition(":")[0] for one in found(imports_any(CONNECT))} == MAY_CONNECT
    assert found(lambda node: calls(node).rpartition(".")[2] in ("urlopen", "Request", "HTTPSConnection")) == []


def test_logs_go_to_standard_error_alone() -> None:
    assert found(imports_any(KEEPS_LOGS)) == []
    assert found(lambda node: calls(node).endswith("FileHandler") or calls(node) == "logging.basicConfig") == []
    assert len(found(lambda node: calls(node) == "structlog.configure")) == 1


def test_nobody_asks_for_a_parameter_wherever_it_stands() -> None:
    """`request.values` mixes what stands in the address with what stands in the form."""
    assert found(lambda node: isinstance(node, ast.Attribute) and ast.unparse(node) == "request.values") == []


def test_xml_is_read_by_one_reader_that_refuses_document_types() -> None:
    readers = {"xml.etree", "xml.dom", "xml.sax.make_parser", "lxml", "defusedxml", "xml.parsers", "xmltodict"}
    is_reader = imports_any(readers)
    others = found(lambda node: is_reader(node) or any(one.startswith("xml.etree") for one in imports(node)))
    assert {one.partition(":")[0] for one in others} <= {"portal/papers/converting/contents.py"}


SCRIPTED = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "setTimeout('")
KEPT = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.")
POLLUTING = ("__proto__", "prototype", "Object.assign", "JSON.parse", "constructor[")
ELSEWHERE = ("postMessage", "WebSocket", "EventSource", "RTCPeerConnection", "importScripts", "http://", "https://")


OUR_OWN = ("passkeys.mjs", "JSON.parse")  # what the page itself asks of the browser; nothing of it is merged


@pytest.mark.parametrize("words", [SCRIPTED, KEPT, POLLUTING, ELSEWHERE], ids=["run", "kept", "polluting", "elsewhere"])
def test_scripts_of_ours_do_none_of_this(words: tuple[str, ...]) -> None:
    assert SCRIPTS
    found = [(path.name, word) for path in SCRIPTS for word in words if word in path.read_text()]
    assert [one for one in found if one != OUR_OWN] == []


INLINE = re.compile(r"\son[a-z]+=|javascript:|\|\s*safe\b|autoescape\s+false", re.IGNORECASE)


def test_templates_escape_and_hold_no_script_of_their_own() -> None:
    assert len(TEMPLATES) > 100
    assert [str(path) for path in TEMPLATES if INLINE.search(path.read_text())] == []
    scripts = [
        (path, one) for path in TEMPLATES for one in re.findall(r"<script[^>]*>(.*?)</script>", path.read_text(), re.S)
    ]
    assert [str(path.relative_to(ROOT)) for path, words in scripts if "{{" in words or "{%" in words] == []


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("eval(x)", lambda node: calls(node) in RUN),
        ("subprocess.run(x, shell=True)", lambda node: isinstance(node, ast.keyword) and node.arg == "shell"),
        ("import pickle", imports_any(GUESSED_KINDS)),
        ("from urllib.request import urlopen", imports_any(CONNECT)),
        ("import random", imports_any({"random"})),
        ("hashlib.md5(x)", _is_weak),
    ],
)
def test_what_must_not_be_there_would_be_found(line: str, is_found: Callable[[Node], bool]) -> None:
    """The negative control."""
    assert any(is_found(node) for node in ast.walk(ast.parse(line)))
    assert not is_ours(ast.parse("typed.format(x)").body[0].value.func.value)  # type: ignore[attr-defined]


def test_every_file_of_the_portal_is_looked_at() -> None:
    assert len(PYTHON) > 600
    assert Path("portal/app.py").as_posix() in trees()
