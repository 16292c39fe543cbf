"""An officer who chooses a provider from the list types nothing more: how to reach them is in the list."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.arranging.forms import ASK_OFFICER
from portal.replacement_care.models import CareProvider
from tests.cast import Cast
from tests.replacement_care.asking import ARRANGE, asked, do, request_of
from tests.visitor import text_of


def test_a_provider_from_the_list_is_enough(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    one, provider_id = asked(app, visit, cast), cast.northfirth.things["provider_id"]
    with app.app_context(), unit_of_work():
        db.session.get_one(CareProvider, provider_id).contact = "01463 000000"
    chosen = {**ARRANGE, "arrangement": "", "provider": str(provider_id)}
    assert do(visit("northfirth.officer"), one, "arrange", 1, **chosen).status_code == 302
    with app.app_context():
        assert request_of(app, cast).arrangement == "01463 000000"
    assert "CANARYNORTH Provider. 01463 000000" in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))


def test_nobody_is_sent_to_a_provider_without_a_way_to_reach_them(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    one, provider_id = asked(app, visit, cast), cast.northfirth.things["provider_id"]
    with app.app_context(), unit_of_work():
        db.session.get_one(CareProvider, provider_id).contact = ""
    chosen = {**ARRANGE, "arrangement": "", "provider": str(provider_id)}
    assert do(visit("northfirth.officer"), one, "arrange", 1, **chosen).status_code == 302
    with app.app_context():
        assert request_of(app, cast).arrangement == ASK_OFFICER


def test_someone_the_rep_found_is_named(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    page = do(visit("northfirth.officer"), one, "arrange", 1, **{**ARRANGE, "arrangement": ""})
    assert "Choose a provider from the list, or enter the agency or worker and how to reach them" in text_of(page)
    assert request_of(app, cast).status == "asked"
