"""How two versions of a role differ, and what a description says."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.marked_words import plain
from portal.infra.documents.markdown import safe_html
from portal.role_descriptions.rules import changes, compare, sections

WORDS: dict[str, Any] = {
    "purpose": "Speak for carers",
    "governance": "",
    "outside": "- Visit\n- Train",
    "representing": "",
    "gives": "",
    "promises": ["care", "papers"],
    "hours_a_month": 12,
    "contact": "Ann Fraser",
}


def test_a_description_is_read_in_order_and_says_nothing_empty() -> None:
    found = [(one.title, one.words) for one in sections(WORDS)]
    assert [title for title, _ in found] == [
        "What this role is for",
        "Work outside the board’s meetings",
        "What the board gives you",
        "Hours a month",
        "Who to ask",
    ]
    assert found[2][1] == "- Papers on time to read them\n- Replacement care, for preparing, travelling and meeting"


def test_only_what_differs_is_a_change() -> None:
    found = changes(WORDS, {**WORDS, "purpose": "Speak up for carers", "contact": ""})
    assert [one.title for one in found] == ["What this role is for", "Who to ask"]
    assert [words.strip() for words, changed in found[0].after if changed] == ["up"]
    assert found[1].after == []
    assert changes(WORDS, dict(WORDS)) == []


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_the_pieces_joined_are_the_texts(before: str, after: str) -> None:
    left, right = compare(before, after)
    assert "".join(words for words, _ in left) == before
    assert "".join(words for words, _ in right) == after
    kept = ["".join(words for words, changed in side if not changed) for side in (left, right)]
    assert kept[0] == kept[1]


@given(st.text(max_size=200))
def test_markdown_lets_no_other_tag_through(text: str) -> None:
    html = str(safe_html(text + "<img src=x onerror=1>[a](javascript:alert(1))"))
    for forbidden in ("<img", "<script", 'href="javascript', "<h1", "<iframe"):
        assert forbidden not in html


@given(st.text(alphabet="[]()ahtps:/. \n", max_size=60))
@example("[]()")
@example("[a]( )")
def test_words_lead_to_secure_addresses_alone(text: str) -> None:
    html = str(safe_html(f"{text} [a](http://x.y) [b](HTTP://x.y) [c](/x) [d](ftp://x.y)"))
    assert all(link.startswith(("https:", "mailto:")) for link in re.findall('href="([^"]*)"', html))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("- **Speak** for *carers*", "• Speak for carers"),
        ("[Carers](https://x.scot) at 2 * 3 * 4", "Carers (https://x.scot) at 2 * 3 * 4"),
        ("snake_case_word\n  * point", "snake_case_word\n  • point"),
    ],
)
def test_marked_words_without_their_marks(typed: str, read: str) -> None:
    assert plain(typed) == read
    assert plain(read) == read


def test_what_differs_in_its_marks_alone_is_shown_with_them() -> None:
    [found] = changes(WORDS, {**WORDS, "purpose": "**Speak** for carers"})
    assert ("**Speak**", True) in found.after
