"""The layers of several PDFs in one, each on or off as in its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.infra.documents.pdf.part import Part
from portal.infra.documents.pdf.things import Thing


def write_layers(whole: Thing, parts: Sequence[Part]) -> None:
    """The layers of all files, each on or off as in its own."""
    from pikepdf import Array, Dictionary

    layered = [part for part in parts if part.layers.groups]
    if not layered:
        return

    def copied(part: Part, things: Iterable[Thing]) -> list[Thing]:
        return [whole.copy_foreign(one) for one in things]

    groups = [one for part in layered for one in copied(part, part.layers.groups)]
    off = [one for part in layered for one in copied(part, part.layers.off(part.layers.default))]
    order = [
        entry for part in layered for entry in (Array([part.title or "-", *copied(part, part.layers.groups)]),)
    ]  # in its reader's list of layers each paper's stand under its title
    default = Dictionary(OFF=Array(off), Order=Array(order), BaseState=_name("/ON"))
    automatic = [one for part in layered for one in _automatic(whole, part)]
    if automatic:
        default.AS = Array(automatic)
    properties = Dictionary(OCGs=Array(groups), D=default)
    if any(part.layers.other is not None for part in layered):
        others = [
            (part, part.layers.other if part.layers.other is not None else part.layers.default) for part in layered
        ]
        hidden = [one for part, other in others for one in copied(part, part.layers.off(other))]
        properties.Configs = Array([Dictionary(Intent=_name("/View"), OFF=Array(hidden), BaseState=_name("/ON"))])
    whole.Root.OCProperties = properties


def _automatic(whole: Thing, part: Part) -> Iterator[Thing]:
    """When layers are shown by themselves, such as on paper alone."""
    from pikepdf import Array, Dictionary

    rules = part.layers.default.get("/AS")
    for rule in rules if isinstance(rules, Array) else ():
        if isinstance(rule, Dictionary) and isinstance(rule.get("/OCGs"), Array):
            groups = [whole.copy_foreign(one) for one in rule.OCGs if part.layers.has(one)]
            named = {key: rule.get(key) for key in ("/Event", "/Category") if key in rule}
            yield Dictionary({"/OCGs": Array(groups), **{key: _plain(one) for key, one in named.items()}})


def _plain(thing: Thing) -> Thing:
    from pikepdf import Array

    return Array([_name(str(one)) for one in thing]) if isinstance(thing, Array) else _name(str(thing))


def _name(text: str) -> Thing:
    from pikepdf import Name

    return Name(text if text.startswith("/") and len(text) > 1 else "/View")
