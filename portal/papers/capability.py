"""Papers, from upload to reading, and how much notice they gave."""

from __future__ import annotations

from portal.access.roles import CLERK
from portal.capability import Capability, MenuEntry
from portal.infra.correctable import Correctable, nothing_follows
from portal.papers import due
from portal.papers.blueprint import bp
from portal.papers.converting import actions as converting_actions
from portal.papers.converting import views as converting_views
from portal.papers.correcting import actions as correcting_actions
from portal.papers.correcting import queries as correcting_queries
from portal.papers.correcting import views as correcting_views
from portal.papers.correcting.rules import MEETING_DAY, MEETING_HELD, PAPER_TARGET, group_in
from portal.papers.emails import EMAILS
from portal.papers.inside import actions as inside_actions
from portal.papers.notice import views as notice_views
from portal.papers.own import views as own_views
from portal.papers.packs import actions as packs_actions
from portal.papers.packs import views as packs_views
from portal.papers.pictures import actions as pictures_actions
from portal.papers.pictures import views as pictures_views
from portal.papers.preparing import doubles as doubles_views
from portal.papers.preparing import views as preparing_views
from portal.papers.preparing.coming import emails_to_come
from portal.papers.preparing.rules import never_has_a_paper
from portal.papers.reading import actions as reading_actions
from portal.papers.reading import views as reading_views
from portal.papers.restricting import views as restricting_views
from portal.papers.restricting.emails import EMAILS as RESTRICTING_EMAILS
from portal.papers.retention import RETENTION
from portal.papers.sharing import views as sharing_views
from portal.papers.splitting import actions as splitting_actions
from portal.papers.splitting import views as splitting_views
from portal.papers.still_due import said as still_due_said
from portal.papers.todo import TODO
from portal.papers.withdrawing import views as withdrawing_views
from portal.papers.withdrawing.emails import EMAILS as WITHDRAWING_EMAILS
from portal.papers.withdrawing.rules import reason_words, words_beside
from portal.sections import YOUR_BOARD, Section

# fmt: off
CORRECTABLE = tuple(
    Correctable(kind, what, is_of_board=True, apply=apply, figures=figures, page=page, stands=stands, follows=follows,
                beside=("papers.notice", "Are papers on time?"), fact_page=fact_page, told=(CLERK,),
                group_in=group_in)
    for kind, what, apply, stands, figures, page, fact_page, follows in (
        (MEETING_DAY, "The day of a meeting", correcting_actions.apply_day, correcting_queries.is_day,
         correcting_queries.figures_of_meeting, correcting_queries.page_of_meeting, "The meeting", nothing_follows),
        (MEETING_HELD, "Whether a meeting was held", correcting_actions.apply_held, correcting_queries.is_status,
         correcting_queries.figures_of_meeting, correcting_queries.page_of_meeting, "The meeting", nothing_follows),
        (PAPER_TARGET, "The target for papers", correcting_actions.apply_target, correcting_queries.is_target,
         correcting_queries.figures_of_board, correcting_queries.page_of_target, "", correcting_queries.other_due_days),
    )
)
# fmt: on

PAPERS = Capability(
    name="papers",
    icon="paper",
    blueprint=bp,
    views=(
        converting_views,
        doubles_views,
        correcting_views,
        notice_views,
        own_views,
        packs_views,
        pictures_views,
        preparing_views,
        reading_views,
        restricting_views,
        sharing_views,
        splitting_views,
        withdrawing_views,
    ),
    menu=(
        MenuEntry(10, "Papers", "papers.own", Section.PAPERS, within=("papers.show",)),
        MenuEntry(
            10,
            "Are papers on time?",
            "papers.notice",
            Section.REPORTS,
            Section.YOU,
            heading=YOUR_BOARD,
            within=("papers.notice*",),
        ),
        MenuEntry(
            30, "Papers withdrawn for personal data", "papers.withdrawn", Section.RECORDS, within=("papers.*download*",)
        ),
        MenuEntry(10, "Are papers on time?", "papers.notice_everywhere", Section.REPORTS, all_boards=True),
    ),
    emails=(*EMAILS, *WITHDRAWING_EMAILS, *RESTRICTING_EMAILS),
    answered_by=CLERK,
    todo=TODO,
    still_due=still_due_said.in_email,
    due={
        "announcements": due.announcements,
        "papers due": due.papers_due,
        "minutes due": due.minutes_due,
    },
    work={
        inside_actions.CHECK: inside_actions.check_upload,
        converting_actions.CONVERT: converting_actions.convert_upload,
        pictures_actions.READ: pictures_actions.read_picture,
        packs_actions.BUILD: packs_actions.build_pack,
        splitting_actions.SPLIT: splitting_actions.make_parts,
    },
    retention=RETENTION,
    forget=reading_actions.forget_reader,
    corrections=CORRECTABLE,
    on_pages={
        "meetings_with_papers": reading_views.meetings_with_papers,
        "meetings_lacking_papers": reading_views.meetings_lacking_papers,
        "still_due": still_due_said.still_due,
        "corrected_meetings": reading_views.corrected_meetings,
        "emails_to_come": emails_to_come,
        "never_has_a_paper": never_has_a_paper,
        "notes_shared": sharing_views.notes_shared,
        "withdrawn_because": lambda withdrawal: reason_words(withdrawal.reason, withdrawal.words),
        "words_beside": lambda withdrawal: words_beside(withdrawal.reason, withdrawal.words),
    },
)
