"""A canvas that knows, when a page is closed, how many there are, and that says what it draws is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from portal.demonstration.documents.drawing.marks import Element, write_structure

Later = Callable[["PaperCanvas"], None]


class PaperCanvas(Canvas):  # type: ignore[misc]
    """Pages wait until all are drawn: then each is given its head and foot, its contents and its bookmarks."""

    root: Element | None = None
    dress: Later | None = None  # draws what is on each page

    def __init__(self, *args: object, **more: object) -> None:
        self.waiting: list[dict[str, object]] = []
        self.later: list[Later] = []
        self.marked = 0
        self.places: dict[str, int] = {}
        super().__init__(*args, **more)

    @property
    def number(self) -> int:
        return int(self._pageNumber)

    @property
    def total(self) -> int:
        return len(self.waiting)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        self.waiting.append(dict(self.__dict__))
        self._startPage()
        self.later, self.marked = [], 0

    def save(self) -> None:
        waiting, places = self.waiting, self.places
        for state in waiting:
            self.__dict__.update(state)
            self.waiting, self.places = waiting, places
            for draw in self.later:
                draw(self)
            if self.dress:
                with self.as_decoration():
                    self.dress(self)
            super().showPage()
        if self.root:
            write_structure(self._doc, self.root, len(waiting))
        super().save()

    @contextmanager
    def drawing(self, element: Element | None) -> Iterator[None]:
        """What is drawn inside is an element of the structure, or a decoration."""
        if self.root is None:
            yield
        elif element is None:
            with self.as_decoration():
                yield
        else:
            element.kids.append((self.number, self.marked))
            self._code.append(f"/{element.kind} <</MCID {self.marked}>> BDC")
            self.marked += 1
            yield
            self._code.append("EMC")

    @contextmanager
    def as_decoration(self) -> Iterator[None]:
        """What is drawn inside says nothing."""
        if self.root is None:
            yield
        else:
            self._code.append("/Artifact BMC")
            yield
            self._code.append("EMC")
