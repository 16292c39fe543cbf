"""What a page says of the emails that it set off: it is made from those emails, once they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from portal.core.emailed import NOBODY, YOU, emailed_words
from portal.core.text import hour_words
from portal.infra.unit_of_work import EmailTo, acting, emails_written

IF_JOINED = "once they have joined"


def emailed(names: Mapping[UUID, str] | None = None) -> str:
    """'3 people will be emailed.' Whoever is in `names` is named where they are among them, and so are 'you'.

    Ask once everything is done: what has happened is handled at once, and what happens afterwards is not counted.
    """
    when = _when_each(emails_written())
    names = {**(names or {}), **({me: YOU} if (me := acting.get()) else {})}
    sentences = [_words([who for who in when if when[who] == then], names, then) for then in sorted({*when.values()})]
    return " ".join(sentences) or NOBODY


def _when_each(emails: Iterable[EmailTo]) -> dict[UUID, str]:
    """Each person once, with the soonest of what they will get: now (''), at an hour, or when they have joined."""
    found: dict[UUID, str] = {}
    for to in sorted(emails, key=lambda to: (to.once_joined, to.at is not None, to.at or 0)):
        found.setdefault(to.person_id, IF_JOINED if to.once_joined else f"at {hour_words(to.at)}" if to.at else "")
    return found


def _words(people: Iterable[UUID], names: Mapping[UUID, str], when: str) -> str:
    everyone = list(people)
    named = sorted((names[who] for who in everyone if who in names), key=lambda name: (name != YOU, name))
    return emailed_words(named, len(everyone) - len(named), when)
