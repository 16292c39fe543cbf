"""What each made-up board covers: its expenses policies since it joined, its care policy, and who can come.

A policy that changed is published before the day from which it holds, by another approver than whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from portal.boards import queries as boards
from portal.core import clock
from portal.core.calendar import working_day_by, working_day_from
from portal.core.values import Typed
from portal.demonstration.history.in_order import Step, at_hour, go_through
from portal.demonstration.world.files import Written, written
from portal.expenses.categories import CARE, KEYS
from portal.expenses.policies import actions as policies_actions
from portal.expenses.policies import queries as policies_queries
from portal.expenses.policies.defaults import CAR_RATE_CHANGED_ON, default_terms
from portal.replacement_care.policy import actions as care_actions
from portal.replacement_care.policy import queries as care_queries

if TYPE_CHECKING:
    from uuid import UUID

    from portal.demonstration.world.profiles import Profile
    from portal.demonstration.world.towns import Town

TWO_AND_A_HALF_YEARS = 913
SETTLED = 60  # days with the board's own first policy before it changes
NEVER = "never"  # no receipt is asked for, whatever it cost


@dataclass(frozen=True)
class Planned:
    """A policy of a board: from when it holds, and what is other than in the one before it."""

    from_on: date
    general: Typed
    terms: Mapping[str, Typed]


def fill(town: Town) -> None:
    says = says_of(town.profile.key)
    steps = [*_of_expenses(town, says), *_of_care(town, says)]
    go_through(steps)


def says_of(key: str) -> Written:
    of_board: Written = written(Path(__file__).parent / "policies.toml")[key]
    return of_board


def _of_expenses(town: Town, says: Written) -> Iterator[Step]:
    """Written by one approver two weeks before it holds, or when the board joined, and published by the other."""
    one, other, board_id = town.people["approver"], town.people["approver2"], town.board.id
    joined = clock.today() - timedelta(days=town.profile.joined_days_ago)
    for policy in planned(town.profile, says, clock.today()):
        begun = max(working_day_by(policy.from_on - timedelta(days=21)), working_day_from(joined))
        published = max(working_day_by(policy.from_on - timedelta(days=10)), working_day_from(joined))
        yield Step(at_hour(begun, 11), one, partial(_write, board_id, policy))
        yield Step(at_hour(published, 15), other, partial(_publish, board_id, policy))


def planned(profile: Profile, says: Written, today: date) -> Iterator[Planned]:
    """The first one, what changed two and a half years ago, and the national rate for miles of 6 April 2026."""
    first = working_day_from(today - timedelta(days=profile.joined_days_ago))
    general, limits = dict(says["general"]), dict(says["limits"])
    limits[CARE] = {**_of_an_hour(says), **limits.get(CARE, {})}
    yield Planned(first, {**general, **says["at_first"]}, _terms(first, {**limits, **says["limits_at_first"]}))
    changed = (today - timedelta(days=TWO_AND_A_HALF_YEARS)).replace(day=1)
    if changed >= first + timedelta(days=SETTLED):
        yield Planned(changed, general, _terms(changed, limits))
    if max(first, changed) < CAR_RATE_CHANGED_ON <= today and first < CAR_RATE_CHANGED_ON:
        yield Planned(CAR_RATE_CHANGED_ON, {}, {"car": {"rate": default_terms(CAR_RATE_CHANGED_ON)["car"]["rate"]}})


def _of_an_hour(says: Written) -> Typed:
    """What an hour of replacement care is claimed with: what the care policy pays."""
    care = says.get("care", {})
    known = {name: care[key] for name, key in (("rate", "hourly_rate"), ("cap", "cap")) if key in care}
    return {**known, "cap_per": "day"} if "cap" in known else known


def _terms(from_on: date, limits: Mapping[str, Typed]) -> dict[str, Typed]:
    """The national rates and usual limits, and what this board says otherwise."""
    usual = default_terms(from_on)
    none: Typed = {"rate": None, "cap": None, "cap_per": "item"}  # what an earlier policy said is not said any more
    said = {key: {**none, **usual.get(key, {}), **limits.get(key, {})} for key in KEYS if key in usual or key in limits}
    return {key: {name: None if of == NEVER else of for name, of in terms.items()} for key, terms in said.items()}


def _write(board_id: UUID, policy: Planned) -> None:
    draft = policies_actions.begin_draft(boards.board_by_id(board_id))
    if policy.general:
        policies_actions.change_draft(draft, draft.version, policy.general)
    kept = policies_queries.terms_of(board_id, [draft.id])[draft.id]
    for category, typed in policy.terms.items():
        changed = {name: value for name, value in typed.items() if getattr(kept[category], name) != value}
        if changed:
            policies_actions.change_terms(draft, kept[category], changed)


def _publish(board_id: UUID, policy: Planned) -> None:
    draft = policies_queries.draft_policy(board_id)
    assert draft is not None
    policies_actions.publish(draft, draft.version, policy.from_on)


def _of_care(town: Town, says: Written) -> Iterator[Step]:
    """One board says nothing of care yet. All know somebody who can come, and one of these has closed since."""
    profile, board_id, officer = town.profile, town.board.id, town.people["officer"]
    since, joined = profile.care_policy_since, profile.joined_days_ago
    for number, provider in enumerate(says["providers"]):
        days_ago = min(joined, max(since, joined - 40)) - 2 - number
        yield Step(at_hour(_day(days_ago), 14), officer, partial(_know, board_id, provider))
    if "closed" in says:
        yield Step(at_hour(_day(230), 12), officer, partial(_close, board_id, says["closed"]))
    if since:
        keep = says["care"]
        yield Step(at_hour(_day(since), 10), town.people["admin"], partial(_keep_care, board_id, keep))
    if since and "care_since" in says:
        newer = says["care_since"]
        yield Step(at_hour(_day(newer["days_ago"]), 10), town.people["admin"], partial(_keep_care, board_id, newer))


def _day(days_ago: int) -> date:
    return working_day_from(clock.today() - timedelta(days=days_ago))


def _know(board_id: UUID, typed: Written) -> None:
    care_actions.keep_provider(board_id, None, dict(typed))


def _close(board_id: UUID, name: str) -> None:
    care_actions.close_provider(next(one for one in care_queries.providers(board_id) if one.name == name))


def _keep_care(board_id: UUID, typed: Written) -> None:
    found = care_queries.policy(board_id)
    of_policy = {name: value for name, value in typed.items() if name != "days_ago"}
    care_actions.keep_policy(boards.board_by_id(board_id), found.version if found else 1, of_policy)
