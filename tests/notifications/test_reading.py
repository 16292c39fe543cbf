"""How hard emails are to read, and that what counts it counts well."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from portal.app import create_app
from tests.databases import settings
from tests.reading import Read, hard_to_read, left_out, prose_of, prose_of_email, read, read_all, syllables

KEPT = Path(__file__).parent / "kept"  # each email as it is rendered (test_words.py)
SYLLABLES = {
    1: "the be me a claim claimed asked signed typed closed moved saved shared called said says eye times files rules "
    "roles sites comes goes does free see need needs seat fees view new who two year hour fire whole while you’ll "
    "we’ve don’t league health",
    2: "being going seeing paper table tables little single simple handle handled settled centre people people’s agree "
    "agreed create react poem client quiet pages places changes uses notice action question region special social "
    "issue value someone something sometimes therefore before without public private every business evening "
    "replied worried removed reviewed published finished cancelled travelled allowed followed unique technique careful "
    "statement",
    3: "expenses replacement engagement various serious previous area idea everyone everything anyone officer "
    "mentoring decided invited created policy privacy sentences notices continue agenda committee museum employee "
    "period diary annual usual attendance carefully theatre",
    4: "material january february appreciate usually situation responsible experience",
    5: "association administrator individual",
}


@pytest.mark.parametrize(("count", "words"), SYLLABLES.items())
def test_syllables_are_counted_as_they_are_heard(count: int, words: str) -> None:
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_the_grade_is_that_of_the_formula() -> None:
    assert read("We will email you. Please tell us by Monday.") == Read(sentences=2, words=9, syllables=10)
    assert round(Read(sentences=2, words=9, syllables=10).grade, 2) == -0.72


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You asked Northfirth Strategic Planning Group for a place.", 6),
        ("It is on Tuesday 10 March 2026 at 2pm.", 5),
        ("Write to clerk@northfirth.test or see https://portal.test/help now.", 5),
    ],
)
def test_a_name_is_one_word_and_numbers_and_addresses_are_none(text: str, words: int) -> None:
    assert read(text).words == words


def test_prose_is_no_table_no_list_of_things_and_nothing_typed() -> None:
    page = lxml.html.fromstring(
        "<body><p>The header of each page is not in it.</p><main><p>We will tell you who is coming.</p>"
        "<p>Too few words here.</p><div class='govuk-hint'>For example, the name of the group</div>"
        "<ul class='portal-list'><li>Papers for the meeting of the board</li></ul>"
        "<table><tr><td><p>This is in a cell of a table.</p></td></tr></table>"
        "<p class='govuk-body portal-page-text'>This was typed by one of the reps.</p></main></body>"
    )
    assert list(prose_of(page)) == ["We will tell you who is coming.", "For example, the name of the group"]


HARD = "Administrators confirm additional responsibilities regarding reimbursement and all related expenditure."
EASY = "We will tell you who is going to the next meeting."


def test_one_hard_text_is_noticed_and_half_of_them_hard_too() -> None:
    easy, hard = read(EASY), read(HARD)
    middling = Read(sentences=1, words=20, syllables=25)
    assert [one[:4] for one in hard_to_read({"easy": easy, "hard": hard, "easy too": easy})] == ["hard"]
    assert [one[:4] for one in hard_to_read({"a": middling, "b": middling, "c": easy})] == ["half"]
    assert list(hard_to_read({"a": easy, "b": middling, "c": easy, next(iter(left_out())): hard})) == []


def test_what_is_left_out_is_there_and_has_a_reason(tmp_path: Path) -> None:
    app = create_app(settings(f"sqlite:///{tmp_path}/portal.db", mailbox_folder=str(tmp_path)))
    assert left_out().keys() <= {rule.endpoint for rule in app.url_map.iter_rules()}
    assert all(left_out().values())


def test_emails_are_easy_to_read() -> None:
    emails = {path.stem: read_all(prose_of_email(path.read_text())) for path in sorted(KEPT.glob("*.txt"))}
    assert len(emails) > 100
    assert list(hard_to_read(emails)) == []
