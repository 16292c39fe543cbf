"""How much the words of a file's name are those of an agenda item."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from portal.papers.matching.file_names import plain, read_name, words_of
from portal.papers.matching.vocabulary import SAYS_NOTHING, WEIGHTS

MOST_OF_THE_ITEM, MOST_OF_THE_NAME, CLEAR = 0.72, 0.82, 0.25
TELLS = 0.9  # how much the words in both must tell together


@dataclass(frozen=True)
class Fit:
    """How well some words fit one item: the share of the item's words, of the name's, and the lead over the next."""

    index: int | None = None
    of_item: float = 0.0
    of_name: float = 0.0
    lead: float = 0.0
    is_exact: bool = False
    has_quantity: bool = False  # '10 year' is in both
    telling: float = 0.0  # how much the words in both tell

    @property
    def score(self) -> float:
        return (self.of_item + self.of_name) / 2

    @property
    def is_sure(self) -> bool:
        enough = self.of_item >= MOST_OF_THE_ITEM and self.of_name >= MOST_OF_THE_NAME and self.telling >= TELLS
        return self.is_exact or (enough and self.lead >= CLEAR)

    @property
    def is_likely(self) -> bool:
        return self.is_exact or (self.telling >= TELLS and self.score >= 0.5 and self.lead > 0)

    @property
    def is_possible(self) -> bool:
        return self.is_exact or (self.telling >= TELLS and self.score >= 0.4)

    @property
    def shares_a_word(self) -> bool:
        return self.is_exact or self.telling >= 0.5

    @property
    def is_supporting(self) -> bool:
        """Enough, where a number says the same."""
        return self.is_exact or (self.telling >= 0.5 and self.score >= 0.35)


class Comparison:
    """The items of one agenda, by their words: one that several items have tells less."""

    def __init__(self, titles: Sequence[str], own_names: tuple[str, ...] = ()) -> None:
        self.items = [title_words(title, own_names) for title in titles]
        self.seen = Counter(word for words in self.items for word in set(words))

    def best(self, words: Sequence[str]) -> Fit:
        """The item that some words fit best; none when no word is the same."""
        fits = sorted((self.of(n, words) for n in range(len(self.items))), key=_order)
        if not fits or not fits[0].score:
            return Fit()
        if fits[0].is_exact and (len(fits) == 1 or not fits[1].is_exact):
            return fits[0]
        lead = fits[0].score - (fits[1].score if len(fits) > 1 else 0.0)
        theirs = set(self.items[fits[0].index or 0])
        is_mixed = any(
            one.of_item > 0.99 and one.telling >= TELLS
            for one in fits[1:]
            if not set(self.items[one.index or 0]) <= theirs
        )
        return replace(fits[0], lead=0.0 if is_mixed else lead, is_exact=False)

    def of(self, index: int, words: Sequence[str]) -> Fit:
        """How well some words fit one item."""
        theirs = self.items[index]
        mine = [word for word in words if word in theirs or not _is_beside(word, theirs)]
        pairs = _pairs(mine, theirs)
        of_item = _share({pair[1] for pair in pairs}, theirs, self._weight)
        of_name = _share({pair[0] for pair in pairs}, mine, self._weight)
        telling = sum(WEIGHTS.get(word, 1.0) for word in {pair[1] for pair in pairs})
        is_exact = bool(mine) and set(mine) == set(theirs)
        has_quantity = any(one[:1].isdigit() for one, _ in pairs)
        return Fit(index, of_item, of_name, 0.0, is_exact, has_quantity, telling)

    def _weight(self, word: str) -> float:
        return WEIGHTS.get(word, 1.0) / math.sqrt(max(1, self.seen[word]))

    def is_apart(self, index: int, words: Sequence[str]) -> bool:
        """Whether the name tells of something else between two words that follow each other in the item's title."""
        theirs = self.items[index]
        at = {word: place for place, word in reversed(list(enumerate(words)))}
        beside = [(at[one], at[other]) for one, other in pairwise(theirs) if one in at and other in at]
        return any(
            self._tells([word for word in words[one + 1 : other] if word not in theirs]) for one, other in beside
        )

    def _tells(self, words: Sequence[str]) -> bool:
        return sum(WEIGHTS.get(word, 1.0) for word in words) >= TELLS


@lru_cache(maxsize=64)
def comparison(titles: tuple[str, ...], own_names: tuple[str, ...] = ()) -> Comparison:
    """One for all files of an upload."""
    return Comparison(titles, own_names)


def tells(word: str) -> bool:
    """Whether a word tells by itself what something is about."""
    return WEIGHTS.get(word, 1.0) == 1.0


def title_words(title: str, own_names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The words of an item's title, read as those of a name are."""
    return read_name(f"| {title}", own_names).words or tuple(words_of(plain(title)))


def _is_beside(word: str, theirs: Sequence[str]) -> bool:
    """Whether a word says nothing of what a file is about: 'scan', '12 month' where no term is meant."""
    if word in SAYS_NOTHING:
        return True
    return word[:1].isdigit() and not any(other[:1].isdigit() for other in theirs)


def _order(fit: Fit) -> tuple[bool, float, int]:
    return not fit.is_exact, -fit.score, fit.index or 0


def _share(found: set[str], words: Sequence[str], weight: Callable[[str], float]) -> float:
    whole = sum(weight(word) for word in set(words))
    return sum(weight(word) for word in found) / whole if whole else 0.0


def _pairs(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """Words that mean the same: alike, begun alike, or the first letters of several."""
    pairs = [(one, other) for one in mine for other in theirs if _is_same(one, other)]
    return pairs + _by_initials(mine, theirs) + [(one, other) for other, one in _by_initials(theirs, mine)]


def _is_same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 6)


def _by_initials(mine: Sequence[str], theirs: Sequence[str]) -> list[tuple[str, str]]:
    """('mtfp', 'medium'), ('mtfp', 'term') and so on, for Medium Term Financial Plan."""
    initials = "".join(word[0] for word in theirs)
    pairs = []
    for one in mine:
        if 3 <= len(one) <= 6 and one not in theirs and (at := initials.find(one)) >= 0:
            pairs += [(one, word) for word in theirs[at : at + len(one)]]
    return pairs


_JUNK = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel) -|untitled|slide \d|document ?\d|powerpoint presentation)", re.I
)


def cleaned_title(title: str) -> str:
    return plain(re.sub(r"^microsoft \w+ - ", "", title.strip(), flags=re.I))


def is_a_title(title: str) -> bool:
    """Whether the title inside a file says something: many are what a program put there."""
    cleaned = cleaned_title(title)
    return not read_name(cleaned).says_nothing and not _JUNK.match(cleaned)
