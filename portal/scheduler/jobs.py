"""The tables of the clock: what may be due, and which function does which kind of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from portal.accounts.actions import MAIL_LINK, mail_link, remove_ended_sessions
from portal.audit.actions import chain_lines
from portal.audit_trail.due import trail_heads
from portal.boards.due import terms_ending
from portal.check_in.actions import SEND_LINKS, send_links
from portal.check_in.due import check_ins, claims_to_offer, how_it_was, packs_to_post
from portal.core.occasions import Occasion
from portal.deputes.due import roles_to_agree as deputes_roles_to_agree
from portal.expenses.due import claims_over_promise, claims_waiting, deadlines_near
from portal.infra import files, interrupted_form
from portal.meetings.due import meetings_soon
from portal.mentoring.due import low_pulses, mentoring_offered, nobody_waits_unanswered, pairs_tomorrow, pulses
from portal.notifications.due import daily_emails, gathered_emails
from portal.papers.actions import CHECK, check_upload
from portal.papers.due import announcements, minutes_due, papers_due
from portal.papers.packs import BUILD, build_pack
from portal.privacy.actions import carry_out_removals
from portal.privacy.due import removals_to_announce, tidying
from portal.replacement_care.due import (
    requests_not_arranged,
    requests_to_tell,
    requests_waiting,
    texts_to_remove,
)
from portal.role_descriptions.due import roles_to_agree
from portal.role_profiles.due import outings_to_offer
from portal.support_meetings.due import support_tomorrow
from portal.training.due import induction_steps, inductions_begin, records_run_out, sessions_tomorrow

DUE: tuple[tuple[str, Callable[[datetime], Iterator[Occasion]]], ...] = (
    ("announcements", announcements),
    ("papers due", papers_due),
    ("minutes due", minutes_due),
    ("meetings soon", meetings_soon),
    ("check-ins", check_ins),
    ("packs to post", packs_to_post),
    ("terms ending", terms_ending),
    ("roles to agree", roles_to_agree),
    ("deputes' roles to agree", deputes_roles_to_agree),
    ("inductions", inductions_begin),
    ("steps of inductions", induction_steps),
    ("training that runs out", records_run_out),
    ("training tomorrow", sessions_tomorrow),
    ("support meetings tomorrow", support_tomorrow),
    ("how a meeting was", how_it_was),
    ("mentors wanted", nobody_waits_unanswered),
    ("pairs that meet tomorrow", pairs_tomorrow),
    ("does mentoring help", pulses),
    ("mentoring that hardly helps", low_pulses),
    ("reps who could mentor", mentoring_offered),
    ("care not arranged", requests_waiting),
    ("care not arranged, three days before", requests_not_arranged),
    ("did care take place", requests_to_tell),
    ("words of care to remove", texts_to_remove),
    ("claims to offer", claims_to_offer),
    ("claims to offer after talks and training", outings_to_offer),
    ("claims to decide", claims_waiting),
    ("claims over the promise", claims_over_promise),
    ("deadlines of claims", deadlines_near),
    ("daily emails", daily_emails),
    ("emails that are gathered", gathered_emails),
    ("removals", removals_to_announce),
    ("tidying", tidying),
    ("trail heads", trail_heads),
)

CHORES: tuple[tuple[str, Callable[[], int]], ...] = (  # each minute until nothing is left; what to do shows in the rows
    ("remove what was announced", carry_out_removals),
    ("chain the audit", chain_lines),
    ("remove forms that could not be sent", interrupted_form.remove_old),
    ("remove ended sessions", remove_ended_sessions),
)

WORK: dict[str, Callable[..., str | None]] = {
    CHECK: check_upload,
    MAIL_LINK: mail_link,
    SEND_LINKS: send_links,
    BUILD: build_pack,
    files.REMOVE: files.remove,
}
