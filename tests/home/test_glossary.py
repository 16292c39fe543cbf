"""The glossary: what each term says and where it is from, what a search finds, and what the page says of itself."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from portal.home.glossary import terms as files
from portal.home.glossary.rules import GlossaryFault, Source, Term, found_by, read_glossary
from portal.home.glossary.terms import TERMS
from tests.plain_words import american, sentences, words_in
from tests.visitor import text_of

PAGE = "/help/glossary"
MOST_WORDS, MOST_BYTES = 25, 15_000


def named(name: str) -> Term:
    return next(term for term in TERMS if term.name == name)


# What the terms are


def test_there_are_150_terms_or_more_each_once_and_by_the_alphabet() -> None:
    assert len(TERMS) >= 150
    names = [term.name.lower() for term in TERMS]
    assert len(set(names)) == len(names)
    anchors = [term.anchor for term in TERMS]
    assert anchors == sorted(set(anchors))


def test_each_term_names_its_source_and_no_source_is_named_by_none() -> None:
    """An address is that of a public body, and one name leads to one address."""
    assert [term.name for term in TERMS if not term.source.name] == []
    listed = [line for path in (files.HERE / "sources").glob("*.toml") for line in path.read_text().splitlines()]
    used = {term.source for term in TERMS}
    assert len([line for line in listed if line.startswith("name = ")]) == len(used)
    assert len({source.name for source in used}) == len(used)
    assert [source.url for source in used if source.url and not source.url.startswith("https://")] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.anchor)
def test_a_meaning_is_one_or_two_plain_sentences(term: Term) -> None:
    said = sentences(term.means)
    assert 1 <= len(said) <= 2
    assert [one for one in said if words_in(one) > MOST_WORDS] == []
    assert all(one.endswith(".") for one in said)


def test_nothing_is_spelled_as_in_america() -> None:
    assert american(" ".join(f"{term.name} {' '.join(term.also)} {term.means}" for term in TERMS)) == []
    assert american("organized in a program by the center") == ["organized", "program", "center"]
    assert american("the size of a programme, coloured and organised in the centre") == []


IN_PAPERS = """IJB, HSCP, SDS, ACSP, YCS, AWI, DWP, EQIA, IIA, GIRFEC, SPG, CFO, CSWO, ASP, POA, direction, quorum,
set-aside budget, hosted services, MSG indicators, guardianship order, Best Value, Fairer Scotland Duty,
section 95 officer, standing orders, Schedule 7A, code 9, code 51X, SDS Option 1, SDS Option 4, delayed discharge"""


def test_the_words_that_board_papers_use_are_there() -> None:
    known = {name.lower() for term in TERMS for name in (term.name, *term.also)}
    assert [word for word in IN_PAPERS.replace("\n", " ").lower().split(", ") if word not in known] == []


# What a file may not say


@pytest.mark.parametrize(
    ("changed", "about"),
    [
        ({"source": "nowhere"}, "names no source"),
        ({"means": ""}, "one or two sentences"),
        ({"name": ""}, "one or two sentences"),
        ({"see": "also"}, "may have also and where"),
    ],
)
def test_a_term_that_is_wrong_stops_the_portal(changed: dict[str, str], about: str) -> None:
    right = {"name": "Quorum", "means": "Enough\nmembers.", "source": "law"}
    [term] = read_glossary({"law": {"name": "A law"}}, [right])
    assert term == Term("Quorum", (), "Enough members.", Source("A law"), "")
    with pytest.raises(GlossaryFault, match=about):
        read_glossary({"law": {"name": "A law"}}, [{**right, **changed}])
    with pytest.raises(GlossaryFault, match="twice"):
        read_glossary({"law": {"name": "A law"}}, [right, {**right, "name": "quorum "}])
    with pytest.raises(GlossaryFault, match="https://"):
        read_glossary({"law": {"name": "A law", "url": "http://law"}}, [right])


def test_the_files_themselves_are_read_and_refused(tmp_path: Path) -> None:
    for folder in ("sources", "terms"):
        shutil.copytree(files.HERE / folder, tmp_path / folder)
    assert files.read(tmp_path) == TERMS
    (tmp_path / "sources" / "laws.toml").unlink()
    with pytest.raises(GlossaryFault, match="names no source"):
        files.read(tmp_path)


# What a search finds


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("ijb", "Integration joint board"),
        ("  SET aside ", "Set-aside budget"),
        ("carers allowance", "Carer’s Allowance"),
        ("Carer's Allowance", "Carer’s Allowance"),
        ("51x", "Code 51X"),
        ("a&e", "A&E four-hour standard"),
        ("depute", "Proxy"),
    ],
)
def test_a_word_is_found_however_it_is_typed(said: str, first: str) -> None:
    assert found_by(said, TERMS)[0] == named(first)


def test_a_word_in_a_meaning_is_found_after_those_called_so() -> None:
    found = found_by("reserves", TERMS)
    assert found[:2] == [named("Reserves"), named("Earmarked reserves")]
    assert named("Guardianship order") in found_by("sheriff", TERMS)
    assert found_by("", TERMS) == found_by("...", TERMS) == found_by("xyzzy", TERMS) == []


# What the page says


def test_anyone_reads_every_term_with_its_source_and_its_place_on_the_page(visit: Any) -> None:
    answer = visit("").get(PAGE)
    page = lxml.html.fromstring(answer.text)
    assert "These meanings have not yet been checked by two people" in text_of(answer)
    for term in TERMS:
        [item] = page.xpath("//li[@id=$id]", id=term.anchor)
        words = " ".join(item.text_content().split())
        assert words.startswith(term.name)
        assert term.means in words
        assert f"Source: {term.source.name}" in words
        assert item.xpath("string(.//a/@href)") == term.source.url
    jumps = page.xpath("//nav[@aria-label='Letters']//a/@href")
    assert jumps == [f"#letter-{letter.lower()}" for letter in sorted({term.letter for term in TERMS})]
    assert [page.xpath("count(//h2[@id=$id])", id=one[1:]) for one in jumps] == [1.0] * len(jumps)


def test_help_leads_to_it_and_it_weighs_as_little_as_help_may(visit: Any) -> None:
    assert PAGE in visit("").get("/help").text
    assert len(gzip.compress(visit("").get(PAGE).data)) < MOST_BYTES


def test_a_search_shows_what_it_found_and_keeps_what_was_typed(visit: Any) -> None:
    answer = visit("northfirth.rep").get(f"{PAGE}?q=adp")
    page = lxml.html.fromstring(answer.text)
    assert page.xpath("//main//li/@id")[:2] == ["adult-disability-payment", "alcohol-and-drug-partnership"]
    assert page.xpath("string(//input[@name='q']/@value)") == "adp"
    assert "3 terms found" in text_of(answer)
    assert "have not yet been checked" in text_of(answer)


@pytest.mark.parametrize("said", ["xyzzy", "<script>alert(1)</script>", "x" * 500, "..."])
def test_a_search_that_finds_nothing_says_so_and_how_to_see_all(visit: Any, said: str) -> None:
    answer = visit("").get(PAGE, query_string={"q": said})
    page = lxml.html.fromstring(answer.text)
    assert f"No term matches “{said[:100]}”. Show all terms." in text_of(answer)
    assert "There are no terms" not in text_of(answer)
    assert not page.xpath("//main//script | //main//li")
    assert page.xpath(f"//main//p/a[@href='{PAGE}']")


def test_an_empty_search_shows_all(visit: Any) -> None:
    page = lxml.html.fromstring(visit("").get(f"{PAGE}?q=+").text)
    assert len(page.xpath("//main//li[@id]")) == len(TERMS)
