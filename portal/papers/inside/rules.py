"""Which things inside a PDF are refused, which are taken out of it, and how both are said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from portal.core.text import clean_file_name, clean_line, together

BOOKMARKS = -1  # a place beside the pages, which count from 1; 0 is the file as a whole
LONGEST_NAME, MOST_NAMES, MOST_PAGES = 50, 3, 5
LONGEST_REASON = 300

REFUSED = {  # what acts, and what a reader cannot see from the page
    "script": ("a script", "scripts"),
    "program": ("a link that starts a program", "links that start programs"),
    "opens": ("a command that opens something by itself", "commands that open something by itself"),
    "file": ("another file", "other files"),
    "form": ("a form of the XFA kind", "forms of the XFA kind"),
    "media": ("a film, a sound or a 3D model", "films, sounds or 3D models"),
}
TAKEN_OUT = {  # what no reader misses
    "settings": ("the settings of the program that made it", "the settings of the program that made it"),
    "no files": ("an empty list of attached files", "empty lists of attached files"),
    "no scripts": ("an empty script", "empty scripts"),
    "no form": ("an empty form of the XFA kind", "empty forms of the XFA kind"),
    "link": ("a link to another file, which readers do not have", "links to other files, which readers do not have"),
    "sends": ("a button that sends what is typed somewhere", "buttons that send what is typed somewhere"),
    "format": ("a script that only formats what is typed in a box", "scripts that only format what is typed in boxes"),
    "before": ("something before the beginning of the PDF", "something before the beginning of the PDF"),
}
ALONE = "Take it out, and upload it by itself if readers need it"
ANEW = "Save the document as PDF again from the program it was written in, without this, and upload that"

WRITTEN = {"pdf", "doc", "docx", "dot", "dotx", "rtf", "odt", "txt", "pub", "msg", "eml", "htm", "html", "mpp"}
TABLES_AND_SLIDES = {"csv", "xls", "xlsx", "ods", "ppt", "pptx", "pps", "ppsx", "odp", "vsd", "vsdx"}
DOCUMENTS = WRITTEN | TABLES_AND_SLIDES | {"png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp"}
PAGE = re.compile(rb"<\s*(?:!doctype|\?xml|html|head|body|script|svg|iframe|img)\b", re.IGNORECASE)
OTHER_KINDS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"PK\x03\x04", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")


@dataclass(frozen=True, order=True)
class Thing:
    """One thing found inside: its kind, the name of the file or address it is about, and the page it is on."""

    kind: str
    name: str = ""
    page: int = 0


def before_the_mark(start: bytes) -> int | None:
    """How many bytes stand before '%PDF-' in a file's first kilobyte: a copier puts a header there. None: no PDF.

    What begins as a picture, a program or an archive is one, whatever it says further on; so is a page of the web.
    """
    at = start[:1024].find(b"%PDF-")
    header = start[: max(at, 0)]
    return None if at < 0 or header.startswith(OTHER_KINDS) or PAGE.search(header) else at


_TEXT = r"""(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_ONE = rf"(?:{_TEXT}|-?[0-9.]+|true|false|null)"
_VALUE = rf"(?:{_ONE}|new Array\(\s*(?:{_ONE}\s*(?:,\s*{_ONE}\s*)*)?\))"
_CALL = rf"AF(?:Date|Time|Number|Percent|Special|Range|Simple)_?[A-Za-z]*\(\s*(?:{_VALUE}\s*(?:,\s*{_VALUE}\s*)*)?\)"
_COMMENT = r"(?:/\*[^*]*\*/|//[^\n]*\n)"
FORMATS = re.compile(rf"(?:\s|;|{_COMMENT}|{_CALL})*")
LONGEST_FORMAT = 2000


def kind_of_script(words: str) -> str:
    """'format' where each statement is one of the calls that form programs write for dates and numbers."""
    if not words.strip():
        return "no scripts"
    is_format = len(words) <= LONGEST_FORMAT and FORMATS.fullmatch(words.replace("\r", "\n") + "\n")
    return "format" if is_format else "script"


def kind_of_link(target: str, is_automatic: bool = False) -> str:
    """Of what a reader's click would open on their own computer: a document or folder, or perhaps a program."""
    if is_automatic:
        return "opens"
    last = re.split(r"[\\/]", re.split("[#?]", unquote(target))[0].strip())[-1].strip()
    return "link" if not last or last.rpartition(".")[2].lower() in DOCUMENTS else "program"


def kind_of_address(address: str, is_automatic: bool = False) -> str:
    """'' of an address on the web or an email; what would run, or open a file of one's own computer, otherwise."""
    plain = "".join(c for c in address if c.isprintable()).strip()
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain, re.IGNORECASE)
    name = scheme.group(1).lower() if scheme else ""
    if name in ("javascript", "vbscript", "data"):
        return "script"
    if name == "file" or plain.startswith(("\\\\", "//")) or len(name) == 1:  # one letter is a drive
        return kind_of_link(plain, is_automatic)
    if is_automatic:
        return "opens"
    first, _, rest = plain.partition("/")
    is_sister = not scheme and not plain.lower().startswith(("www.", "#")) and (not rest or first.strip(".") == "")
    return "link" if is_sister and "." in plain and kind_of_link(plain.partition("?")[0]) == "link" else ""


def is_settings(name: str, content: bytes) -> bool:
    """Whether an attached file is the job options that Distiller leaves: text, and nothing that could run."""
    return name.lower().endswith(".joboptions") and b"\x00" not in content and not content.startswith((b"#!", b"%PDF-"))


def refused(things: Iterable[Thing]) -> str:
    """Why a file is refused, as sentences without a last full stop: what is inside, where, and what to do."""
    bad = [one for one in things if one.kind in REFUSED]
    if not bad:
        return ""
    advice = ALONE if all(one.kind == "file" and kind_of_link(one.name) == "link" for one in bad) else ANEW
    said = (f"There is {together(_phrases(bad, REFUSED, says))} inside this PDF. {advice}" for says in DETAILS)
    return next(one for one in said if len(one) <= LONGEST_REASON)


def taken_out(things: Iterable[Thing]) -> list[str]:
    """What was taken out, a phrase for each kind: 'a link to another file, which readers do not have (page 1; …)'."""
    return _phrases([one for one in things if one.kind in TAKEN_OUT], TAKEN_OUT, DETAILS[0])


def hidden_layers(layers: Iterable[tuple[str, Sequence[int]]]) -> list[str]:
    """'“Comments” (page 2)': each layer of a file that is hidden, where that is known."""
    things = [[Thing("", name, page) for page in pages or [0]] for name, pages in layers]
    found = [(f"“{_shown(one[0].name)}”" if one[0].name else "without a name", _places(one)) for one in things]
    return [f"{name} ({where})" if where else name for name, where in found]


Says = Callable[[Sequence[Thing]], str]


def _phrases(things: Sequence[Thing], called: dict[str, tuple[str, str]], says: Sequence[Says]) -> list[str]:
    kinds = [kind for kind in called if any(one.kind == kind for one in things)]
    return [_phrase(sorted({one for one in things if one.kind == kind}), called[kind], says) for kind in kinds]


def _phrase(things: Sequence[Thing], called: tuple[str, str], says: Sequence[Says]) -> str:
    words = called[0] if len(things) == 1 else called[1]
    details = "; ".join(part for part in (say(things) for say in says) if part)
    return f"{words} ({details})" if details else words


def _places(things: Sequence[Thing]) -> str:
    """'pages 1, 3 and the bookmarks'."""
    pages = sorted({one.page for one in things if one.page > 0})
    shown = [str(page) for page in pages[:MOST_PAGES]]
    shown += [f"{len(pages) - MOST_PAGES} more"] if len(pages) > MOST_PAGES else []
    said = [f"{'page' if len(pages) == 1 else 'pages'} {together(shown)}"] if pages else []
    return together([*said, *(["the bookmarks"] if any(one.page == BOOKMARKS for one in things) else [])])


def _names(things: Sequence[Thing]) -> str:
    names = list(dict.fromkeys(_shown(one.name) for one in things if one.name))
    more = [f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    return together([*names[:MOST_NAMES], *more])


DETAILS: tuple[tuple[Says, ...], ...] = ((_places, _names), (_places,), ())  # as much as there is room for


def _shown(name: str) -> str:
    """The name of a file without its folders, which say more of somebody's computer than of the paper."""
    last = clean_file_name(clean_line(unquote(name)).rstrip("\\/"))
    return last if len(last) <= LONGEST_NAME else f"{last[: LONGEST_NAME - 1]}…"
