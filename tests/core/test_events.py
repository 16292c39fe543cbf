"""An event says what it is, or it cannot be written."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.core import events
from portal.core.events import BoardEvent, Event, every_event, names_of, sentence_of


@pytest.fixture(autouse=True)
def _none_but_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_BY_NAME", {})


def test_an_event_without_a_sentence_is_refused_with_what_to_write() -> None:
    with pytest.raises(TypeError, match=r'class GateOpened\(…, sentence="Signed in"\)'):

        class GateOpened(Event):
            pass

    assert every_event() == ()


def test_the_sentence_of_an_event_is_not_that_of_one_made_from_it() -> None:
    class GateOpened(Event, sentence="Opened a gate", nobody=True):
        pass

    with pytest.raises(TypeError, match="Say what GateOpenedAgain means"):

        class GateOpenedAgain(GateOpened):
            pass

    class GateOpenedWide(GateOpened, sentence="Opened a gate wide"):
        pass

    assert (GateOpened.nobody, GateOpenedWide.nobody) == (True, False)
    assert sentence_of("GateOpenedWide") == "Opened a gate wide"


def test_what_events_share_has_no_sentence_and_never_happens_itself() -> None:
    class GateEvent(Event, abstract=True):
        pass

    with pytest.raises(TypeError, match="GateEvent2 is abstract"):

        class GateEvent2(Event, abstract=True, nobody=True):
            pass

    assert every_event() == ()


def test_a_renamed_event_says_its_sentence_for_old_lines_of_the_trail() -> None:
    class GateOpened(Event, sentence="Opened a gate", formerly=("GateUnlocked",)):
        pass

    assert sentence_of("GateUnlocked") == "Opened a gate"
    assert names_of("GateOpened") == ("GateOpened", "GateUnlocked")
    assert every_event() == (GateOpened,)
    assert GateOpened().name == "GateOpened"


def test_a_name_of_which_nothing_is_known_stands_as_it_is() -> None:
    assert sentence_of("GateOpened") == "GateOpened"
    assert names_of("GateOpened") == ("GateOpened",)


@pytest.mark.parametrize("formerly", [(), ("GateUnlocked",)])
def test_no_name_stands_for_two_events(formerly: tuple[str, ...]) -> None:
    name = formerly[0] if formerly else "GateOpened"
    type(name, (Event,), {}, sentence="Opened a gate")
    with pytest.raises(TypeError, match=f"Two events are called {name}"):
        type("GateOpened", (Event,), {}, sentence="Opened a gate too", formerly=formerly)


def test_what_an_event_holds_is_neither_its_id_nor_its_board() -> None:
    @dataclass(frozen=True, kw_only=True)
    class GateOpened(BoardEvent, sentence="Opened a gate"):
        gate: str

    one, other = (GateOpened(board_id=UUID(int=1), gate="north") for _ in range(2))
    assert one.facts == {"gate": "north"}
    assert one == other
    assert one.id != other.id
