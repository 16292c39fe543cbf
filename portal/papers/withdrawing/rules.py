"""What is so of withdrawing: the reasons, which files go, which words in a note are quotes, and what a list says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from portal.core.text import count_words, together

WRONG_FILE, PERSONAL, ERROR, OTHER = "wrong_file", "personal", "error", "other"
WITHDRAWN_FOR = (WRONG_FILE, PERSONAL, ERROR, OTHER)
REASONS = (
    (WRONG_FILE, "It is the wrong file"),
    (PERSONAL, "It contains personal data that should not be there"),
    (ERROR, "There is an error in the paper"),
    (OTHER, "Another reason"),
)
REASON_WORDS = {
    WRONG_FILE: "it was the wrong file",
    PERSONAL: "it contained personal data",
    ERROR: "there was an error in it",
    OTHER: "another reason",
}
REASON_NOW = {  # while it is being withdrawn
    WRONG_FILE: "because it is the wrong file",
    PERSONAL: "because it contains personal data",
    ERROR: "because there is an error in it",
    OTHER: "for another reason",
}
WHOLE = "paper"  # what is withdrawn, if not one version by its number

REFUSED_AGAIN = (
    "This is the file that was withdrawn because of personal data. Take the personal data out, and upload the new file"
)
FILE_NAME = "withdrawn.pdf"  # in the place of a name that may name someone
QUOTE_REMOVED = "[quote removed]"
QUOTED_WORDS = 6  # so many words in a row that are also in the paper are a quote
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
QUOTATION = re.compile(r"\"[^\"\n]+\"|“[^“”\n]+”|‘[^‘’\n]+’(?!\w)|^>[^\n]*", re.MULTILINE)


class File(Protocol):
    """A version of a paper: whether it is published, and whether it was withdrawn, and why."""

    @property
    def number(self) -> int: ...
    @property
    def is_published(self) -> bool: ...
    @property
    def withdrawn_for(self) -> str: ...


AnyFile = TypeVar("AnyFile", bound=File)


def is_for_personal_data(reason: str) -> bool:
    return reason == PERSONAL


def reason_words(reason: str, words: str = "") -> str:
    """'because it was the wrong file', as a page or an email goes on; for another reason, the clerk's own words."""
    if reason == OTHER:
        said = words.rstrip(" .")  # the sentence that it is in has a stop of its own
        return f"for another reason: {said}" if said else "for another reason"
    return f"because {REASON_WORDS[reason]}"


def target_words(what: str) -> str:
    """'this paper', or 'version 2', as a button names it."""
    return "this paper" if what == WHOLE else f"version {what}"


def words_beside(reason: str, words: str) -> str:
    """What readers see beside the reason, as a sentence: nothing for another reason, which is the clerk's own words."""
    if reason == OTHER or not words:
        return ""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def may_withdraw(file: AnyFile, reason: str = PERSONAL) -> bool:
    """A published file that is open; for personal data also one that is sealed, as that is found out later too."""
    if not file.is_published or is_for_personal_data(file.withdrawn_for):
        return False
    return is_for_personal_data(reason) or not file.withdrawn_for


def going(files: Sequence[AnyFile], what: str, reason: str) -> list[AnyFile]:
    """The files that go: the whole paper or one version of it, and for personal data the older ones with it."""
    chosen = [one for one in files if may_withdraw(one, reason) and what in (WHOLE, str(one.number))]
    if not chosen or not is_for_personal_data(reason):
        return chosen
    newest = max(one.number for one in chosen)
    return [one for one in files if one.number <= newest and not is_for_personal_data(one.withdrawn_for)]


def not_put_back_words(reason: str, is_sealed: bool, is_replaced: bool) -> str:
    """Why what was withdrawn stays withdrawn; '' where it may be put back."""
    if is_for_personal_data(reason):
        return "It was not put back, because it contained personal data."
    if not is_sealed:
        return "It was not put back, because it is not withdrawn any more."
    if is_replaced:
        return "It was not put back: a replacement paper was published in its place. Withdraw the replacement first."
    return ""


def goes_on(withdrawn_on: date, days: int) -> date:
    """The day on which a file that held personal data is destroyed."""
    return withdrawn_on + timedelta(days=days)


def without_quotes(note: str, texts: Iterable[str]) -> str:
    """A reader's note without what it quotes from a paper.

    A quote is what stands in quotation marks, or after a >, and is also in the paper; or six words in a row that are.
    """
    paper = [word for text in texts for word in _words(text)]
    found = [match.span() for match in QUOTATION.finditer(note) if _is_in(_words(match.group()), paper)]
    return _cut(note, _joined([*found, *_runs(note, paper)]))


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def _is_in(words: Sequence[str], paper: Sequence[str]) -> bool:
    """Whether some words follow one another in a paper, however its lines and marks divide them."""
    return bool(words) and f" {' '.join(words)} " in f" {' '.join(paper)} "


def _runs(note: str, paper: Sequence[str]) -> list[tuple[int, int]]:
    """Where in a note so many words in a row are those of the paper."""
    in_paper = set(zip(*(paper[at:] for at in range(QUOTED_WORDS)), strict=False))
    spans = [match.span() for match in WORD.finditer(note)]
    words = _words(note)
    starts = range(len(words) - QUOTED_WORDS + 1)
    quoted = [at for at in starts if tuple(words[at : at + QUOTED_WORDS]) in in_paper]
    return [(spans[at][0], spans[at + QUOTED_WORDS - 1][1]) for at in quoted]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + QUOTE_REMOVED + text[end:]
    return text


def may_hold(facts: Mapping[str, object], ids: Collection[str], is_since: bool) -> bool:
    """Whether what was downloaded is one of some files, or has one in it.

    The line of a pack from before its files were noted may: if it was downloaded since they were published.
    """
    inside = facts.get("versions", [facts["version_id"]] if "version_id" in facts else None)
    return any(one in ids for one in inside) if isinstance(inside, list) else is_since


def basis_words(could_open: int, downloaded: int) -> str:
    """What a list of downloads is worth: '9 people could open it. These 2 downloaded it. Reading … is not recorded.'"""
    these = {0: "Nobody downloaded it.", 1: "This person downloaded it."}.get(
        downloaded, f"These {downloaded} downloaded it."
    )
    could = count_words(could_open, "person", "people")
    return f"{could} could open it. {these} Reading in the portal is not recorded."


def emailed_words(emailed: int, withdrew: int, closed: int, suspended: int) -> str:
    """After a count of people: '4 of them will be emailed. The other person withdrew it.'

    'Of the others, 1 withdrew it and 2 have closed accounts.'
    """
    why = [
        (withdrew, "withdrew it", "withdrew it"),
        (closed, "has a closed account", "have closed accounts"),
        (suspended, "has suspended access", "have suspended access"),
    ]
    left = [(number, one if number == 1 else more) for number, one, more in why if number]
    if not left:
        return "They will be emailed."
    of_them = f"{emailed} of them will be emailed." if emailed else "None of them will be emailed."
    if sum(number for number, _ in left) == 1:
        return f"{of_them} {'The other person' if emailed else 'That person'} {left[0][1]}."
    said = together([f"{number} {words}" for number, words in left])
    return f"{of_them} Of {'the others' if emailed else 'these people'}, {said}."


@dataclass(frozen=True)
class Told:
    """Of an email to somebody on a list of downloads, whether it has gone."""

    status: str

    @property
    def words(self) -> str:
        return TOLD_WORDS.get(self.status, "not emailed: the account is closed")


TOLD_WORDS = {
    "waiting": "the email to them is on its way",
    "sent": "told by email",
    "failed": "the email could not be delivered",
    "expired": "the email could not be delivered",
}
