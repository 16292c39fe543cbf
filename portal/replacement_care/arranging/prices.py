"""What care comes to by its board's policy, beside what a provider charges."""

from __future__ import annotations

from portal.core.money import pounds
from portal.replacement_care.models import CarePolicy, CareRequest
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests.limits import estimate_words, over_limit_words
from portal.replacement_care.requests.rules import CANCELLED, estimate


def _policy_of(care: CareRequest) -> CarePolicy | None:
    """That of its day; None where it is not known what it said then."""
    policy = policy_queries.policy(care.board_id)
    return policy if policy and policy.is_known_on(care.on_day) else None


def by_policy(care: CareRequest) -> tuple[int, int, int | None] | None:
    """Its minutes, the rate by the hour and the limit; None where there is no rate."""
    policy = _policy_of(care)
    rate = care.provider.hourly_rate if care.provider and care.provider.hourly_rate else policy and policy.hourly_rate
    return (care.span.minutes, rate, policy.cap if policy else None) if rate else None


def price_by_policy(care: CareRequest) -> int | None:
    """In pence; None where the policy has no rate."""
    found = by_policy(care)
    return estimate(*found) if found else None


def new_times_by_policy(care: CareRequest) -> str:
    """'The new times come to £72.00 by your policy: 4 hours at £18.00 an hour'; '' where there is no rate."""
    found, provider = by_policy(care), care.provider
    if found is None:
        return ""
    whose = f"at the rate of {provider.name}" if provider and provider.hourly_rate else "by your care policy"
    return f"The new times come to {pounds(estimate(*found) or 0)} {whose}: {estimate_words(*found)}"


def over_limit(care: CareRequest) -> str:
    """That what it costs is over the limit of the care policy; '' when it is not, or no limit is known of its day."""
    policy = _policy_of(care)
    return over_limit_words(care.cost, policy.cap) if policy else ""


def over_policy(care: CareRequest) -> str:
    """That what was saved is more than the care policy comes to; '' when it is not, or it says nothing of amounts."""
    policy = _policy_of(care)
    if policy is None or care.status == CANCELLED:
        return ""
    comes_to = estimate(care.span.minutes, policy.hourly_rate, policy.cap)
    comes_to = policy.cap if comes_to is None else comes_to
    if comes_to is None or (care.cost or 0) <= comes_to:
        return ""
    more = pounds((care.cost or 0) - comes_to)
    return f" It is {more} more than the care policy comes to, {pounds(comes_to)}. They will see that too."
