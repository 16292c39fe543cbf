"""By what a reader knows a paper that was withdrawn for personal data, where its title may be another one now."""

from __future__ import annotations

from datetime import date

from portal.core.text import day_words
from portal.infra.notification import Facts
from portal.papers.models import Paper
from portal.papers.preparing.rules import AGENDA, APPENDIX, MINUTES

OF_KIND = {APPENDIX: "an appendix", AGENDA: "the agenda"}


def kind_words(kind: str, stage: str) -> str:
    """'a paper', 'an appendix', 'the agenda', 'the draft minutes'."""
    return f"the {stage} minutes" if kind == MINUTES else OF_KIND.get(kind, "a paper")


def known_by(paper: Paper, published: date) -> Facts:
    """What it is, for which item, and since when it could be read: facts for every email that asks to delete it."""
    number = paper.item.number if paper.item else ""
    kind = kind_words(paper.kind, paper.stage)
    of_item = f"{kind} for item {number}" if number else kind
    came = f"was published on {day_words(published)}"
    where = "" if paper.kind in (MINUTES, AGENDA) else f"is for {f'item {number}' if number else 'no item'}, and "
    return {
        "a_paper": f"the file with {kind}" if paper.kind == MINUTES else kind,
        "of_what": of_item,
        "known_by": f"It {where}{came}.",
    }


def title_words(title: str, is_renamed: bool, is_private: bool = False) -> str:
    """Its title, where a reader may know it: the one that it had, or that it has another one now."""
    if is_private:
        return ""
    return f"It has another title now: “{title}”." if is_renamed else f"Its title is “{title}”."
