"""The check of words finds what is not said wherever people read it, and nothing where only engineers do."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from config import ROOT

TOOL = ROOT / "tools" / "words.py"


def loaded() -> ModuleType:
    """A tool is no package, so it is loaded from its file."""
    spec = importlib.util.spec_from_file_location("words", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["words"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


words = loaded()
LISTED = words.listed()


def found_in(text: str, rules: object = None) -> list[str]:
    return [one.found for one in words.findings("page.html", [words.Words(1, text)], rules or LISTED.rules)]


def found_at(path: Path) -> list[tuple[int, str]]:
    texts = words.words_of(path, LISTED.engineers)
    return [(one.line, one.found) for one in words.findings("one", texts, LISTED.rules)]


@pytest.mark.parametrize("rule", LISTED.rules, ids=lambda rule: rule.not_said)
def test_each_rule_finds_its_example(rule: object) -> None:
    assert found_in(rule.example, [rule])  # type: ignore[attr-defined]


@pytest.mark.parametrize("rule", LISTED.rules, ids=lambda rule: rule.not_said)
def test_what_to_say_instead_is_said(rule: object) -> None:
    assert not found_in(rule.instead)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "You cannot go on Tuesday.",
        "See who mentors whom.",
        "You stood in at this meeting.",
        "Standing orders ask for five days.",
        "Nobody asks why.",
        "/mentoring/pairs/new",
    ],
)
def test_what_is_said_well_is_not_found(text: str) -> None:
    assert not found_in(text)


def test_a_page_is_read_in_its_text_its_links_and_its_attributes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '{# Press this #}\n<p class="press">Ask <b>somebody</b>\n'
        '{{ link_to(url_for("press.here"), "Go\non") }}</p>\n<img alt="Press here">'
    )
    assert found_at(page) == [(3, "Go on"), (2, "somebody"), (5, "Press")]


def test_no_pattern_reaches_from_one_paragraph_into_the_next() -> None:
    assert not found_in(words.without_tags("<p>Where to go</p>\n<p>On Monday</p>"))


def test_an_email_is_read_whole(tmp_path: Path) -> None:
    body = tmp_path / "body.txt"
    body.write_text("{% block body %}\n{{ who }} is off, and {{ group }} waits.\n{% endblock %}")
    assert found_at(body) == [(2, "… is off"), (2, "waits")]


def test_code_is_read_in_what_it_says_to_people(tmp_path: Path) -> None:
    module = tmp_path / "views.py"
    module.write_text(
        '"""Press this."""\n'
        'log.info("somebody signed in")\n'
        'raise ValueError("somebody is wrong")\n'
        'name = "press"\n'
        'def view():\n    """Somebody."""\n    return flash(f"Ask {who}, or somebody else.")\n'
        'TITLE = "Somebody"\n'
    )
    assert sorted(found_at(module)) == [(7, "somebody"), (8, "Somebody")]


LONG = "We will " + "tell " * 22 + "you."
OTHERWISE = "{% if sure %}We will " + "tell " * 12 + "{% else %}We may " + "tell " * 12 + "{% endif %}you."


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        (LONG, []),
        (LONG.replace("you", "you both"), ["26 words"]),
        (LONG.replace("you", "<b>you</b>\nboth"), ["26 words"]),
        (LONG.replace("tell you", "tell. You") + " " + LONG, []),
        (OTHERWISE, []),
    ],
)
def test_a_sentence_has_25_words_at_most(tmp_path: Path, text: str, counted: list[str]) -> None:
    page = tmp_path / "page.html"
    page.write_text(text)
    assert [one.found for one in words.too_long("page", words.words_of(page, LISTED.engineers))] == counted


def test_a_comment_of_a_list_is_not_read(tmp_path: Path) -> None:
    terms = tmp_path / "terms.toml"
    terms.write_text('# somebody\nmeans = "For somebody."\n')
    assert found_at(terms) == [(2, "somebody")]


def test_what_is_allowed_has_a_reason_and_stands_there() -> None:
    files = {ROOT / one.file for one in LISTED.allowed}
    found = [
        finding
        for path in files
        for finding in words.findings(words.name_of(path), words.words_of(path, LISTED.engineers), LISTED.rules)
    ]
    assert [one for one in LISTED.allowed if not one.reason] == words.unused(LISTED.allowed, found) == []


def test_what_is_allowed_and_gone_is_noticed() -> None:
    gone = words.Allowed("portal/app.py", "somebody", "no reason")
    assert words.unused([gone], []) == [gone]


def test_it_ends_with_what_it_found(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = ROOT / "templates" / "home" / "help.html"
    monkeypatch.setattr(words, "words_of", lambda *_: [words.Words(3, "Ask somebody.")])
    assert words.main([str(page)]) == 1
    said = capsys.readouterr().out
    assert said == "templates/home/help.html:3: “somebody”: someone (in “Ask somebody.”)\n"
