"""The looks of documents: report, plan, minutes, form, slides and scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import PageBreak, Spacer

from portal.demonstration.documents.blocks import Block, Heading, Run, Table, Words
from portal.demonstration.documents.contexts import Context
from portal.demonstration.documents.drawing import faces, pages, pictures, story
from portal.demonstration.documents.drawing.flow import ContentsLine, Later, plain
from portal.demonstration.documents.drawing.grids import grid
from portal.demonstration.documents.drawing.marks import Element
from portal.demonstration.documents.drawing.story import Story
from portal.demonstration.documents.reading import Head

PURPOSES = {"decision": "For decision", "discussion": "For discussion", "noting": "For noting", "assurance": "For assurance"}
GROUPS = {"board": "", "spg": "Strategic Planning Group", "audit": "Audit Committee"}
ASKED = {"board": "Board", "spg": "Strategic Planning Group", "audit": "Audit Committee"}


def report(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.REPORT)
    _report_head(made, head, context)
    made.add(_first_section(blocks))
    if head.recommendations:
        made.heading(Heading(2, (Run("Recommendations"),)))
        asked = ASKED[_group(head, context)]
        made.numbered_points(f"It is recommended that the {asked}:", [_ended(one) for one in _listed(head)])
    made.add(blocks[len(_first_section(blocks)) :])
    _report_end(made, head, context)
    return _bound(made, head, context)


def form(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.FORM)
    _report_head(made, head, context)
    made.add(blocks)
    _report_end(made, head, context)
    return _bound(made, head, context)


def minutes(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.PLAIN)
    words = context.words
    group = GROUPS[_group(head, context)]
    made.flow.append(plain(words["Board"], faces.MASTHEAD, made.element("P")))
    if group:
        made.flow.append(plain(group, faces.MASTHEAD_SMALL, made.element("P")))
    made.flow.append(plain(head.title, faces.TITLE, made.element("H1")))
    made.flow.append(_rule(1.4))
    made.add(blocks)
    return _bound(made, head, context)


def plan(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.PLAN)
    made.add(blocks)
    body, made.flow, written = made.flow, [], len(made.root.kids) if made.root else 0
    _cover(made, head, context)
    made.flow += [PageBreak(), plain("Contents", faces.PLAN_H1, made.element("P")), Spacer(1, 4)]
    toc = made.element("TOC")
    for key, words, level in made.headings:
        if level < 2:
            made.flow.append(ContentsLine(key, words, level, Element("TOCI", toc) if toc else None))
    made.flow += [PageBreak(), *body]
    if made.root:
        made.root.kids = made.root.kids[written:] + made.root.kids[:written]  # in the order of reading
    return _bound(made, head, context, first=2)


def slides(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = Story(story.SLIDES, _root(head), pages.WIDE[0] - 140)
    made.flow += [Spacer(1, 130), plain(head.title, faces.COVER_DARK, made.element("H1")), Spacer(1, 12)]
    made.flow.append(plain(f"{context.words['Board']}, {context.words['meeting_day']}", faces.SLIDE, made.element("P")))
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            made.flow.append(PageBreak())
        made.add([block])
    dress = _slide_dress(context.words["Board"])
    done = pages.bound(
        made.flow, dress, made.root, head.title, context.words["Board"], pages.WIDE, (70.0, 60.0, 60.0)
    )
    return pictures.as_pictures(done, head.title) if head.pictures_only else done


def scan(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = Story(story.LETTER, None, pages.WIDTH)
    made.flow += [Spacer(1, 20), plain(head.title.upper(), faces.LETTER_TITLE), Spacer(1, 10)]
    made.add(blocks)
    done = pages.bound(made.flow, _letter_dress, None, head.title, context.words["Board"], margins=(78.0, 70.0, 76.0))
    return pictures.scanned(done, head.title)


LOOKS: dict[str, Callable[[Head, Sequence[Block], Context], bytes]] = {
    "report": report, "form": form, "minutes": minutes, "plan": plan, "slides": slides, "scan": scan,
}  # fmt: skip


def _root(head: Head) -> Element | None:
    return Element("Document") if head.tagged else None


def _begun(head: Head, style: story.Style) -> Story:
    return Story(style, _root(head), pages.WIDTH)


def _bound(made: Story, head: Head, context: Context, first: int = 1) -> bytes:
    words = context.words
    running = f"{words['Board']}  |  {head.title}" if made.style is not story.PLAN else head.title
    foot = words["Board"] if made.style is story.PLAN else words["meeting_day"]
    return pages.bound(made.flow, pages.dressed(running, foot, first), made.root, head.title, words["Board"])


def _group(head: Head, context: Context) -> str:
    """The group whose meeting it is for: it goes to that one, or to the first of those that it is for."""
    group = str(context.words["group"])
    return group if group in head.groups else head.groups[0]


def _first_section(blocks: Sequence[Block]) -> Sequence[Block]:
    starts = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= 2]
    return blocks[: starts[1]] if len(starts) > 1 else blocks


def _listed(head: Head) -> list[str]:
    return [one.strip().rstrip(";.").removesuffix(" and") for one in head.recommendations]


def _ended(recommendation: str) -> str:
    return f"{recommendation}."


def _report_head(made: Story, head: Head, context: Context) -> None:
    words, group = context.words, GROUPS[_group(head, context)]
    made.flow.append(plain(words["Board"], faces.MASTHEAD, made.element("P")))
    if group:
        made.flow.append(plain(group, faces.MASTHEAD_SMALL, made.element("P")))
    made.flow.append(_rule(1.4))
    rows = [("Meeting of", words["meeting_day"])]
    rows += [("Agenda item", str(words["item"]))] if words["item"] else []
    rows += [("Title of report", head.title)]
    rows += [("Report by", head.post)] if head.post else []
    rows += [("Purpose", PURPOSES[head.purpose])]
    table = Table(((), ()), tuple(((Run(a, True),), (Run(b, a == "Title of report"),)) for a, b in rows), ("left", "left"))
    made.flow += [grid(table, made.root, 0, True, faces.HEAD_TABLE), Spacer(1, 6)]


def _report_end(made: Story, head: Head, context: Context) -> None:
    words, style = context.words, made.style
    at_end = story.Style(style.headings, faces.BODY) if not style.is_numbered else style
    made.style = at_end
    if head.appendices:
        made.heading(Heading(2, (Run("Appendices"),)))
        for appendix in head.appendices:
            made.words(Words((Run(appendix),)))
    contact = f"{head.post}, {words['partnership']}" if head.post else str(words["partnership"])
    contact += f", {words['email']}" if words["email"] else ""
    made.flow += [_rule(0.6), plain(f"Report author and contact: {contact}", faces.SMALL, made.element("P"))]


def _rule(thick: float) -> Later:
    def paint(canvas: Any, width: float, height: float) -> None:
        canvas.setStrokeColor(faces.NAVY)
        canvas.setLineWidth(thick)
        canvas.line(0, height - 3, width, height - 3)

    return Later(10, paint)


def _cover(made: Story, head: Head, context: Context) -> None:
    words = context.words

    def band(canvas: Any, width: float, height: float) -> None:
        canvas.setFillColor(faces.NAVY)
        canvas.rect(-pages.MARGIN, -360, width + 2 * pages.MARGIN, 640, stroke=0, fill=1)
        canvas.setFillColor(faces.COLOURS[2])
        canvas.rect(-pages.MARGIN, -372, width + 2 * pages.MARGIN, 12, stroke=0, fill=1)

    made.flow += [Later(0, band), Spacer(1, 90), plain(head.title, faces.COVER, made.element("H1")), Spacer(1, 16)]
    if head.subtitle:
        made.flow.append(plain(head.subtitle, faces.COVER_SMALL, made.element("P")))
    made.flow += [Spacer(1, 300), plain(words["Board"], faces.MASTHEAD, made.element("P"))]
    made.flow.append(plain(f"For the meeting on {words['meeting_day']}", faces.SMALL, made.element("P")))


def _slide_dress(foot: str) -> Any:
    def dress(canvas: Any) -> None:
        width, height = canvas._pagesize
        canvas.setFillColor(faces.NAVY)
        canvas.rect(0, height - 22, width, 22, stroke=0, fill=1)
        canvas.setFillColor(faces.COLOURS[2])
        canvas.rect(0, height - 26, width, 4, stroke=0, fill=1)
        canvas.setFillColor(faces.GREY)
        canvas.setFont(faces.PLAIN, 10)
        canvas.drawString(70, 28, foot)
        canvas.drawRightString(width - 70, 28, str(canvas.number))

    return dress


def _letter_dress(canvas: Any) -> None:
    canvas.setFont(faces.TYPED, 11)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 44, f"- {canvas.number} -")
