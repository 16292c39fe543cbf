"""The words that names of papers are made of: short forms, words that tell little, and what goes with a paper."""

from __future__ import annotations

# Short forms, and words that mean the same on an agenda and in a name.
AS_ONE = {
    **dict.fromkeys(("rpt", "rept"), "report"),
    **dict.fromkeys(("cttee", "ctte", "cmte", "cmttee", "cttees"), "committee"),
    **dict.fromkeys(("minute", "mins"), "minutes"),
    **dict.fromkeys(("mtg", "mtgs"), "meeting"),
    **dict.fromkeys(("perf", "perform"), "performance"),
    **dict.fromkeys(("strat", "strategic"), "strategy"),
    **dict.fromkeys(("fin", "finance", "finances"), "financial"),
    **dict.fromkeys(("mgmt", "mgt", "mngmt"), "management"),
    **dict.fromkeys(("dev", "devt"), "development"),
    **dict.fromkeys(("gov", "govern"), "governance"),
    **dict.fromkeys(("svc", "svcs", "serv"), "service"),
    **dict.fromkeys(("ann", "yearly"), "annual"),
    **dict.fromkeys(("comms",), "communication"),
    **dict.fromkeys(("prog", "programme"), "program"),
    **dict.fromkeys(("dir", "dirs", "directn"), "direction"),
    **dict.fromkeys(("cfo", "s95"), "chief financial officer"),
    **dict.fromkeys(("csp", "scp"), "strategy commission plan"),
    **dict.fromkeys(("commissioning", "commissioned"), "commission"),
    **dict.fromkeys(("monitor", "monit"), "monitoring"),
    **dict.fromkeys(("org",), "organisation"),
    **dict.fromkeys(("tracker",), "log"),
    **dict.fromkeys(("qtrly", "quarterly"), "quarterly"),
    **dict.fromkeys(("aob", "aocb"), "any other business"),
}

# Words that nothing can be told from.
_STOP_WORDS = (
    "a an and at by for from in into of on or the to with re final draft item items agenda pdf doc ijb nijb hscp hscb"
    " integration joint board no number part section paper papers cover covering copy version rev late tabled"
    " private exempt restricted confidential redacted approved unapproved confirmed unconfirmed ratified"
    " its this that our about as is be held monday tuesday wednesday thursday friday saturday sunday"
    " mon tue tues wed weds thu thur thurs fri st nd rd th website web publication print signed"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())

# What stands before a name on the files of a board.
OWN_WORDS = ("ijb", "hscp", "hscb", "jmc", "integration joint board", "meeting", "board", "public", "late", "mm")

# How much a word tells of what a paper is about; every other word tells all (1).
WEIGHTS = {
    **dict.fromkeys(("report", "update", "briefing", "summary", "progress", "presentation", "information"), 0.2),
    **dict.fromkeys(("monitoring", "quarterly", "overview", "position", "status", "verbal", "year", "month"), 0.2),
    **dict.fromkeys(("annual", "plan", "strategy", "review", "policy", "framework", "development", "service"), 0.5),
    **dict.fromkeys(("committee", "meeting", "group", "register", "log", "program", "chief", "statement"), 0.5),
    **dict.fromkeys(("health", "social", "care", "local", "national", "management", "improvement", "day"), 0.5),
}

# A name of these alone says nothing of what the file is about.
_SAYS_NOTHING = (
    "scan scanned img image untitled document attachment att attach enc encl enclosure file page new report mm"
    " microsoft word powerpoint presentation template adobe output print item appendix"
)
SAYS_NOTHING = frozenset(_SAYS_NOTHING.split())

# What goes with a paper and is not the paper itself.
COMPANIONS = (
    *("eqia", "eia", "iia", "dpia", "hia", "sea", "fsd", "eqhria", "egia"),
    *("equality impact assessment", "integrated impact assessment", "impact assessment", "fairer scotland"),
    *("easy read", "easyread", "bsl", "dashboard", "scorecard", "infographic", "data pack", "data tables"),
    *("consultation responses", "glossary"),
)

# The marking of government, however it is written, with what it may say behind it: 'Official – Sensitive: Commercial'.
OFFICIAL_SENSITIVE = (
    r"official[ _–—-]{0,3}sensitive"
    r"(?:[ :_–—-]{1,3}(?:commercial|personal data|personal|locsen|legal)(?= {0,3}(?:$|[)\]:–—0-9_-])))?"
)
EXEMPT = ("exempt", "private", "confidential", "restricted", "not for publication", "in private")

# What is counted by a number that is not an item's: '10 year plan', '7 day working'.
UNITS = {
    **dict.fromkeys(("year", "yr", "yrs"), "year"),
    **dict.fromkeys(("month", "mth"), "month"),
    "week": "week",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "million": "million",
    "bed": "bed",
    "point": "point",
}

# 'A 2 minute read' is so long; '2 Minutes of the last meeting' is an item.
_SO_LONG = r"minute(?=s?[ -](?:brief|guide|read|summ|talk|video|present|update|film))"
UNIT = "|".join(_SO_LONG if one == "minute" else one for one in UNITS)

# What else stands in the singular behind how many there are: '3 tier model', '5 star hotel'.
COUNTED = (
    *("tier", "stage", "phase", "step", "star", "way", "part", "page", "place", "person", "mile", "degree", "ward"),
    *("pillar", "nation", "country", "system", "lane", "storey", "bedroom", "seater", "strand", "level", "hr", "min"),
    *("decade", "percent", "thousand", "billion", "tonne", "wte", "fte", "horizon", "session", "side", "fold"),
)

# What is hardly ever counted in a name: '5 Officers report' is item 5.
UNCOUNTED = ("officers", "accounts", "minutes", "apologies", "declarations", "matters", "finances")

# Items that have hardly ever a paper, and take only one that says so.
STANDING = (
    *("apolog", "welcome", "declaration", "sederunt", "matters arising", "any other", "aob", "aocb", "next meeting"),
    *("minute", "action log", "action list", "action tracker", "rolling action", "close of"),
)
