"""Where an uploaded file belongs, from its name: pure, and never sure where it may be wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from portal.papers.matching import kinds, likeness
from portal.papers.matching.documents import agenda, minutes, version_of, why_another_meeting
from portal.papers.matching.file_names import FileName, How, Number, Parts, parts_of, read_name, words_of
from portal.papers.matching.kinds import FileKind, Item, Known, Match
from portal.papers.matching.vocabulary import STANDING


def match(name: str, known: Known, pdf_title: str = "") -> Match:
    """Where a file belongs: never raises, whatever the name."""
    said = read_name(name, known.own_names)
    if newer := version_of(name, said, known.papers):
        return newer
    by_words = likeness.comparison(tuple(item.title for item in known.items), known.own_names)
    found = agenda(name, said, known, by_words) or minutes(said, known) or _item(said, known, by_words, pdf_title)
    return _checked(found, said, known)


@dataclass(frozen=True)
class _Numbered:
    """The item that a number in a name fits: itself, or the one it is under."""

    item: Item
    number: Number
    is_under: bool = False
    is_squeezed: bool = False  # '53' for 5.3
    others: Sequence[Item] = ()  # that have the same number

    @property
    def may_be_a_day(self) -> bool:
        """'11.9' may be the 11th of September, or an item that the agenda lacks."""
        return self.is_under and self.number.readings[0][-1].isdigit()

    @property
    def is_counting(self) -> bool:
        """'2 Sisters': a bare number before what there are several of."""
        number, counted = self.number, self.number.next_word
        is_plural = counted.endswith("s") and not counted.endswith("ss")
        return number.how is How.LEADING and not number.is_padded and len(number.readings[0]) == 1 and is_plural


@dataclass(frozen=True)
class _Evidence:
    """What there is to go by: the name, its words or those of the title inside, and the items that each fits."""

    said: FileName
    by_words: likeness.Comparison
    items: Sequence[Item]
    words: tuple[str, ...]
    is_from_pdf: bool
    best: likeness.Fit

    @property
    def likely(self) -> Item | None:
        return None if self.best.index is None else self.items[self.best.index]

    @property
    def says_nothing(self) -> bool:
        return self.said.says_nothing and not self.is_from_pdf

    @property
    def is_appendix(self) -> bool:
        """By its name; or an assessment, where no item is about that."""
        is_itself = self.likely is not None and read_name(self.likely.title).is_companion
        return self.said.is_appendix or (self.said.is_companion and not is_itself)

    def fit(self, item: Item) -> likeness.Fit:
        return self.by_words.of(self.items.index(item), self.words)

    def is_apart(self, item: Item) -> bool:
        return self.by_words.is_apart(self.items.index(item), self.words)

    def is_title_of(self, item: Item) -> bool:
        return set(self.words) == set(likeness.title_words(item.title))

    def is_of_other_time(self, item: Item) -> bool:
        return _is_other_time(self.said.periods, read_name(item.title).periods)

    def points_elsewhere(self, item: Item) -> bool:
        """Whether the words fit another item better than this, and not the one that it is a part of."""
        if self.likely is None or self.likely is item or _is_below(item, self.likely):
            return False
        return self.best.is_exact or (self.best.is_likely and self.best.score >= self.fit(item).score)


def _evidence(said: FileName, known: Known, by_words: likeness.Comparison, pdf_title: str) -> _Evidence:
    is_from_pdf = said.says_nothing and likeness.is_a_title(pdf_title)
    words = tuple(words_of(likeness.cleaned_title(pdf_title))) if is_from_pdf else said.words
    return _Evidence(said, by_words, known.items, words, is_from_pdf, by_words.best(words))


def _item(said: FileName, known: Known, by_words: likeness.Comparison, pdf_title: str) -> Match:
    """By the exact title, 'item N', a leading number, the number it is under, or words; in this order."""
    evidence = _evidence(said, known, by_words, pdf_title)
    numbered = _numbered(said, known.items)
    if numbered and numbered.number.is_quantity and not evidence.fit(numbered.item).is_likely:
        found = _by_words(evidence)
        return found if evidence.best.has_quantity else _unsure(found, kinds.OTHER_ITEM)
    if numbered is None:
        return _by_words(evidence)
    found = _of_no_item(_by_number(evidence, numbered), evidence, numbered)
    is_part = numbered.is_under and not numbered.may_be_a_day and found.id == numbered.item.id
    return replace(found, is_appendix=evidence.is_appendix or is_part)


def _of_no_item(found: Match, evidence: _Evidence, numbered: _Numbered) -> Match:
    """'5.2' where the agenda has only 5: that is said, whatever else is not sure, unless another item is proposed."""
    if not numbered.may_be_a_day or numbered.others or evidence.is_appendix or found.is_sure:
        return found
    if found.id not in (None, numbered.item.id) or found.why == kinds.SEVERAL:
        return found
    return replace(found, why=kinds.ONLY_PARENT.format(numbered.number.words, numbered.item.number))


def _by_number(evidence: _Evidence, numbered: _Numbered) -> Match:
    found = Match(FileKind.ITEM, numbered.item.id, is_sure=True)
    fit = evidence.fit(numbered.item)
    if numbered.number.is_of_several:
        return _unsure(found, kinds.SEVERAL)
    if numbered.others:
        return _of_two(evidence, numbered)
    if evidence.says_nothing:
        return _only_number(found, numbered)
    if evidence.points_elsewhere(numbered.item):
        return _between_two(found, evidence, numbered)
    if not fit.shares_a_word:
        return _unsupported(found, numbered)
    if numbered.may_be_a_day and not evidence.is_appendix:
        return _unsure(found, kinds.ONLY_PARENT)
    if evidence.is_apart(numbered.item):
        return _unsure(found, kinds.WORDS_APART)
    if not evidence.is_appendix and evidence.is_of_other_time(numbered.item):
        return _unsure(found, kinds.OTHER_PERIOD)
    return found if fit.is_supporting else _unsure(found, kinds.WORDS_DIFFER)


def _of_two(evidence: _Evidence, numbered: _Numbered) -> Match:
    """Of several items with one number, that which the words fit best, and never surely."""
    alike = (numbered.item, *numbered.others)
    item = evidence.likely if evidence.likely in alike else numbered.item
    if item is not evidence.likely and not evidence.says_nothing:
        item = max(alike, key=lambda one: evidence.fit(one).score)
    return Match(FileKind.ITEM, item.id, why=kinds.TWO_ITEMS.format(item.number))


def _only_number(found: Match, numbered: _Numbered) -> Match:
    """'Item 6' is enough; '9b' and 'Att6' may be counted in another way."""
    if numbered.number.how is not How.ITEM and _is_standing(numbered.item):
        return Match(why=kinds.NAME_SAYS_NOTHING)
    is_other = numbered.is_under or numbered.is_squeezed
    is_plain = numbered.number.how is How.ITEM and not is_other
    return found if is_plain else _unsure(found, kinds.ONLY_NUMBER)


def _between_two(found: Match, evidence: _Evidence, numbered: _Numbered) -> Match:
    """The number says one item, the words another: the surer of the two is proposed."""
    there = evidence.likely
    assert there is not None  # noqa: S101 - the words pointed there
    by_words = evidence.best.is_exact or _is_below(there, numbered.item) or _is_standing(numbered.item)
    is_weak = numbered.is_squeezed or numbered.is_under or numbered.number.how in (How.LABEL, How.BRACKETS)
    return _unsure(replace(found, id=there.id) if by_words or is_weak else found, kinds.OTHER_ITEM)


def _unsupported(found: Match, numbered: _Numbered) -> Match:
    """A number alone, with words that are not the item's: '2 Sisters inquiry', '5 Staffing'."""
    is_said = numbered.number.how is How.ITEM
    if not is_said and (numbered.is_squeezed or numbered.is_counting or _is_standing(numbered.item)):
        return Match(why=kinds.NO_SUCH_ITEM)
    return _unsure(found, kinds.WORDS_DIFFER)


def _by_words(evidence: _Evidence) -> Match:
    item, best = evidence.likely, evidence.best
    if item is None or not best.is_possible:
        why = kinds.NAME_SAYS_NOTHING if evidence.says_nothing else kinds.NO_SUCH_ITEM
        return Match(is_appendix=evidence.is_appendix, why=why)
    found = Match(FileKind.ITEM, item.id, is_appendix=evidence.is_appendix, is_sure=True)
    if evidence.is_from_pdf and not best.is_exact:
        return _unsure(found, kinds.ONLY_PDF)
    if not best.is_sure or (_is_standing(item) and not best.is_exact and not _is_log(item)):
        return _unsure(found, kinds.ONLY_WORDS)
    if not evidence.is_title_of(item) and any(_is_below(one, item) for one in evidence.items):
        return _unsure(found, kinds.ONLY_WORDS)  # one of the items under it may be meant
    return _unsure(found, kinds.OTHER_PERIOD) if evidence.is_of_other_time(item) else found


def _unsure(found: Match, why: str) -> Match:
    return replace(found, is_sure=False, why=found.why or why)


def _numbered(said: FileName, items: Sequence[Item]) -> _Numbered | None:
    """The item of the first number in the name that is on the agenda, or else the one that it is under."""
    on_agenda: dict[Parts, list[Item]] = {}
    for item in items:
        if parts := parts_of(item.number):
            on_agenda.setdefault(parts, []).append(item)
    for number in (*said.numbers, *_lettered(said, on_agenda)):
        for reading in number.readings:
            if found := on_agenda.get(reading):
                is_squeezed = reading not in [number.readings[0][: n + 1] for n in range(4)]
                is_under = not is_squeezed and len(reading) < len(number.readings[0])
                return _Numbered(found[0], number, is_under, is_squeezed, others=tuple(found[1:]))
    return None


def _lettered(said: FileName, on_agenda: Iterable[Parts]) -> list[Number]:
    """Numbers that begin with a letter ('B2', 'IV') are such only where the agenda counts so."""
    lettered = [parts for parts in on_agenda if parts[0].isalpha()]
    found = [parts for parts in lettered if re.match(rf"{'[ .-]?'.join(parts)}(?![a-z0-9])", said.leading)]
    return [Number(How.LEADING, (max(found, key=len),))] if found and len(lettered) > 2 else []


def _is_below(child: Item, parent: Item) -> bool:
    above, below = parts_of(parent.number), parts_of(child.number)
    return len(below) > len(above) and below[: len(above)] == above


def _is_standing(item: Item) -> bool:
    return any(one in item.title.lower() for one in STANDING)


def _is_log(item: Item) -> bool:
    return "action" in item.title.lower()


def _is_other_time(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether both speak of a quarter, of a month or of years, and of different ones."""
    for kind in ("q", "m", ""):
        mine, theirs = ({one for one in said if one.strip("0123456789-") == kind} for said in (here, there))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _checked(found: Match, said: FileName, known: Known) -> Match:
    """A file that says it is exempt is not surely of an item that everybody may read."""
    item = next((one for one in known.items if one.id == found.id), None)
    if said.is_exempt and found.kind in (FileKind.AGENDA, FileKind.MINUTES):
        found = _unsure(found, kinds.NOT_OPEN)
    if said.is_exempt and item and not item.is_restricted and not read_name(item.title).is_exempt:
        found = _unsure(found, kinds.NOT_RESTRICTED)
    is_appendix = found.kind is FileKind.ITEM and found.is_appendix
    if item and found.is_sure and not is_appendix and (why := why_another_meeting(said, known, item.title)):
        found = _unsure(found, why)
    return replace(found, kind=FileKind.APPENDIX) if is_appendix else found
