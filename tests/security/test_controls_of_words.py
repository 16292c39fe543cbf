"""Negative controls of what changes say, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.meetings.events import AgendaChanged
from portal.meetings.forms import ItemForm
from portal.papers.events import PaperDetailsChanged
from portal.papers.restricting.queries import readers
from tests.audit_trail import test_words_of_then as words
from tests.papers import conftest as papers
from tests.papers import test_earlier_details as details
from tests.papers import test_restriction as restriction
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing

pytestmark = pytest.mark.slow
here, restricted, typed = papers.here, restriction.restricted, restriction.typed  # fixtures of theirs


class Alike(str):
    """What a page offered, whatever that was."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


TOLD, DETAILS, RESTRICTING = "portal.meetings.agendas.told", "portal.papers.detailing", "portal.papers.restricting"
CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "28: words of a restricted item stand in the trail": (
        f"{TOLD}.AgendaChanged.says_without_words",
        AgendaChanged.says,
        words.test_of_a_restricted_item_only_that_its_title_changed,
    ),
    "28: words of a restricted paper stand in the trail": (
        f"{DETAILS}.actions.PaperDetailsChanged.says_without_words",
        PaperDetailsChanged.says,
        words.test_of_a_restricted_paper_only_that_its_title_changed,
    ),
    "28: an item that is restricted leaves its words in earlier lines": (
        f"{TOLD}.forget_words",
        nothing,
        words.test_what_was_open_when_it_was_written_is_hidden_once_it_is_restricted,
    ),
    "28: earlier words of a paper that is restricted are shown": (
        "portal.audit_trail.reading._readable",
        lambda line, _names: line.about_people,
        words.test_what_was_open_when_it_was_written_is_hidden_once_it_is_restricted,
    ),
    "28: a title that held personal data stays on the page": (
        f"{DETAILS}.rules.protected",
        lambda earlier, *_today: list(earlier),
        details.test_where_it_held_personal_data_that_is_all_that_is_said,
    ),
    "28: a withdrawn paper leaves its title in the trail": (
        f"{DETAILS}.actions.forget_words",
        nothing,
        details.test_withdrawing_for_personal_data_takes_the_words_of_before_too,
    ),
    "28: the title of then is told to whoever could not read it": (
        "portal.papers.reading.views.said_of",
        lambda earlier, _reads: details.said_of(earlier, reads_private=True),
        details.test_what_was_said_while_it_was_restricted_is_told_to_nobody_else,
    ),
    "28: the ordinary form lifts a restriction": (
        "portal.meetings.views.forms.item_form",
        lambda item: ItemForm(obj=item),
        restriction.test_the_ordinary_form_changes_no_restriction_once_it_is_published,
    ),
    "28: whoever comes second opens what another closed": (
        f"{RESTRICTING}.forms.does_to",
        lambda _item: Alike("restrict"),
        restriction.test_whoever_comes_second_looks_anew_and_changes_nothing,
    ),
    "28: the meeting may have changed meanwhile": (
        f"{RESTRICTING}.actions.meetings.touch",
        nothing,
        restriction.test_whoever_comes_second_looks_anew_and_changes_nothing,
    ),
    "28: whoever may not read it any more hears what it is called": (
        f"{RESTRICTING}.emails.readers",
        lambda item, is_restricted: readers(item, is_restricted=False),
        restriction.test_everyone_hears_of_it_and_who_may_not_read_it_no_title,
    ),
    "28: a pack keeps what is closed now": (
        f"{RESTRICTING}.actions.packs.build_again",
        nothing,
        restriction.test_packs_that_hold_what_is_closed_now_are_gone,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=3))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
