"""A file that is handed out ends as files of its kind do: no receipt of a stranger is opened as a program."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.core.text import ENDINGS, clean_file_name, named_as_its_kind
from portal.expenses.models import Receipt
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import PaperVersion
from portal.training.models import Course, TrainingRecord
from tests.cast import Cast, anywhere
from tests.expenses.claiming import DAY, add, begin
from tests.papers.made_pdfs import paper
from tests.security.test_what_source_never_does import found

PROGRAMS = ("Receipt.hta", "a.pdf.exe", "x.PDF.js", "inv\u202efdp.exe", "page.html", "picture.svg", ".bat", "no ending")
NAMED = re.compile(r"filename=\"?([^\";]+)")


@given(st.text(max_size=400), st.sampled_from(sorted(ENDINGS)))
def test_whatever_a_file_is_called_it_ends_as_its_kind(name: str, kind: str) -> None:
    shown = named_as_its_kind(clean_file_name(name), kind)
    assert shown.lower().endswith(ENDINGS[kind])
    assert len(shown) <= 150
    assert shown == named_as_its_kind(shown, kind)


def test_a_good_name_is_kept() -> None:
    for name in ("7 Care homes.pdf", "SCAN.PDF", "v2.1 final.pdf"):
        assert named_as_its_kind(name, "application/pdf") == name
    assert named_as_its_kind("photo.jpeg", "image/jpeg") == "photo.jpeg"
    assert named_as_its_kind("Receipt.hta", "application/pdf") == "Receipt.pdf"


def test_one_place_alone_names_what_is_handed_out() -> None:
    def names_one(node: ast.AST) -> bool:
        return isinstance(node, ast.Constant) and node.value == "Content-Disposition"

    assert {one.partition(":")[0] for one in found(names_one)} == {"portal/infra/web/downloads.py"}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_receipt_called_like_a_program_is_kept_as_what_it_is(app: Flask, visit: Any, cast: Cast, name: str) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (paper(), name))
    with app.app_context():
        kept = db.session.scalars(select(Receipt.file_name).where(Receipt.claim_id == claim.id)).all()
    assert [one[-4:] for one in kept] == [".pdf"]


@pytest.mark.parametrize(
    ("who", "path", "shown"),
    [
        ("approver", "/receipts/{receipt_id}/file", "Receipt.jpg"),
        ("officer", "/training/records/{record_id}/certificate", "Receipt.jpg"),
        ("rep", "/courses/{course_id}/file", "Receipt.jpg"),
        ("clerk", "/papers/{paper_id}/file?open=1", "Receipt.pdf"),
        ("clerk", "/papers/{paper_id}/file", "Receipt.pdf"),
    ],
)
def test_what_was_kept_under_such_a_name_is_handed_out_under_another(
    visit: Any, app: Flask, cast: Cast, things: dict[str, Any], who: str, path: str, shown: str
) -> None:
    with app.app_context(), unit_of_work():
        for model in (Receipt, TrainingRecord, Course, PaperVersion):
            db.session.execute(anywhere(update(model).where(model.stored_as != "").values(file_name="Receipt.hta")))
    answer = visit(f"northfirth.{who}").get(path.format(**things))
    assert answer.status_code == 200
    assert NAMED.findall(answer.headers["Content-Disposition"]) == [shown]
