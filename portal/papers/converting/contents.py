"""Finds in the XML of a Word or PowerPoint file what is refused, reading it once from front to end; in a child only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from posixpath import basename, dirname, join, normpath
from xml.parsers import expat

from portal.papers.converting.rules import Thing, loads_nothing

WORDS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
DRAWINGS = ("/drawingml/2006/main", "/drawingml/main")
CHANGES = {"ins", "del", "moveFrom", "moveTo", "numberingChange", "cellIns", "cellDel", "cellMerge"}
LOADING = {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "RD", "DATABASE", "EMBED"}
LINK_IN_FIELD = re.compile(r'HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))', re.IGNORECASE)
ACTS = re.compile(r"ppaction://(?:program|macro|ole)", re.IGNORECASE)
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\", re.IGNORECASE)
CONTENT_TYPES = "[Content_Types].xml"
DEEPEST = 1_000  # one thing within the other


class NotAsWritten(ValueError):
    """No program for documents writes XML like this: entities of its own, or what cannot be read."""


@dataclass
class Found:
    """What was found in all parts so far."""

    things: list[Thing] = field(default_factory=list)
    in_parts: list[tuple[str, str]] = field(default_factory=list)  # (kind, part): which slide it is comes later
    marks: int = 0  # places in the text that a comment is about
    links: dict[str, dict[str, str]] = field(default_factory=dict)  # by part, what its ids stand for
    slides: list[str] = field(default_factory=list)  # ids, in the order in which they are shown
    kinds: set[str] = field(default_factory=set)  # what its parts are said to be

    def all(self) -> list[Thing]:
        of_slides = [Thing(kind, slide=self._slide(kind, part)) for kind, part in self.in_parts]
        comments = sum(one.kind == "comment" for one in self.things)
        return [*self.things, *of_slides, *[Thing("comment")] * (self.marks - comments)]

    def _slide(self, kind: str, part: str) -> int:
        """On which slide, counted from 1; 0 where nobody can say."""
        of_notes = [one for one in self.links.get(part, {}).values() if "/slides/" in one]
        shown = [self.links.get("ppt/presentation.xml", {}).get(one, "") for one in self.slides]
        slide = part if kind == "hidden" else (of_notes or [""])[0]
        return shown.index(slide) + 1 if slide in shown else 0


class Reader:
    """Reads one part. Whatever declares a document type is refused, and with it every entity."""

    def __init__(self, part: str, found: Found) -> None:
        self.part, self.found = part, found
        self.depth = self.in_fields = 0
        self.code = ""  # of the field that is being read, in however many pieces
        self.takes: Callable[[str], None] | None = None
        self.note = ""

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        parser.CharacterDataHandler = lambda words: self.takes(words) if self.takes else None
        try:
            parser.Parse(content, True)
        except expat.ExpatError as error:
            raise NotAsWritten from error
        self._end_of_field()
        if self.note.strip():
            self.found.in_parts.append(("note", self.part))

    def _begins(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotAsWritten
        space, _, name = tag.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if space in WORDS:
            self._word(name, plain)
        elif "presentation" in space or "powerpoint" in space:
            self._slide(name, plain, attributes)
        elif name == "Relationship" and self.part.endswith(".rels"):  # in whatever space: LibreOffice asks for no other
            self._related(plain)
        elif name == "Override" and self.part == CONTENT_TYPES:
            self.found.kinds.add(plain.get("ContentType", ""))
        self._of_any(space, name, plain)

    def _ends(self, tag: str) -> None:
        self.depth -= 1
        space, _, name = tag.rpartition(" ")
        self.takes = None
        if name == "fld" and space.endswith(DRAWINGS):
            self.in_fields -= 1

    def _add(self, kind: str, name: str = "") -> None:
        self.found.things.append(Thing(kind, name))

    def _word(self, name: str, plain: dict[str, str]) -> None:
        if name in CHANGES or name.endswith(("PrChange", "PrExChange")) or name == "tblGridChange":
            self._add("change")
        elif name == "comment":
            self._add("comment")
        elif name == "commentReference":
            self.found.marks += 1
        elif name == "mailMerge":
            self._add("loaded")
        elif name == "fldSimple":
            self._field(plain.get("instr", ""))
        elif name == "instrText":
            self.takes = self._take_code
        elif name == "fldChar":
            self._end_of_field()

    def _take_code(self, words: str) -> None:
        self.code += words

    def _end_of_field(self) -> None:
        code, self.code = self.code, ""
        self._field(code)

    def _field(self, code: str) -> None:
        """What a field does is its first word."""
        does = code.split()[:1]
        if does and does[0].upper() in LOADING:
            self._add("loaded", code.split('"')[1] if code.count('"') > 1 else "")
        for quoted, bare in LINK_IN_FIELD.findall(code):
            if not loads_nothing(quoted or bare):
                self._add("link", quoted or bare)

    def _slide(self, name: str, plain: dict[str, str], attributes: dict[str, str]) -> None:
        if name == "sld" and plain.get("show") in ("0", "false"):
            self.found.in_parts.append(("hidden", self.part))
        elif name == "cm":
            self._add("comment")
        elif name == "sldId":
            self.found.slides += [value for key, value in attributes.items() if key.endswith("/relationships id")]

    def _related(self, plain: dict[str, str]) -> None:
        kind, target = basename(plain.get("Type", "")), plain.get("Target", "")
        owner = join(dirname(dirname(self.part)), basename(self.part).removesuffix(".rels"))
        if plain.get("TargetMode", "").lower() != "external" and not OUTSIDE.match(target):
            whole = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(owner), target))
            self.found.links.setdefault(owner, {})[plain.get("Id", "")] = whole
        elif kind != "hyperlink":
            self._add("loaded", target)
        elif not loads_nothing(target):
            self._add("link", target)

    def _of_any(self, space: str, name: str, plain: dict[str, str]) -> None:
        """What may be in the drawings of both programs."""
        if ACTS.match(plain.get("action", "")):
            self._add("macro")
        if space.endswith(DRAWINGS):
            self.in_fields += name == "fld"
            self.takes = self._take_note if name == "t" and not self.in_fields and self._is_of_notes else self.takes
        if space.endswith((":vml", "/svg")):
            for address in _pictured(space, name, plain):
                self._add("loaded", address)

    @property
    def _is_of_notes(self) -> bool:
        return self.part.startswith("ppt/notesSlides/")

    def _take_note(self, words: str) -> None:
        self.note += words


def _pictured(space: str, name: str, plain: dict[str, str]) -> Iterator[str]:
    """Addresses from which a drawing takes what it shows; not those to which a shape leads."""
    is_only_a_link = name == "a" if space.endswith("/svg") else name not in ("imagedata", "fill", "stroke")
    for one in ("src", "href"):
        address = plain.get(one, "")
        is_inside = not address or address.startswith(("#", "data:image/"))
        if not is_inside and not (one == "href" and is_only_a_link and loads_nothing(address)):
            yield address


def _refuse(*_: object) -> None:
    raise NotAsWritten
