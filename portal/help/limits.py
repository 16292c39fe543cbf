"""Days, limits and the like that help names, in words, each from where it is decided.

A template says `limits.undo_apologies`. What a board sets for itself is named as “usual”.
"""

from __future__ import annotations

from portal.accounts.rules import INVITATION_DAYS, LINK_LIFE, SIGN_IN
from portal.boards.accounts.rules import AGREEMENT_LASTS
from portal.boards.independence.rules import CLOSE
from portal.boards.rules import PAPERS_STAY_DAYS, USUAL_TARGET_DAYS, USUAL_WITHDRAWN_DAYS
from portal.boards.seats.rules import LONGEST_TERM_YEARS
from portal.check_in.rules import ABSENCES_FLAGGED, RECORDED_WITHIN, REMIND_DAYS_BEFORE, UNDO_FOR
from portal.core.disclosure import LEAST_PEOPLE
from portal.core.text import count_words
from portal.expenses.claims.rules import REMIND_DAYS_LEFT
from portal.meetings.rules import DEPUTE_ACCESS_DAYS, DEPUTE_MINUTES_DAYS
from portal.mentoring.rules import FIRST_PULSE_DAYS, KEPT_DAYS, MAY_MENTOR_AFTER, PULSE_EVERY_DAYS
from portal.papers.notice.rules import MINUTES_DUE_AFTER_DAYS
from portal.papers.preparing.rules import BUNDLE_FOR
from portal.replacement_care.requests.rules import ALARM_DAYS, ANSWER_DAYS, LEAD_DAYS, MOST_TEXT_DAYS, TEXT_DAYS
from portal.role_profiles.stepping_down.rules import KEPT_DAYS as STEPPING_DOWN_KEPT_DAYS


def _days(number: int) -> str:
    return count_words(number, "day")


def _minutes(seconds: float) -> str:
    return count_words(int(seconds // 60), "minute")


LIMITS = {
    "absences": str(ABSENCES_FLAGGED),
    "agreement": _days(AGREEMENT_LASTS.days),
    "bundle": _minutes(BUNDLE_FOR.total_seconds()),
    "care_alarm": _days(ALARM_DAYS),
    "care_answer": _days(ANSWER_DAYS),
    "care_lead": _days(LEAD_DAYS),
    "care_words": _days(TEXT_DAYS),
    "care_words_most": _days(MOST_TEXT_DAYS),
    "claim_reminders": " and ".join(str(days) for days in REMIND_DAYS_LEFT),
    "close": count_words(CLOSE.days // 365, "year"),
    "depute_minutes": _days(DEPUTE_MINUTES_DAYS),
    "depute_papers": _days(DEPUTE_ACCESS_DAYS),
    "fewest": str(LEAST_PEOPLE),
    "invitation": _days(INVITATION_DAYS),
    "may_mentor_after": count_words(MAY_MENTOR_AFTER.days // 365, "year"),
    "mentoring_kept": count_words(KEPT_DAYS // 365, "year"),
    "minutes_due": _days(MINUTES_DUE_AFTER_DAYS),
    "past_papers": _days(PAPERS_STAY_DAYS),
    "pulse_every": _days(PULSE_EVERY_DAYS),
    "pulse_first": _days(FIRST_PULSE_DAYS),
    "record_within": _days(RECORDED_WITHIN.days),
    "remind": _days(REMIND_DAYS_BEFORE),
    "sign_in_link": _minutes(LINK_LIFE[SIGN_IN].total_seconds()),
    "stepping_down_kept": _days(STEPPING_DOWN_KEPT_DAYS),
    "term_years": count_words(LONGEST_TERM_YEARS, "year"),
    "undo_apologies": _minutes(UNDO_FOR.total_seconds()),
    "usual_target": _days(USUAL_TARGET_DAYS),
    "withdrawn": _days(USUAL_WITHDRAWN_DAYS),
}
