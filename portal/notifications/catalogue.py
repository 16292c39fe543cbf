"""The catalogue: what happened | who hears | in which email. Every event stands here, if only to say nobody hears.

needs = it needs the person, so it comes even to those who want only that;
now = it comes at once, whatever the person chose; days = how long it is worth sending;
gathered = several of a day come as one email, unless the person chose otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.accounts import events as a
from portal.audit_trail import events as t
from portal.boards import events as b
from portal.check_in import events as c
from portal.core.events import Event
from portal.deputes import events as d
from portal.expenses import events as x
from portal.meetings import events as m
from portal.mentoring import events as o
from portal.notifications import events as n
from portal.notifications import recipients as who
from portal.papers import events as p
from portal.replacement_care import events as y
from portal.retention import events as k
from portal.role_descriptions import events as r
from portal.role_profiles import events as f
from portal.support_meetings import events as s
from portal.training import events as g


@dataclass(frozen=True)
class Notice:
    """One row of the catalogue."""

    event: type[Event]
    who: Callable[[Any], list[who.Recipient]]
    template: str = ""
    needs: bool = False
    now: bool = False
    days: int = 7
    gathered: bool = False
    last: bool = False  # it also goes to somebody whose account is closed


# fmt: off
CATALOGUE = (
    Notice(a.PersonInvited,          who.the_person,          "invitation",         needs=True, now=True, days=1),
    Notice(a.InvitationAccepted,     who.nobody),
    Notice(a.SignedIn,               who.nobody),
    Notice(a.SignInFailed,           who.nobody),
    Notice(a.SignedOut,              who.nobody),
    Notice(a.SignedOutEverywhere,    who.nobody),
    Notice(a.ResetAsked,             who.the_person,          "reset-password",     needs=True, now=True, days=1),
    Notice(a.SignInLinkAsked,        who.the_person,          "sign-in-link",       needs=True, now=True, days=1),
    Notice(a.PasswordChanged,        who.the_person,          "password-changed",   needs=True, now=True),
    Notice(a.EmailChangeAsked,       who.new_address,         "confirm-new-email",  needs=True, now=True, days=1),
    Notice(a.EmailChanged,           who.old_address,         "email-changed",      needs=True, now=True),
    Notice(a.EmailChanged,           who.new_address,         "new-email-confirmed", needs=True, now=True),
    Notice(a.PreferencesChanged,     who.nobody),
    Notice(a.CalendarAddressChanged, who.nobody),
    Notice(a.FactorSetUp,            who.the_person,          "factor-set-up",      needs=True, now=True),
    Notice(a.FactorCleared,          who.the_person,          "factor-cleared",     needs=True, now=True),
    Notice(a.AccountDisabled,        who.the_person,          "account-closed",     needs=True, now=True, last=True),
    Notice(a.AccountEnabled,         who.the_person,          "account-opened",     needs=True, now=True),
    Notice(a.AccountErased,          who.nobody),
    Notice(a.DataDownloaded,         who.nobody),
    Notice(a.RecoveryCodeUsed,       who.the_person,          "recovery-code-used", needs=True, now=True),

    Notice(b.BoardCreated,           who.nobody),
    Notice(b.SettingsChanged,        who.nobody),
    Notice(b.GroupCreated,           who.nobody),
    Notice(b.GroupChanged,           who.nobody),
    Notice(b.GroupClosed,            who.nobody),
    Notice(b.SeatCreated,            who.nobody),
    Notice(b.SeatChanged,            who.nobody),
    Notice(b.SeatClosed,             who.nobody),
    Notice(b.RepAppointed,           who.the_person,          "rep-appointed",      needs=True),
    Notice(b.AppointmentEnded,       who.the_person,          "appointment-ended",  needs=True),
    Notice(b.TermEndsSoon,           who.officers_and_administrators, "term-ending", needs=True, days=14),
    Notice(b.RoleGiven,              who.nobody),
    Notice(b.RoleEnded,              who.nobody),
    Notice(b.AccountChangeAgreed,    who.nobody),
    Notice(b.AgreementAsked,         who.administrators,      "agreement-asked",    needs=True, now=True),
    Notice(b.PeopleImported,         who.nobody),

    Notice(r.ModelPublished,         who.nobody),
    Notice(r.RoleDrafted,            who.nobody),
    Notice(r.RolePublished,          who.nobody),
    Notice(r.RoleAgreed,             who.nobody),
    Notice(r.RoleToAgree,            who.the_person,          "role-to-agree",      needs=True, days=14),
    Notice(r.RoleChanged,            who.the_person,          "role-changed",       needs=True, days=14),

    Notice(m.MeetingCalled,          who.nobody),
    Notice(m.MeetingMoved,           who.everyone_concerned,  "meeting-moved",      needs=True, now=True),
    Notice(m.MeetingAdjourned,       who.everyone_concerned,  "meeting-adjourned",  needs=True, now=True),
    Notice(m.MeetingCancelled,       who.everyone_concerned,  "meeting-cancelled",  needs=True, now=True),
    Notice(m.AgendaChanged,          who.nobody),
    Notice(m.DeputeStandsIn,         who.the_person,          "stand-in",           needs=True),
    Notice(m.DeputeStandsDown,       who.the_person,          "stand-down",         needs=True),
    Notice(m.DeputeCannotCome,       who.the_rep_and_officers, "depute-cannot",     needs=True, now=True),
    Notice(m.MeetingComesSoon,       who.reps_and_deputes,    "meeting-soon",       days=2),

    Notice(d.DeputeNominated,        who.officers,            "depute-nominated",   needs=True),
    Notice(d.DeputeConfirmed,        who.the_rep,             "depute-confirmed",   needs=True),
    Notice(d.DeputeConfirmed,        who.the_person,          "depute-asked",       needs=True),
    Notice(d.DeputeDeclined,         who.the_rep,             "depute-declined",    needs=True),
    Notice(d.DeputeAgreed,           who.nobody),
    Notice(d.NominationWithdrawn,    who.the_person,          "nomination-withdrawn", needs=True),

    Notice(c.CheckInAsked,           who.the_person,          "check-in",           needs=True, now=True),
    Notice(c.CheckInAskedAgain,      who.the_person,          "check-in-reminder",  needs=True, now=True, days=3),
    Notice(c.CheckInAnswered,        who.nobody),
    Notice(c.RepCannotCome,          who.clerks_and_officers, "rep-cannot-come",    needs=True, now=True),
    Notice(c.AttendanceConfirmed,    who.nobody),
    Notice(c.ThreeAbsences,          who.officers,            "three-absences",     needs=True),
    Notice(c.PacksToPost,            who.clerks,              "packs-to-post",      needs=True, now=True, days=3),
    Notice(c.PackPosted,             who.nobody),

    Notice(x.PolicyDrafted,          who.nobody),
    Notice(x.PolicyPublished,        who.nobody),
    Notice(x.ClaimBegun,             who.nobody),
    Notice(x.ClaimOffered,           who.the_person,          "claim-offered",      days=14),
    Notice(x.ClaimToConfirm,         who.the_person,          "claim-to-confirm",   needs=True, days=14),
    Notice(x.ClaimChanged,           who.nobody),
    Notice(x.ClaimSent,              who.the_person,          "claim-sent"),
    Notice(x.ClaimWithdrawn,         who.nobody),
    Notice(x.ClaimQueried,           who.the_person,          "claim-queried",      needs=True),
    Notice(x.ClaimDecided,           who.the_person,          "claim-decided",      needs=True),
    Notice(x.ClaimInPayment,         who.the_person,          "claim-in-payment"),
    Notice(x.ClaimPaid,              who.the_person,          "claim-paid",         needs=True),
    Notice(x.RunMade,                who.nobody),
    Notice(x.RunPaid,                who.nobody),
    Notice(x.RunReopened,            who.nobody),
    Notice(x.PayeesChanged,          who.nobody),
    Notice(x.ClaimsToDecide,         who.approvers,           "claims-to-decide",   needs=True, days=1),
    Notice(x.ClaimsOverPromise,      who.approvers_and_administrators, "claims-over-promise", needs=True, days=6),
    Notice(x.ClaimDeadlineSoon,      who.the_person,          "claim-deadline",     needs=True, days=3),
    Notice(x.PeriodClosed,           who.nobody),
    Notice(x.ReceiptOpened,          who.nobody),
    Notice(x.CareReceiptChecked,     who.nobody),

    Notice(y.CareAsked,              who.care_officers,       "care-asked",         needs=True, now=True),
    Notice(y.CareAsked,              who.administrators_without_officer, "care-no-officer", needs=True, now=True),
    Notice(y.CareAskedAgain,         who.care_officers,       "care-asked-again",   needs=True, now=True),
    Notice(y.CareTaken,              who.the_person,          "care-update"),
    Notice(y.CareArranged,           who.the_person,          "care-update",        needs=True, now=True),
    Notice(y.CareToAgree,            who.the_person,          "care-to-agree",      needs=True, now=True),
    Notice(y.CareAgreed,             who.care_other_side,     "care-update",        needs=True),
    Notice(y.CareCannot,             who.the_person,          "care-update",        needs=True, now=True),
    Notice(y.CareCancelled,          who.care_both_sides,     "care-called-off",    needs=True, now=True),
    Notice(y.CareEnded,              who.nobody),
    Notice(y.CareCostKept,           who.nobody),
    Notice(y.CareTextRead,           who.nobody),
    Notice(y.CareTextsRemoved,       who.nobody),
    Notice(y.OfficerStoodAside,      who.nobody),
    Notice(y.CarePolicyChanged,      who.nobody),
    Notice(y.CareProviderChanged,    who.nobody),
    Notice(y.CareWaits,              who.officers,            "care-waits",         needs=True, now=True, days=1),
    Notice(y.CareNotArranged,        who.care_officers,       "care-alarm",         needs=True, now=True, days=3),
    Notice(y.CareNotArranged,        who.the_person,          "care-choices",       needs=True, now=True, days=3),
    Notice(y.CareNotArranged,        who.administrators_without_officer, "care-no-officer", needs=True, now=True),
    Notice(y.CareToTell,             who.the_person,          "care-to-tell",       days=7),

    Notice(g.InductionBegan,         who.the_person,          "induction-began",    needs=True, days=14),
    Notice(g.InductionStepDone,      who.nobody),
    Notice(g.InductionStepDue,       who.step_owner,          "induction-step",     needs=True, gathered=True),
    Notice(g.InductionStepLate,      who.step_owner,          "induction-late",     needs=True, gathered=True),
    Notice(g.InductionPlanChanged,   who.nobody),
    Notice(g.CourseChanged,          who.nobody),
    Notice(g.TrainingRecorded,       who.officers,            "training-to-confirm", gathered=True),
    Notice(g.TrainingAnswered,       who.the_person,          "training-answered", gathered=True),
    Notice(g.TrainingRemoved,        who.nobody),
    Notice(g.EvidenceOpened,         who.nobody),
    Notice(g.TrainingRunsOut,        who.the_person,          "training-runs-out",  needs=True, days=14, gathered=True),

    Notice(g.SessionArranged,        who.nobody),
    Notice(g.SessionChanged,         who.booked_and_waiting,   "training-changed",   needs=True, now=True),
    Notice(g.SessionCancelled,       who.booked_and_waiting,   "training-cancelled", needs=True, now=True),
    Notice(g.SessionTomorrow,        who.booked,               "training-tomorrow",  needs=True, now=True, days=1),
    Notice(g.AttendanceNoted,        who.nobody),
    Notice(g.PlaceBooked,            who.the_person,           "place-booked"),
    Notice(g.PlaceWaitedFor,         who.the_person,           "place-waited-for"),
    Notice(g.PlaceGivenUp,           who.nobody),
    Notice(g.PlaceFree,              who.the_person,           "place-free",         needs=True, now=True),
    Notice(g.AwarenessHeld,          who.nobody),
    Notice(g.OtherMembersCounted,    who.nobody),

    Notice(s.SupportMeetingSet,       who.reps_and_deputes,     "support-set",        needs=True, now=True),
    Notice(s.SupportMeetingCalledOff, who.reps_and_deputes,     "support-off",        needs=True, now=True),
    Notice(s.SupportMeetingTomorrow,  who.reps_and_deputes,     "support-tomorrow",   now=True, days=1),
    Notice(s.PointKept,              who.nobody),
    Notice(s.PointRemoved,           who.nobody),
    Notice(s.HowItWasAsked,          who.the_person,           "how-it-was",         days=7),
    Notice(s.HowItWasAnswered,       who.nobody),

    Notice(o.MentorAskedFor,         who.officers,            "mentor-wanted",      needs=True, gathered=True),
    Notice(o.MentorRequestWithdrawn, who.nobody),
    Notice(o.MentorStillWanted,      who.officers,            "mentor-still-wanted", needs=True, gathered=True),
    Notice(o.MentorOffered,          who.officers,            "mentor-offered", gathered=True),
    Notice(o.MentorConfirmed,        who.the_person,          "mentor-confirmed",   needs=True),
    Notice(o.MentorChanged,          who.nobody),
    Notice(o.MentorLeft,             who.officers,            "mentor-left",        needs=True, gathered=True),
    Notice(o.MentoringOffered,       who.the_person,          "become-mentor",      days=14, gathered=True),
    Notice(o.PairProposed,           who.pair_to_answer,      "mentor-asked",       needs=True, days=14),
    Notice(o.PairAnswered,           who.nobody),
    Notice(o.PairUnanswered,         who.officers,            "match-unanswered",   needs=True, gathered=True),
    Notice(o.PairBegan,              who.pair_both,           "mentor-matched",     needs=True),
    Notice(o.PairDeclined,           who.other_and_officers,  "match-off",          needs=True),
    Notice(o.PairPlanned,            who.nobody),
    Notice(o.SessionKept,            who.nobody),
    Notice(o.NoteKept,               who.nobody),
    Notice(o.NoteRemoved,            who.nobody),
    Notice(o.PairEnded,              who.pair_other,          "mentoring-ended", gathered=True),
    Notice(o.MentoringTomorrow,      who.pair_both,           "mentoring-tomorrow", needs=True, now=True, days=1),
    Notice(o.PulseDue,               who.whoever_is_asked,    "mentoring-pulse",    needs=True, days=14, gathered=True),
    Notice(o.PulseAnswered,          who.nobody),
    Notice(o.PulseLow,               who.officers_beside,     "mentoring-low",      needs=True, gathered=True),
    Notice(o.PulseSeen,              who.nobody),

    Notice(f.PublicProfileChanged,   who.nobody),
    Notice(f.MessageForRep,          who.the_person,          "message-for-rep",    needs=True),

    Notice(p.FilesUploaded,          who.nobody),
    Notice(p.FileChecked,            who.nobody),
    Notice(p.FilesSorted,            who.nobody),
    Notice(p.FileRemoved,            who.nobody),
    Notice(p.PaperDetailsChanged,    who.nobody),
    Notice(p.PapersPublished,        who.nobody),
    Notice(p.PapersAnnounced,        who.reps_and_deputes,    "papers-published",   needs=True),
    Notice(p.PapersAnnounced,        who.officers,            "late-papers"),
    Notice(p.PapersDueSoon,          who.clerks_and_officers, "papers-due",         needs=True, days=1),
    Notice(p.MinutesDue,             who.clerks,              "minutes-due",        needs=True, days=6),
    Notice(p.NotesHandedOver,        who.nobody),
    Notice(p.PaperDownloaded,        who.nobody),
    Notice(p.PackDownloaded,         who.nobody),

    Notice(n.DailyEmailDue,          who.the_person,          "daily",              needs=True, now=True, days=1),
    Notice(n.EmailSentAgain,         who.nobody),

    Notice(k.HoldPlaced,             who.nobody),
    Notice(k.HoldLifted,             who.nobody),
    Notice(k.RemovalsPlanned,        who.administrators,      "removals-planned",   needs=True),
    Notice(k.RowsRemoved,            who.nobody),
    Notice(k.AccountGoesSoon,        who.the_person,          "account-goes-soon",  needs=True, now=True),

    Notice(t.TrailHeadDue,           who.administrators,      "trail-head",         needs=True),
    Notice(t.TrailExported,          who.nobody),
)
# fmt: on

BY_EVENT: dict[type[Event], list[Notice]] = defaultdict(list)
for _notice in CATALOGUE:
    BY_EVENT[_notice.event].append(_notice)
BY_TEMPLATE = {notice.template: notice for notice in CATALOGUE if notice.template}
