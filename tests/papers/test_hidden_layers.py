"""What is written on a layer that is not shown is not read either."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from pikepdf import Array, Dictionary, Name, String

from tests.papers import made_pdfs as made
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

SEEN = "The budget is agreed"
SECRET = "Named carer complaint"
PLAIN = {"OFF": ["hidden"]}
DRAWN = f"BT /F 12 Tf 72 700 Td ({SEEN}) Tj ET /OC /l BDC BT /F 12 Tf 72 500 Td ({SECRET}) Tj ET {{more}} EMC"


@pytest.fixture
def looked_into(tmp_path: Path) -> Any:
    return partial(made.looked_into, tmp_path)


def layered(settings: dict[str, Any], member: dict[str, Any] | None = None, more: str = "") -> bytes:
    """A page with words on a layer; `settings` say by its name which is on or off, `member` when the words show."""

    def change(pdf: pikepdf.Pdf) -> None:
        names = ("hidden", "shown")
        layers = {one: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(one))) for one in names}
        usual = {
            key: Array([layers[one] for one in value]) if isinstance(value, list) else Name(value)
            for key, value in settings.items()
        }
        pdf.Root.OCProperties = Dictionary(OCGs=Array([*layers.values()]), D=Dictionary(**usual))
        page = pdf.pages[0].obj
        several = {**(member or {}), "OCGs": Array([layers[one] for one in (member or {}).get("OCGs", [])])}
        marked = Dictionary(Type=Name.OCMD, **several) if member else layers["hidden"]
        page.Resources.Properties = Dictionary(l=marked)
        page.Resources.Font = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        page.Contents = pdf.make_stream(DRAWN.format(more=more).encode())

    return made.changed(change)


@pytest.mark.parametrize(
    ("content", "is_read"),
    [
        (partial(layered, {"OFF": []}), True),
        (partial(layered, PLAIN), False),
        (partial(layered, PLAIN, more="/Span BMC EMC BT /F 12 Tf 72 400 Td (Named carer complaint) Tj ET"), False),
        (partial(layered, {"BaseState": "/OFF", "ON": ["shown"]}), False),
        (partial(layered, {"BaseState": "/OFF", "ON": ["hidden"]}), True),
        (partial(layered, PLAIN, {"OCGs": ["hidden"]}), False),
        (partial(layered, PLAIN, {"OCGs": ["hidden", "shown"]}), True),
        (partial(layered, PLAIN, {"OCGs": ["hidden", "shown"], "P": Name.AllOn}), False),
        (partial(layered, PLAIN, {"OCGs": ["hidden"], "P": Name.AllOff}), True),
        (partial(layered, PLAIN, {"OCGs": ["shown"], "P": Name.AnyOff}), False),
    ],
    ids=["on", "off", "marks within", "all off", "one of them on", "a set", "any", "every", "none", "any off"],
)
def test_words_are_read_as_far_as_they_are_shown(looked_into: Any, content: Callable[[], bytes], is_read: bool) -> None:
    found, made_anew = looked_into(content())
    assert SEEN in found["texts"][0]
    assert (SECRET in found["texts"][0]) is is_read
    assert (found["taken_out"], made_anew) == ([], b""), "the file itself stays as it is"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (partial(layered, {"OFF": []}), []),
        (partial(layered, PLAIN), ["“hidden” (page 1)"]),
        (partial(layered, PLAIN, {"OCGs": ["hidden"]}), ["“hidden” (page 1)"]),
        (partial(layered, {"OFF": ["shown"]}), ["“shown”"]),
    ],
)
def test_a_hidden_layer_is_named_with_its_page(looked_into: Any, content: Callable[[], bytes], said: list[str]) -> None:
    assert looked_into(content())[0]["hidden_layers"] == said


def test_the_clerk_reads_of_it_where_files_are_matched_and_before_publishing(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("1 Budget extra.pdf", layered(PLAIN)))
    check_files(app)
    [(key, *_)] = waiting(app, meeting_id)
    words = "There is something hidden inside this PDF: the layer “hidden” (page 1)."
    assert words in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    sent = {f"files-{key}-place": f"item:{things['item_id']}", f"files-{key}-title": "Extra"}
    clerk.post(f"/meetings/{meeting_id}/papers/sort", sent)
    assert words in text_of(clerk.get(f"/meetings/{meeting_id}/publish"))


def test_what_is_drawn_from_elsewhere_is_left_out_with_its_layer(looked_into: Any) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = pdf.pages[0].obj
        drawn = pdf.make_stream(f"BT /F 12 Tf 72 500 Td ({SECRET}) Tj ET".encode())
        font = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for key, value in {
            "Type": Name.XObject,
            "Subtype": Name.Form,
            "BBox": Array([0, 0, 600, 800]),
            "OC": layer,
            "Resources": Dictionary(Font=font),
        }.items():
            drawn[f"/{key}"] = value
        page.Resources.XObject = Dictionary(X=drawn)
        page.Resources.Font = font
        page.Contents = pdf.make_stream(f"/X Do BT /F 12 Tf 72 700 Td ({SEEN}) Tj ET".encode())

    assert looked_into(made.changed(change))[0]["texts"][0] == SEEN


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"V": String("Carers lose 4 hours")}, "Carers lose 4 hours"),
        ({"V": String("Carers lose 4 hours"), "F": 2}, ""),
        ({"V": String("a password"), "Ff": 1 << 13}, ""),
        ({"V": Name.Yes, "FT": Name.Btn}, ""),
        ({"Parent": Dictionary(FT=Name.Ch, V=String("Substantial")), "FT": None}, "Substantial"),
    ],
    ids=["seen", "hidden", "secret", "ticked", "of the field above"],
)
def test_what_is_typed_in_a_form_is_read(looked_into: Any, keys: dict[str, Any], words: str) -> None:
    said = {"FT": Name.Tx, **keys}
    box = made.annotated(2, Subtype=Name.Widget, **{key: one for key, one in said.items() if one is not None})
    texts, plain = looked_into(made.changed(box))[0]["texts"], looked_into(made.paper())[0]["texts"]
    assert texts[1] == f"{plain[1]}\n{words}".strip()
    assert texts[0] == plain[0]
