"""Layers of a PDF (optional content): which are hidden, and taking what they hold out of pages and their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from portal.infra.documents.pdf.things import Thing

Key = tuple[int, int]
IsOn = Callable[[Thing], bool]
MOST_BYTES = 8_000_000  # of one content stream: a larger one stays as it is, and its layers hidden by their state
PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
DRAWS = frozenset({"Do", "sh", "INLINE IMAGE", "BI", "EI"})
SHOWS = frozenset({"Tj", "TJ", "'", '"'})
PLACES = frozenset({"Td", "TD", "Tm", "T*", "BT", "'", '"'})  # after these it does not matter what was shown before
DEEPEST = 12


class Layers:
    """The layers of one file, as its default configuration has them, and as some programs take it."""

    def __init__(self, pdf: Thing) -> None:
        self.pdf = pdf
        self.properties = _dictionary(pdf.Root.get("/OCProperties"))
        self.groups = [one for one in _array(self.properties.get("/OCGs")) if _is_group(one)]
        self.default = _dictionary(self.properties.get("/D"))
        every = _array(self.properties.get("/Configs"))
        self.other = next((one for one in map(_dictionary, every) if _is_for_viewing(one)), None)
        self._known = {one.objgen for one in self.groups}

    def has(self, group: Thing) -> bool:
        return _is_group(group) and group.objgen in self._known

    def off(self, configuration: Thing) -> list[Thing]:
        """The groups that are off in a configuration."""
        off, on = (_keys(configuration.get(key)) for key in ("/OFF", "/ON"))
        base = str(configuration.get("/BaseState", "/ON")) == "/OFF"
        return [one for one in self.groups if one.objgen in off or (base and one.objgen not in on)]

    @cached_property
    def _ways(self) -> list[IsOn]:
        """How a group may be taken: as the standard has it, as programs do that look at its usage, and on paper."""
        off = _keys(self.off(self.default))
        other = _keys(self.off(self.other)) if self.other is not None else off

        def standard(group: Thing) -> bool:
            return group.objgen not in off

        def by_usage(group: Thing) -> bool:
            said = _usage(group, "/View", "/ViewState")
            return said != "/OFF" if said else group.objgen not in other

        def on_paper(group: Thing) -> bool:
            return standard(group) or _usage(group, "/Print", "/PrintState") == "/ON"

        return [standard, by_usage, on_paper]

    def hides(self, content: Thing) -> bool:
        """Whether what belongs to a group, or to a rule about groups, is hidden whoever shows or prints it."""
        return isinstance(content, _kind("Dictionary")) and not any(self._visible(content, on) for on in self._ways)

    def _visible(self, content: Thing, on: IsOn) -> bool:
        if str(content.get("/Type", "/OCG")) != "/OCMD":
            return content.objgen not in self._known or on(content)
        expression = content.get("/VE")
        if isinstance(expression, _kind("Array")):
            return self._holds(expression, on, 0)
        groups = content.get("/OCGs")
        listed = [groups] if _is_group(groups) else [one for one in _array(groups) if _is_group(one)]
        states = [one.objgen not in self._known or on(one) for one in listed]
        return _by_policy(str(content.get("/P", "/AnyOn")), states) if states else True

    def _holds(self, expression: Thing, on: IsOn, depth: int) -> bool:
        if isinstance(expression, _kind("Dictionary")):
            return self._visible(expression, on)
        parts = _array(expression)
        if depth > DEEPEST or len(parts) < 2:
            return True
        held = [self._holds(one, on, depth + 1) for one in parts[1:]]
        return {"/And": all(held), "/Or": any(held), "/Not": not held[0]}.get(str(parts[0]), True)

    @cached_property
    def any_hidden(self) -> bool:
        return any(self.hides(one) for one in self.groups)

    def hidden(self) -> list[tuple[str, list[int]]]:
        """The name of each hidden layer, with the pages on which something belongs to it, as far as that is known."""
        pages: dict[Key, list[int]] = {}
        for number, page in enumerate(self.pdf.pages, start=1):
            for key in _keys(self._named_by(_dictionary(page.obj.get("/Resources")))):
                pages.setdefault(key, []).append(number)
        return [(str(one.get("/Name", "")), pages.get(one.objgen, [])) for one in self.groups if self.hides(one)]

    def _named_by(self, resources: Thing) -> list[Thing]:
        """The groups that the marks, pictures and forms of a page belong to, also by way of a rule."""
        properties, things = (_dictionary(resources.get(key)) for key in ("/Properties", "/XObject"))
        owned = [*(one for _, one in properties.items()), *(one.get("/OC") for _, one in things.items())]
        listed = [group for one in owned for group in (one, *_groups_of(one))]
        return [one for one in listed if _is_group(one)]

    def take_out(self) -> None:
        """Take what hidden layers hold out of every page: its picture stays the same, its text loses their words."""
        if not self.any_hidden:
            return
        done: set[Key] = set()
        for page in self.pdf.pages:
            stripped = self._stripped(page.obj, _dictionary(page.obj.get("/Resources")), done, 0)
            if stripped is not None:
                page.obj.Contents = self.pdf.make_stream(stripped)

    def _stripped(self, holder: Thing, resources: Thing, done: set[Key], depth: int) -> bytes | None:
        """What a page or a form draws without what is hidden; None when that is everything, or cannot be told."""
        import pikepdf

        hidden = {
            name for name, one in _dictionary(resources.get("/Properties")).items() if self.hides(one)
        }  # as the content calls them
        hidden_things = self._hidden_things(resources, done, depth)
        if not hidden and not hidden_things:
            return None
        try:
            if _length(holder) > MOST_BYTES:
                return None
            operations = list(pikepdf.parse_content_stream(holder))
            kept = list(_without(operations, hidden, hidden_things))
            return pikepdf.unparse_content_stream(kept)
        except (pikepdf.PdfError, _Unclear, TypeError, ValueError):
            return None

    def _hidden_things(self, resources: Thing, done: set[Key], depth: int) -> set[str]:
        """The pictures and forms of some resources that are hidden; in the other forms what is hidden is taken out."""
        hidden = set()
        for name, one in _dictionary(resources.get("/XObject")).items():
            if not isinstance(one, _kind("Stream")):
                continue
            if self.hides(one.get("/OC")):
                hidden.add(name)
            elif str(one.get("/Subtype", "")) == "/Form" and one.objgen not in done and depth < DEEPEST:
                done.add(one.objgen)
                inside = _dictionary(one.get("/Resources")) if "/Resources" in one else resources
                stripped = self._stripped(one, inside, done, depth + 1)
                if stripped is not None:
                    one.write(stripped)
        return hidden


class _Unclear(Exception):
    """What is shown stands where hidden words end, and nothing says where that is."""


def _without(operations: list[Thing], hidden: set[str], hidden_things: set[str]) -> Iterator[Thing]:
    """The operations without those that draw something hidden. States and places that they set stay."""
    marks: list[bool] = []
    place_lost = False
    for one in operations:
        operator = str(one.operator)
        if operator in ("BDC", "BMC"):
            marks.append(_begins_hidden(one, hidden))
        elif operator == "EMC" and marks:
            marks.pop()
        is_hidden = any(marks)
        if operator in PLACES:
            place_lost = False
        if is_hidden and operator in SHOWS:
            place_lost = True
            yield from _moves_only(one)
        elif is_hidden and operator in PAINTS:
            yield _operation([], "n")
        elif not ((is_hidden and operator in DRAWS) or (operator == "Do" and _names(one, hidden_things))):
            if place_lost and operator in SHOWS:
                raise _Unclear
            yield one


def _moves_only(one: Thing) -> Iterator[Thing]:
    """Of an operation that shows words, what else it does."""
    operator = str(one.operator)
    if operator == '"':
        yield from (_operation([one.operands[0]], "Tw"), _operation([one.operands[1]], "Tc"))
    if operator in ("'", '"'):
        yield _operation([], "T*")


def _operation(operands: list[Thing], operator: str) -> Thing:
    import pikepdf

    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _begins_hidden(one: Thing, hidden: set[str]) -> bool:
    operands = list(one.operands)
    return (
        str(one.operator) == "BDC" and len(operands) == 2 and str(operands[0]) == "/OC" and _is_in(operands[1], hidden)
    )


def _names(one: Thing, names: set[str]) -> bool:
    operands = list(one.operands)
    return bool(operands) and _is_in(operands[0], names)


def _is_in(operand: Thing, names: set[str]) -> bool:
    return isinstance(operand, _kind("Name")) and str(operand) in names


def _length(holder: Thing) -> int:
    """Bytes of the content of a page or a form, unpacked."""
    if isinstance(holder, _kind("Stream")):
        return len(holder.read_bytes())
    contents = holder.get("/Contents")
    parts = [contents] if isinstance(contents, _kind("Stream")) else _array(contents)
    return sum(len(one.read_bytes()) for one in parts if isinstance(one, _kind("Stream")))


def _by_policy(policy: str, states: list[bool]) -> bool:
    answers = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
    return answers.get(policy, any(states))


def _usage(group: Thing, event: str, state: str) -> str:
    return str(_dictionary(_dictionary(group.get("/Usage")).get(event)).get(state, ""))


def _is_for_viewing(configuration: Thing) -> bool:
    intent = configuration.get("/Intent")
    return "/View" in [str(one) for one in (_array(intent) or [intent])]


def _is_group(thing: Thing) -> bool:
    return isinstance(thing, _kind("Dictionary")) and thing.is_indirect


def _groups_of(rule: Thing) -> list[Thing]:
    groups = _dictionary(rule).get("/OCGs")
    return [groups] if _is_group(groups) else _array(groups)


def _keys(things: Thing) -> set[Key]:
    listed = things if isinstance(things, list) else _array(things)
    return {one.objgen for one in listed if _is_group(one)}


def _array(thing: Thing) -> list[Thing]:
    return list(thing) if isinstance(thing, _kind("Array")) else []


def _dictionary(thing: Thing) -> Thing:
    return thing if isinstance(thing, _kind("Dictionary")) else _kind("Dictionary")()


def _kind(name: str) -> Thing:
    import pikepdf

    return getattr(pikepdf, name)
