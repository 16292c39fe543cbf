"""The tests themselves: what they take to be collected, and the counts that hold how long they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import run_folder
from tests.conftest import COLLECTED
from tests.snapshots import assert_reviewed, problem

MOST_MEGABYTES = 385


def test_collecting_every_test_takes_little_memory(request: pytest.FixtureRequest) -> None:
    """Each worker collects them all, so what is large at import is held once for every core of the machine."""
    taken = request.config.stash[COLLECTED]
    assert 0 < taken < MOST_MEGABYTES, f"{taken} MB"


@pytest.fixture
def own_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run of its own, which has done nothing yet."""
    monkeypatch.setenv(run_folder.VARIABLE, str(tmp_path))
    monkeypatch.delenv("TEST_DATABASE", raising=False)
    return tmp_path


def test_counts_of_all_processes_of_a_run_add_up(own_run: Path) -> None:
    run_folder.count("pages in the browser", 2)
    (own_run / "another-process.counts").write_text("pages in the browser, sqlite\t3\nrequests, sqlite\t1\n")
    assert run_folder.counts() == {"pages in the browser, sqlite": 5, "requests, sqlite": 1}


def test_a_run_that_does_more_or_less_than_was_reviewed_says_so(own_run: Path) -> None:
    reviewed = own_run / "growth.txt"
    run_folder.count("pages in the browser", 1234)
    reviewed.write_text("pages in the browser, sqlite: 1,234\n")
    assert run_folder.growth_problem(reviewed) == ""
    run_folder.count("pages in the browser")
    assert "growth.txt.new" in run_folder.growth_problem(reviewed)
    assert (own_run / "growth.txt.new").read_text() == "pages in the browser, sqlite: 1,235\n"


def test_a_text_that_is_not_the_reviewed_one_is_put_beside_it(tmp_path: Path) -> None:
    reviewed, new = tmp_path / "kept" / "list.txt", tmp_path / "kept" / "list.txt.new"
    with pytest.raises(AssertionError, match=r"Read .*list\.txt\.new, and if it is right, put it in the place of list"):
        assert_reviewed("one\n", reviewed)
    new.rename(reviewed)
    assert_reviewed("one\n", reviewed)
    assert problem("two\n", reviewed)
    assert new.read_text() == "two\n"
    assert_reviewed("one\n", reviewed)
    assert not new.exists(), "what is no longer so is not left to be read"


def test_the_slowest_tests_are_told_with_all_that_they_took(own_run: Path) -> None:
    for test, seconds in (("a", 1.0), ("b", 2.5), ("a", 2.0)):
        run_folder.took(test, seconds)
    assert run_folder.slowest(1) == [(3.0, "a, sqlite")]
