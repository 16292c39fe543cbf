"""Each event in words, as administrators read it. A test asks for the words of every new event."""

from __future__ import annotations

# fmt: off
WORDS = {
    "PersonInvited":          "Invited somebody",
    "InvitationAccepted":     "Accepted an invitation",
    "SignedIn":               "Signed in",
    "SignInFailed":           "A wrong password was tried",
    "SignedOut":              "Signed out",
    "SignedOutEverywhere":    "Signed out in every browser",
    "ResetAsked":             "Asked for a link to choose a new password",
    "SignInLinkAsked":        "Asked for a link to sign in with",
    "PasswordChanged":        "Changed a password",
    "EmailChangeAsked":       "Asked to change an email address",
    "EmailChanged":           "Changed an email address",
    "PreferencesChanged":     "Changed which emails they get",
    "CalendarAddressChanged": "Changed the address of a calendar",
    "FactorSetUp":            "Set up the second step of signing in",
    "FactorCleared":          "Took away the second step of signing in",
    "AccountErased":          "An account ended: name and address are gone",
    "DataDownloaded":         "Downloaded everything held about them",
    "RecoveryCodeUsed":       "Signed in with a recovery code",

    "BoardCreated":           "Added the board",
    "SettingsChanged":        "Changed the settings",
    "GroupCreated":           "Added a group",
    "GroupChanged":           "Changed a group",
    "GroupClosed":            "Closed a group",
    "SeatCreated":            "Added a seat",
    "SeatClosed":             "Closed a seat",
    "RepAppointed":           "Appointed a carer rep",
    "AppointmentEnded":       "Ended an appointment",
    "RoleGiven":              "Gave a role",
    "RoleEnded":              "Ended a role",
    "PeopleImported":         "Imported people from a list",

    "MeetingCalled":          "Called a meeting",
    "MeetingMoved":           "Moved a meeting",
    "MeetingAdjourned":       "Adjourned a meeting",
    "MeetingCancelled":       "Cancelled a meeting",
    "AgendaChanged":          "Changed an agenda",
    "DeputeStandsIn":         "Let a depute stand in",
    "DeputeStandsDown":       "A depute no longer stands in",
    "MeetingComesSoon":       "A meeting comes soon",

    "FilesUploaded":          "Uploaded files",
    "FileChecked":            "A file was checked",
    "FilesSorted":            "Sorted files",
    "FileRemoved":            "Removed a file",
    "PaperDetailsChanged":    "Changed the details of a paper",
    "PapersPublished":        "Published papers",
    "PapersAnnounced":        "Papers were announced",
    "PapersDueSoon":          "Papers are due",
    "MinutesDue":             "Minutes are due",
    "PaperDownloaded":        "Downloaded a paper",
    "PackDownloaded":         "Downloaded a pack",

    "DailyEmailDue":          "A daily email was due",
    "EmailSentAgain":         "Sent an email again",

    "HoldPlaced":             "Placed a legal hold",
    "HoldLifted":             "Lifted a legal hold",
    "RemovalsPlanned":        "It was announced what will be removed",
    "RowsRemoved":            "What was announced was removed",
    "AccountGoesSoon":        "An account ends in a week",

    "TrailHeadDue":           "The head of this trail was mailed",
    "TrailExported":          "Downloaded this trail",
}
# fmt: on
