"""Templates keep their order: short lines, components for everybody, and nothing that is not used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, nodes

from portal.app import create_app
from tests.databases import settings

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
LONGEST_LINE = 120
COMPONENTS = "components/"
EMAILS = "emails/"  # plain text, but for the frame of their HTML


@cache
def parsed() -> dict[str, nodes.Template]:
    """Every template of the pages, by its name."""
    names = (str(path.relative_to(TEMPLATES)) for path in sorted(TEMPLATES.rglob("*.html")))
    return {
        name: Environment(autoescape=True).parse((TEMPLATES / name).read_text())
        for name in names
        if not name.startswith(EMAILS)
    }


def macros(tree: nodes.Template) -> set[str]:
    return {one.name for one in tree.find_all(nodes.Macro)}


def read(tree: nodes.Template) -> set[str]:
    return {one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"}


def written(tree: nodes.Template) -> set[str]:
    """What it names itself: by set, for and with, and what its macros take."""
    return {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}


def imports() -> Iterator[tuple[str, str, str]]:
    """The template that imports, the one it imports from, and the name of the macro."""
    for name, tree in parsed().items():
        for one in tree.find_all(nodes.FromImport):
            for imported in one.names:
                yield name, constant(one.template), imported if isinstance(imported, str) else imported[0]


def constant(node: nodes.Node) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else ""


def components() -> set[str]:
    return {macro for name, tree in parsed().items() if name.startswith(COMPONENTS) for macro in macros(tree)}


def sources() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "portal").rglob("*.py")):
        yield ast.parse(path.read_text())


def test_no_line_of_a_template_is_too_long() -> None:
    lines = ((name, number, line) for name in parsed() for number, line in numbered(name))
    assert not [f"{name}:{number}" for name, number, line in lines if len(line) > LONGEST_LINE]


def numbered(name: str) -> Iterator[tuple[int, str]]:
    return enumerate((TEMPLATES / name).read_text().splitlines(), 1)


def test_what_is_no_page_opens_with_what_it_is_for() -> None:
    texts = {name: (TEMPLATES / name).read_text() for name in parsed()}
    assert not [name for name, text in texts.items() if not text.startswith(("{% extends", "{# "))]


def test_every_imported_macro_is_used() -> None:
    assert not [f"{name}: {macro}" for name, _, macro in imports() if macro not in read(parsed()[name])]


def test_components_are_imported_by_no_page() -> None:
    """They are globals; only a component imports another, as globals come after all of them."""
    pages = [f"{name}: {macro}" for name, origin, macro in imports() if origin.startswith(COMPONENTS)]
    assert not [one for one in pages if not one.startswith(COMPONENTS)]


def test_every_component_is_a_global_and_stands_in_one_file(tmp_path: Path) -> None:
    app = create_app(settings(f"sqlite:///{tmp_path}/portal.db", mailbox_folder=str(tmp_path)))
    assert not components() - set(app.jinja_env.globals)
    found = [macro for name, tree in parsed().items() if name.startswith(COMPONENTS) for macro in macros(tree)]
    assert len(found) == len(set(found))


def test_no_name_in_a_template_hides_a_component() -> None:
    pages = {name: tree for name, tree in parsed().items() if not name.startswith(COMPONENTS)}
    assert not [
        (name, hides) for name, tree in pages.items() if (hides := components() & (written(tree) | macros(tree)))
    ]


def test_no_view_hands_over_a_name_that_hides_a_component() -> None:
    calls = (one for tree in sources() for one in ast.walk(tree) if isinstance(one, ast.Call))
    rendering = (one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "render_template")
    assert not {word.arg for one in rendering for word in one.keywords} & components()


OF_A_WIDGET = ("components/fields.html", "held_files")  # called by portal/infra/fields/file_fields.py


def test_every_macro_is_used() -> None:
    used = {(origin, macro) for _, origin, macro in imports()} | {OF_A_WIDGET}
    everywhere = set().union(*(read(tree) for tree in parsed().values()))
    for name, tree in parsed().items():
        here = everywhere if name.startswith(COMPONENTS) else read(tree)
        assert not [macro for macro in macros(tree) if macro not in here and (name, macro) not in used], name


def test_every_template_is_used() -> None:
    by_others = {origin for _, origin, _ in imports()} | {
        constant(one.template) for tree in parsed().values() for one in tree.find_all((nodes.Extends, nodes.Include))
    }
    patterns = [re.compile(one) for one in named_in_the_portal()]
    for name in parsed():
        if not name.startswith(COMPONENTS) and name not in by_others:
            assert any(one.fullmatch(name) for one in patterns), name


def named_in_the_portal() -> set[str]:
    """The templates that code names, as patterns: `f"errors/{code}.html"` names several."""
    found = set()
    for tree in sources():
        for one in ast.walk(tree):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.endswith(".html"):
                found.add(re.escape(one.value))
            elif isinstance(one, ast.JoinedStr):
                parts = (re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in one.values)
                found.add("".join(parts))
    return found


HOME = {"Home", "Go to the home page"}  # a link above the heading, and one in a sentence
OF_A_PAPER = "the first page of the file"


def links_home() -> Iterator[tuple[str, str]]:
    """The template and the words of each link to the first page."""
    for name, tree in parsed().items():
        for call in tree.find_all(nodes.Call):
            where, *words = call.args or [None]
            if isinstance(where, nodes.Call) and [constant(one) for one in where.args] == ["home.index"] and words:
                yield name, constant(words[0])


def test_the_first_page_has_one_name_wherever_a_link_leads_to_it() -> None:
    """And only the component leads back to it: back_home()."""
    assert not [(name, words) for name, words in links_home() if words not in HOME]
    back = {name for name, tree in parsed().items() for call in tree.find_all(nodes.Call) if leads_back_home(call)}
    assert back == {"components/links.html"}


def leads_back_home(call: nodes.Call) -> bool:
    is_back = isinstance(call.node, nodes.Name) and call.node.name == "back"
    return is_back and any(constant(one) == "home.index" for one in call.find_all(nodes.Const))


def test_no_page_calls_it_the_first_page() -> None:
    said = {name: " ".join(one.data for one in tree.find_all(nodes.TemplateData)) for name, tree in parsed().items()}
    texts = {name: " ".join(words.split()).replace(OF_A_PAPER, "") for name, words in said.items()}
    words = {name: [constant(one) for one in tree.find_all(nodes.Const)] for name, tree in parsed().items()}
    assert not [name for name in parsed() if "first page" in " ".join([texts[name], *words[name]]).lower()]


MOST_ALIKE = 8  # lines


def test_no_two_pages_hold_the_same_lines() -> None:
    """What two of them say alike is a component, or a template that both include."""
    found: dict[str, set[str]] = {}
    for name in parsed():
        lines = [line.strip() for _, line in numbered(name) if line.strip()]
        for start in range(len(lines) - MOST_ALIKE):
            found.setdefault("\n".join(lines[start : start + MOST_ALIKE + 1]), set()).add(name)
    assert not [(sorted(names), words) for words, names in found.items() if len(names) > 1]


NOTHING = re.compile(  # how a sentence begins that says that a list or a figure shows nothing
    r"(no|nobody|nothing|none|no one|not yet|not shown|there (is|are|was|were) (no|nobody|nothing|not)"
    r"|you have (no|not)|fewer than)\b",
    re.IGNORECASE,
)
ABOUT_SOMETHING_ELSE = {  # templates with a sentence that begins so, and is about no list or figure
    "accounts/carry_on.html",
    "check_in/check_in.html",
    "accounts/prove.html",
    "accounts/set_up_factor.html",
    "errors/503.html",
    "expenses/decisions/decide.html",
    "mentoring/pairs/pair.html",
    "papers/preparing/details.html",
    "papers/preparing/publish.html",
    "papers/preparing/upload.html",
    "privacy/privacy.html",
    "public_pages/complain.html",
    "role_descriptions/write.html",
    "role_profiles/stepping_down/stop.html",
}


def said_by_hand(name: str) -> Iterator[str]:
    """The paragraphs of a template that say that there is nothing, without the component that does."""
    text = re.sub(r"\{#.*?#\}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)
    for paragraph in re.findall(r"<p class=\"govuk-body[^>]*>(.*?)</p>", text, re.DOTALL):
        for part in re.split(r"\{%.*?%\}", paragraph, flags=re.DOTALL):
            words = " ".join(re.sub(r"<[^>]+>|\{\{-?\s*\"", " ", part).split())
            if NOTHING.match(words):
                yield words


def test_only_one_component_says_that_there_is_nothing() -> None:
    """Empty, not yet, filtered, withheld and not allowed are five sentences of components/nothing.html."""
    names = [one for one in parsed() if not one.startswith(COMPONENTS) and one not in ABOUT_SOMETHING_ELSE]
    found = {name: words for name in names if (words := list(said_by_hand(name)))}
    assert not found, "use nothing() of components/nothing.html"
