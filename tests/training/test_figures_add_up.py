"""Figures of training and inductions: parts are no more than the whole without a cap, and quarters add up."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from portal.desk.figures import Share
from portal.training.inductions.figures import Step, _counted
from portal.training.inductions.rules import IN_TIME, starts_on

TODAY = date(2026, 11, 27)
DAYS = st.integers(-500, 0).map(lambda ago: TODAY + timedelta(days=ago))
STEPS = st.lists(st.tuples(st.none() | DAYS, st.none() | DAYS), min_size=1, max_size=4)
APPOINTMENTS = st.dictionaries(
    st.tuples(st.integers(1, 3).map(lambda key: UUID(int=key)), st.uuids(), DAYS, st.none() | DAYS), STEPS, max_size=15
)
Appointments = dict[tuple[UUID, UUID, date, date | None], list[Step]]


@given(APPOINTMENTS)
def test_no_board_has_more_inductions_in_time_than_inductions(found: Appointments) -> None:
    for board_id, one in _counted(found, TODAY).items():
        own = [(from_on, made_on) for board, _, from_on, made_on in found if board == board_id]
        measured = [days for days in own if starts_on(*days) <= TODAY - IN_TIME]
        assert 0 <= one.done <= one.inductions <= len(measured)
        assert 0 <= one.late <= one.inductions
        share = Share(one.done, one.inductions, late=one.late)
        assert share.percent is not None
        assert 0 <= share.percent <= 100


@given(APPOINTMENTS)
def test_a_total_is_the_sum_of_its_boards(found: Appointments) -> None:
    """Counted together under one name, or board by board: the same."""
    # mypy does not follow a tuple made with `*rest`
    together = _counted({(UUID(int=9), *rest): steps for (_, *rest), steps in found.items()}, TODAY)  # type: ignore[misc]
    boards = _counted(found, TODAY).values()
    for name in ("done", "inductions", "late"):
        assert sum(getattr(one, name) for one in boards) == sum(getattr(one, name) for one in together.values())
