"""The looks of documents: report, plan, minutes, form, slides and scan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportlab.platypus import PageBreak, Spacer

from portal.demonstration.documents.blocks import Block, Heading, NewPage, Run, Table, Words
from portal.demonstration.documents.contexts import Context
from portal.demonstration.documents.drawing import covers, faces, pages, pictures, story
from portal.demonstration.documents.drawing.canvas import Later as DrawLater
from portal.demonstration.documents.drawing.canvas import PaperCanvas
from portal.demonstration.documents.drawing.flow import ContentsLine, Flowing, Later, Pinned, kept, plain
from portal.demonstration.documents.drawing.grids import grid
from portal.demonstration.documents.drawing.marks import Element
from portal.demonstration.documents.drawing.story import Story
from portal.demonstration.documents.reading import Head

PURPOSES = {
    "decision": "For decision",
    "discussion": "For discussion",
    "noting": "For noting",
    "assurance": "For assurance",
}
AUDIT = "audit"
GROUPS = {"board": "", "spg": "Strategic Planning Group"}
LOCALITY = "locality"  # whose groups have names of their own, and read papers that were written for others
ASKED = {"board": "Board", "spg": "Strategic Planning Group", LOCALITY: "Group"}


def report(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.REPORT)
    _report_head(made, head, context)
    body, appendices = _apart(blocks)
    first = _first_section(body)
    made.add(first)
    if head.recommendations:
        made.heading(Heading(2, (Run("Recommendations"),)))
        group = _group(head, context)
        asked = context.word(AUDIT) if group == AUDIT else ASKED[group]
        made.numbered_points(f"It is recommended that the {asked}:", _listed(head))
    made.add(body[len(first) :])
    _report_end(made, head, context)
    made.add(_each_on_a_page(appendices))
    return _bound(made, head, context)


def form(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.FORM)
    _report_head(made, head, context)
    made.add(blocks)
    _report_end(made, head, context)
    return _bound(made, head, context)


def minutes(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = _begun(head, story.PLAIN)
    group = _called(head, context)
    made.flow.append(plain(context.word("Board"), faces.MASTHEAD, made.element("P")))
    if group:
        made.flow.append(plain(group, faces.MASTHEAD_SMALL, made.element("P")))
    made.flow.append(_balanced(plain(head.title, faces.TITLE, made.element("H1")), made.width))
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
    for key, words, level in _on_a_page(made.headings):
        made.flow.append(ContentsLine(key, words, level, Element("TOCI", toc) if toc else None))
    made.flow += [PageBreak(), *body]
    if made.root:
        made.root.kids = made.root.kids[written:] + made.root.kids[:written]  # in the order of reading
    return _bound(made, head, context, first=2)


def slides(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = Story(story.SLIDES, _root(head), pages.WIDE[0] - 140)
    title = _balanced(plain(head.title, faces.COVER, made.element("H1")), made.width)
    made.flow += [Later(0, covers.landscape(context.board_key)), Spacer(1, 70), title, Spacer(1, 12)]
    below = ", ".join(filter(None, (context.word("Board"), context.word("meeting_day"))))
    made.flow.append(plain(below, faces.COVER_SMALL, made.element("P")))
    for block in blocks:
        if isinstance(block, Heading) and block.level <= 2:
            made.flow.append(PageBreak())
        made.add([block])
    dress = _slide_dress(context.word("Board"))
    done = pages.bound(made.flow, dress, made.root, head.title, context.word("Board"), pages.WIDE, (70.0, 60.0, 60.0))
    return pictures.as_pictures(done, head.title) if head.pictures_only else done


def scan(head: Head, blocks: Sequence[Block], context: Context) -> bytes:
    made = Story(story.LETTER, None, pages.WIDTH)
    made.flow += [Spacer(1, 20), plain(head.title.upper(), faces.LETTER_TITLE), Spacer(1, 10)]
    made.add(blocks)
    done = pages.bound(made.flow, _letter_dress, None, head.title, context.word("Board"), margins=(78.0, 70.0, 76.0))
    return pictures.scanned(done, head.title)


LOOKS: dict[str, Callable[[Head, Sequence[Block], Context], bytes]] = {
    "report": report, "form": form, "minutes": minutes, "plan": plan, "slides": slides, "scan": scan,
}  # fmt: skip


def _root(head: Head) -> Element | None:
    return Element("Document") if head.tagged else None


def _begun(head: Head, style: story.Style) -> Story:
    return Story(style, _root(head), pages.WIDTH)


def _bound(made: Story, head: Head, context: Context, first: int = 1) -> bytes:
    running = f"{context.word('Board')}  |  {head.title}" if made.style is not story.PLAN else head.title
    foot = context.word("Board") if made.style is story.PLAN else context.word("meeting_day")
    flow = kept(made.flow, made.width)
    return pages.bound(flow, pages.dressed(running, foot, first), made.root, head.title, context.word("Board"))


def _group(head: Head, context: Context) -> str:
    """The group whose meeting it is for: it goes to that one, or to the first of those that it is for."""
    group = context.word("group")
    return group if group in head.groups or group == LOCALITY else head.groups[0]


def _called(head: Head, context: Context) -> str:
    """Below the name of the board, that of the group."""
    if (group := _group(head, context)) == AUDIT:
        return context.word(AUDIT)
    return context.word("called") or GROUPS.get(group, "Locality Planning Group")


def _on_a_page(headings: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Main headings, and where there is room for them, those below."""
    main, two = ([one for one in headings if one[2] <= level] for level in (0, 1))
    is_long = sum(20.5 if level == 0 else 14.5 for _, _, level in two) > 620
    return main if is_long and len(main) > 9 else two


def _first_section(blocks: Sequence[Block]) -> Sequence[Block]:
    starts = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= 2]
    return blocks[: starts[1]] if len(starts) > 1 else blocks


def _apart(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """What is reported, and the appendices."""
    first = next((n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.is_appendix), len(blocks))
    end = first - 1 if 0 < first < len(blocks) and isinstance(blocks[first - 1], NewPage) else first
    return blocks[:end], blocks[first:]


def _each_on_a_page(appendices: Sequence[Block]) -> Iterator[Block]:
    before: Block | None = None
    for block in appendices:
        if isinstance(block, Heading) and block.is_appendix and not isinstance(before, NewPage):
            yield NewPage()
        yield block
        before = block


def _listed(head: Head) -> list[str]:
    """However a text ended them."""
    ends = " \t\n;.,"
    return [one.rstrip(ends).removesuffix(" and").rstrip(ends) + "." for one in head.recommendations]


def _report_head(made: Story, head: Head, context: Context) -> None:
    group = _called(head, context)
    made.flow.append(plain(context.word("Board"), faces.MASTHEAD, made.element("P")))
    if group:
        made.flow.append(plain(group, faces.MASTHEAD_SMALL, made.element("P")))
    made.flow.append(_rule(1.4))
    rows = [("Meeting of", context.word("meeting_day"))] if context.word("meeting_day") else []
    rows += [("Agenda item", context.word("item"))] if context.word("item") else []
    rows += [("Title of report", head.title)]
    rows += [("Report by", head.post)] if head.post else []
    rows += [("Purpose", PURPOSES[head.purpose])]
    table = Table(
        ((), ()), tuple(((Run(a, True),), (Run(b, a == "Title of report"),)) for a, b in rows), ("left", "left")
    )
    made.flow += [grid(table, made.root, 0, True, faces.HEAD_TABLE), Spacer(1, 6)]


def _report_end(made: Story, head: Head, context: Context) -> None:
    made.style = story.PLAIN
    if made.flow and isinstance(made.flow[-1], Flowing) and not head.appendices:
        made.flow[-1].stays = True  # the contact is not alone on a page
    if head.appendices:
        made.heading(Heading(2, (Run("Appendices"),)))
        for appendix in head.appendices:
            made.words(Words((Run(appendix),)), opens=True)
    contact = f"{head.post}, {context.word('partnership')}" if head.post else context.word("partnership")
    contact += f", {context.word('email')}" if context.word("email") else ""
    rule = _rule(0.6)
    rule.stays = True
    made.flow += [rule, plain(f"Report author and contact: {contact}", faces.SMALL, made.element("P"))]


def _rule(thick: float) -> Later:
    def paint(canvas: PaperCanvas, width: float, height: float) -> None:
        canvas.setStrokeColor(faces.NAVY)
        canvas.setLineWidth(thick)
        canvas.line(0, height - 3, width, height - 3)

    return Later(10, paint)


def _cover(made: Story, head: Head, context: Context) -> None:
    made.flow += [
        Later(0, covers.landscape(context.board_key)),
        Spacer(1, 96),
        plain(context.word("Board"), faces.COVER_BOARD, made.element("P")),
    ]
    made.flow += [
        Spacer(1, 14),
        _balanced(plain(head.title, faces.COVER, made.element("H1")), made.width),
        Spacer(1, 14),
    ]
    if head.subtitle:
        made.flow.append(plain(head.subtitle, faces.COVER_SMALL, made.element("P")))
    below = f"{context.word('partnership')[:1].upper()}{context.word('partnership')[1:]}"
    made.flow.append(Pinned(52, [plain(below, faces.COVER_FOOT, made.element("P"))]))
    if context.word("meeting_day"):
        day = plain(f"For the meeting on {context.word('meeting_day')}", faces.SMALL, made.element("P"))
        made.flow[-1].inside.append(day)


def _balanced(title: Flowing, width: float) -> Flowing:
    """Lines about as long as each other."""
    lines = title.wrap(width, 1000)[1]
    indents = [n for n in range(0, 280, 10) if title.wrap(width - n, 1000)[1] == lines]
    title.style = faces.like("balanced", title.style, rightIndent=max(indents))
    return title


def _slide_dress(foot: str) -> DrawLater:
    def dress(canvas: PaperCanvas) -> None:
        width, height = canvas._pagesize
        if canvas.number == 1:
            return
        canvas.setFillColor(faces.NAVY)
        canvas.rect(0, height - 22, width, 22, stroke=0, fill=1)
        canvas.setFillColor(faces.COLOURS[2])
        canvas.rect(0, height - 26, width, 4, stroke=0, fill=1)
        canvas.setFillColor(faces.GREY)
        canvas.setFont(faces.PLAIN, 10)
        canvas.drawString(70, 28, foot)
        canvas.drawRightString(width - 70, 28, str(canvas.number))

    return dress


def _letter_dress(canvas: PaperCanvas) -> None:
    canvas.setFont(faces.TYPED, 11)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 44, f"- {canvas.number} -")
