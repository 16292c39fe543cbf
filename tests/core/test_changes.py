"""An event of a change says from what, to what; what may name somebody stands in the part that can be erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

from portal.core import events
from portal.core.changes import LONGEST_SHOWN, ChangeEvent, Label


@dataclass(frozen=True, kw_only=True)
class TeapotChanged(ChangeEvent, sentence="Changed a teapot", nobody=True):
    labels: ClassVar[Mapping[str, Label]] = {
        "colour": "colour",
        "made_on": "made on",
        "poured_at": "poured",
        "has_lid": "with a lid",
        "cups": ("holds", lambda cups: f"{cups} cups"),
        "whose": "whose",
        "for_whom": "for",
    }
    typed_by_people: ClassVar[frozenset[str]] = frozenset({"whose"})


events._BY_NAME.pop("TeapotChanged")  # it happens in this test alone


def said(changes: dict[str, tuple[object, object]], erased: bool = False, **more: str) -> list[str]:
    event = TeapotChanged(**more, **TeapotChanged.says(changes))
    return list(TeapotChanged.details(event.facts, {} if erased else event.about_people))


def test_each_kind_of_value_is_said_as_a_person_would() -> None:
    assert said({"colour": ("", "blue")}) == ["colour: was empty, now blue"]
    assert said({"colour": ("blue", None)}) == ["colour: was blue, now empty"]
    assert said({"made_on": (None, date(2026, 3, 2))}) == ["made on: was empty, now 2 March 2026"]
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert said({"poured_at": (moment, None)}) == ["poured: was 9am on Monday 2 March 2026, now empty"]
    assert said({"has_lid": (False, True)}) == ["with a lid: was no, now yes"]
    assert said({"cups": (0, 6)}) == ["holds: was 0 cups, now 6 cups"]
    assert said({"for_whom": ([], ["one", "two"])}) == ["for: was empty, now one, two"]


def test_only_what_is_told_of_is_told_in_its_order() -> None:
    changes = {"cups": (1, 2), "version": (1, 2), "colour": ("red", "blue")}
    assert said(changes) == ["colour: was red, now blue", "holds: was 1 cups, now 2 cups"]


def test_what_may_name_somebody_is_in_the_erasable_part_alone() -> None:
    event = TeapotChanged(**TeapotChanged.says({"whose": ("Ann Fraser", "Bo Reid"), "cups": (1, 2)}))
    assert "Ann" not in str(event.facts)
    assert "Ann Fraser" in event.about_people["typed"]
    whose = {"whose": ("Ann Fraser", "Bo Reid")}
    assert said(whose) == ["whose: was Ann Fraser, now Bo Reid"]
    assert said(whose, erased=True) == ["whose"]


def test_which_thing_and_what_was_done_come_first() -> None:
    assert said({}, thing="“Brown Betty”", done="removed") == ["“Brown Betty”, removed"]
    assert said({"cups": (1, 2)}, thing="“Betty”") == ["“Betty”", "holds: was 1 cups, now 2 cups"]


def test_long_words_are_cut_where_they_are_shown_and_nowhere_else() -> None:
    changes = {"colour": ("", "b" * (LONGEST_SHOWN + 9))}
    assert said(changes) == [f"colour: was empty, now {'b' * LONGEST_SHOWN}…"]
    assert "b" * (LONGEST_SHOWN + 9) in str(TeapotChanged(**TeapotChanged.says(changes)).facts)


def test_a_column_that_is_gone_is_still_said() -> None:
    assert list(TeapotChanged.details({"values": [["was_chipped", "no", "yes"]]}, {})) == [
        "was chipped: was no, now yes"
    ]
