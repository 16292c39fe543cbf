"""The body of a text as headings, paragraphs, lists, tables, boxes and charts."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

CHART = "chart"


@dataclass(frozen=True)
class Run:
    """Words that are set alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    is_break: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    runs: Runs

    @property
    def is_appendix(self) -> bool:
        return self.level <= 2 and words_of(self.runs).startswith("Appendix")


@dataclass(frozen=True)
class Words:
    runs: Runs

    @property
    def is_caption(self) -> bool:
        """A short paragraph all in bold is the name of what follows."""
        return bool(self.runs) and all(run.bold for run in self.runs) and len(words_of(self.runs)) < 140


@dataclass(frozen=True)
class Points:
    items: tuple[tuple[Block, ...], ...]
    first: int | None = None  # the number of the first, of a list that has numbers


@dataclass(frozen=True)
class Table:
    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    aligned: tuple[str, ...]  # "left", "right", "centre", or "" where the text does not say


@dataclass(frozen=True)
class Boxed:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class NewPage:
    pass


@dataclass(frozen=True)
class Chart:
    kind: str
    title: str
    labels: list[str]
    series: dict[str, list[float]]
    unit: str = ""


Block = Heading | Words | Points | Table | Boxed | NewPage | Chart


def blocks_of(body: str) -> list[Block]:
    from markdown_it.tree import SyntaxTreeNode

    return _blocks(SyntaxTreeNode(_parser().parse(body)).children)


def words_of(runs: Sequence[Run]) -> str:
    return "".join(" " if run.is_break else run.text for run in runs)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
    return [_block(node) for node in nodes]


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1]), _inline(node))
        case "paragraph":
            return Words(_inline(node))
        case "bullet_list":
            return Points(tuple(tuple(_blocks(item.children)) for item in node.children))
        case "ordered_list":
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            return Points(items, int(node.attrs.get("start", 1)))
        case "table":
            return _table(node)
        case "blockquote":
            return Boxed(tuple(_blocks(node.children)))
        case "hr":
            return NewPage()
        case "fence" if node.info.strip() == CHART:
            return _chart(node.content)
    raise ValueError(f"line {(node.map or (0,))[0]} of the body: what to do with {node.type}?")


def _chart(content: str) -> Chart:
    chart = Chart(**tomllib.loads(content))
    if chart.kind not in ("bar", "line", "stacked"):
        raise ValueError(f"{chart.title}: no chart is called {chart.kind}")
    for name, values in chart.series.items():
        if len(values) != len(chart.labels):
            raise ValueError(f"{chart.title}: {name} has {len(values)} values for {len(chart.labels)} labels")
    return chart


def _table(node: SyntaxTreeNode) -> Table:
    head = node.children[0].children[0].children
    rows = node.children[1].children if len(node.children) > 1 else []
    aligned = tuple(str(cell.attrs.get("style", "")).removeprefix("text-align:").replace("er", "re") for cell in head)
    return Table(tuple(map(_inline, head)), tuple(tuple(map(_inline, row.children)) for row in rows), aligned)


def _inline(node: SyntaxTreeNode) -> Runs:
    runs: list[Run] = []
    for inline in node.children:
        for number, child in enumerate(inline.children):
            if child.type == "softbreak" and [one.type for one in inline.children[number + 1 :]] == ["em"]:
                runs.append(Run("", is_break=True))  # who said it, below what was said
            else:
                _add(runs, child, Run(""))
    return tuple(runs)


def _add(runs: list[Run], node: SyntaxTreeNode, like: Run) -> None:
    bold, italic, link = like.bold, like.italic, like.link
    match node.type:
        case "text" | "code_inline":
            _add_text(runs, Run(node.content, bold, italic, link))
        case "softbreak":
            _add_text(runs, Run(" ", bold, italic, link))
        case "hardbreak":
            runs.append(Run("", bold, italic, link, is_break=True))
        case "html_inline" if node.content.replace(" ", "").replace("/", "") == "<br>":
            runs.append(Run("", bold, italic, link, is_break=True))
        case "strong" | "em" | "link":
            bold, italic = bold or node.type == "strong", italic or node.type == "em"
            link = str(node.attrs["href"]) if node.type == "link" else link
            for child in node.children:
                _add(runs, child, Run("", bold, italic, link))
        case _:
            raise ValueError(f"What to do with {node.type} in a line? {node.content}")


def _add_text(runs: list[Run], run: Run) -> None:
    """Words that are set as those before them join them."""
    last = runs[-1] if runs else None
    if last and not last.is_break and (last.bold, last.italic, last.link) == (run.bold, run.italic, run.link):
        runs[-1] = Run(last.text + run.text, run.bold, run.italic, run.link)
    elif run.text:
        runs.append(run)
