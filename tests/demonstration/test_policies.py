"""What the two policies of a board say of the same thing, on any day of its history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.demonstration.history.policies import planned, says_of
from portal.demonstration.world.profiles import Profile, profiles
from portal.expenses.categories import CARE

pytestmark = pytest.mark.same_anywhere


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.key)
@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 11, 27), date(2027, 8, 9)], ids=str)
def test_an_hour_of_care_costs_a_board_the_same_by_both_policies(profile: Profile, today: date) -> None:
    says = says_of(profile.key)
    changes = [(today - timedelta(days=profile.care_policy_since), says.get("care", {}))]
    if "care_since" in says:
        later = today - timedelta(days=says["care_since"]["days_ago"])
        changes.append((later, {**changes[0][1], **says["care_since"]}))
    of_expenses = list(planned(profile, says, today))
    assert bool(profile.care_policy_since) == ("care" in says)
    if not profile.care_policy_since:
        return
    for days_ago in range(profile.care_policy_since, -1, -1):
        then = today - timedelta(days=days_ago)
        care = [typed for since, typed in changes if since <= then][-1]
        claimed = [one.terms[CARE] for one in of_expenses if one.from_on <= then and CARE in one.terms][-1]
        assert claimed.get("rate") == care.get("hourly_rate"), f"{days_ago} days ago"
        assert claimed.get("cap") == care.get("cap"), f"{days_ago} days ago"
