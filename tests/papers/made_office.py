"""Word and PowerPoint files as their programs write them, and as those who mean harm do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{RELATED}" xmlns:v="urn:schemas-microsoft-com:vml"'
)
MAIN = "application/vnd.openxmlformats-officedocument."
WORD_MAIN = MAIN + "wordprocessingml.document.main+xml"
SLIDES_MAIN = MAIN + "presentationml.presentation.main+xml"
ENDS = "xml", "rels", "vml", "svg", "png", "bin", "xlsx"
Parts = Mapping[str, str | bytes]
Link = tuple[str, str, str]  # the last word of its kind, where it leads, 'External' or ''


def xml(inside: str, root: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {SPACES}>{inside}</{root}>'


def links(*all_of_them: Link) -> str:
    """The part that says what ids stand for: rId1, rId2 …"""
    lines = (
        f'<Relationship Id="rId{number}" Type="{RELATED}/{kind}" Target="{escape(target)}"'
        f' TargetMode="{mode or "Internal"}"/>'
        for number, (kind, target, mode) in enumerate(all_of_them, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def zipped(parts: Parts | Sequence[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            package.writestr(name, content)
    return out.getvalue()


def content_types(**kinds: str) -> str:
    ends = "".join(f'<Default Extension="{end}" ContentType="application/xml"/>' for end in ENDS)
    ends = ends.replace('"rels" ContentType="application/xml"', f'"rels" ContentType="{RELS}"')
    said = "".join(
        f'<Override PartName="/{name.replace("__", "/")}.xml" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{ends}{said}</Types>'


RELS = "application/vnd.openxmlformats-package.relationships+xml"


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{escape(words)}</w:t></w:r></w:p>"


def word_parts(body: str = "", *more_links: Link, **parts: str | bytes) -> dict[str, str | bytes]:
    """A document of one page; other parts are named like word__comments."""
    named = {f"{name.replace('__', '/')}.xml": content for name, content in parts.items()}
    return {
        "[Content_Types].xml": content_types(word__document=WORD_MAIN),
        "_rels/.rels": links(("officeDocument", "word/document.xml", "")),
        "word/document.xml": xml(f"<w:body>{paragraph('The budget for carers')}{body}</w:body>", "w:document"),
        "word/_rels/document.xml.rels": links(*more_links),
        **named,
    }


def word(body: str = "", *more_links: Link, **parts: str | bytes) -> bytes:
    return zipped(word_parts(body, *more_links, **parts))


SHAPE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Words"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>'
    '<a:off x="500000" y="500000"/><a:ext cx="8000000" cy="2000000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
    "<p:txBody><a:bodyPr/><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
)
TREE = (
    '<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{}'
    "</p:spTree></p:cSld>"
)


def slide(words: str, attributes: str = "") -> str:
    whole = xml(TREE.format(SHAPE.format(escape(words))), "p:sld")
    return whole.replace("<p:sld ", f"<p:sld {attributes} ", 1)


def slides_parts(*slides: str, **notes: str) -> dict[str, str | bytes]:
    """A presentation of these slides in this order; notes are named slide2="What to say"."""
    kinds = {f"ppt__slides__slide{number}": MAIN + "presentationml.slide+xml" for number in range(1, len(slides) + 1)}
    ids = "".join(f'<p:sldId id="{255 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": content_types(ppt__presentation=SLIDES_MAIN, **kinds),
        "_rels/.rels": links(("officeDocument", "ppt/presentation.xml", "")),
        "ppt/presentation.xml": xml(
            f'<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>',
            "p:presentation",
        ),
        # the files are numbered from the last slide to the first, as they are once somebody has moved them
        "ppt/_rels/presentation.xml.rels": links(
            *[("slide", f"slides/slide{len(slides) - at}.xml", "") for at in range(len(slides))]
        ),
        **{f"ppt/slides/slide{len(slides) - at}.xml": content for at, content in enumerate(slides)},
    }
    for name, words in notes.items():
        number = len(slides) + 1 - int(name.removeprefix("slide"))
        parts[f"ppt/notesSlides/notesSlide{number}.xml"] = xml(TREE.format(words), "p:notes")
        parts[f"ppt/notesSlides/_rels/notesSlide{number}.xml.rels"] = links(
            ("slide", f"../slides/slide{number}.xml", "")
        )
    return parts


def slides(*all_of_them: str, **notes: str) -> bytes:
    return zipped(slides_parts(*all_of_them, **notes))


def field(*pieces: str) -> str:
    """A field of Word's whose words lie in several pieces, as Word likes to write them."""
    code = "".join(f'<w:r><w:instrText xml:space="preserve">{escape(piece)}</w:instrText></w:r>' for piece in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{mark.format('begin')}{code}{mark.format('separate')}{mark.format('end')}</w:p>"
