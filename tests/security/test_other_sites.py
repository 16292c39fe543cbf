"""A page of another site sends no form of ours, whatever token it has; and no link hides where it leads."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from wtforms import Form, StringField

from portal.infra.fields.web_links import looks_like_a_link
from portal.infra.web import other_sites
from tests.visitor import text_of

ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"})
OURS = ({}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"})


def send(visit: Any, things: dict[str, Any], headers: dict[str, str]) -> Any:
    """A form of ours with its own token."""
    rep, path = visit("northfirth.rep"), f"/papers/{things['paper_id']}/note"
    return rep.post(path, {"text": "Words"}, headers=headers)


@pytest.mark.parametrize("headers", ELSEWHERE)
def test_what_another_site_sends_is_refused_with_a_right_token_too(
    visit: Any, things: dict[str, Any], headers: dict[str, str]
) -> None:
    assert send(visit, things, headers).status_code == 400


@pytest.mark.parametrize("headers", [*OURS, {"Origin": "null"}])
def test_what_a_page_of_ours_sends_is_taken(visit: Any, things: dict[str, Any], headers: dict[str, str]) -> None:
    assert send(visit, things, headers).status_code == 302


def test_a_link_on_another_site_opens_pages(visit: Any) -> None:
    answer = visit("northfirth.rep").client.get("/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert "To do" in text_of(answer)


def test_looking_at_nothing_would_be_noticed(
    app: Flask, visit: Any, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(other_sites, "is_from_another_site", lambda: False)
    assert send(visit, things, ELSEWHERE[0]).status_code == 302


class LinkForm(Form):
    link = StringField(validators=[looks_like_a_link])


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        ("https://meet.example/board", True),
        ("http://meet.example:8080/a?b=c@d", True),
        ("", True),
        ("https://meet.example@evil.example/", False),
        ("https://user:pass@evil.example", False),
        ("https://", False),
        ("https://[evil", False),
        ("javascript:alert(1)", False),
        ("meet.example", False),
    ],
)
def test_a_link_is_to_the_site_that_it_names(typed: str, is_right: bool) -> None:
    assert LinkForm(link=typed).validate() is is_right
