"""The demonstration's mailbox: by person, day and kind, newest first, each email in both forms."""

from __future__ import annotations

import re
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest
from flask import Flask

from portal.capabilities import GATHERED
from portal.core import clock
from portal.demonstration.mailbox import letters
from portal.demonstration.mailbox.letters import APART, KINDS
from portal.demonstration.mailbox.views import ON_A_PAGE
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.slow
MAILBOX = "/demonstration/mailbox"


@pytest.fixture
def stranger(demonstration: Flask) -> Visitor:
    clock.use(None)
    return Visitor(demonstration)


def test_every_email_has_a_kind_in_words() -> None:
    assert set(GATHERED.sender_of.values()) - {"role_profiles"} <= set(KINDS)
    assert {sender for sender in APART if sender not in GATHERED.sender_of} == set()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("stop-asked", "Stopping as a rep"),
        ("message-for-rep", "Messages from the public"),
        ("induction-late", "Inductions"),
        ("training-runs-out", "Training"),
        ("board-changed", "Roles, invitations and settings"),
        ("trail-head", "Audit trail"),
        ("removals-planned", "Data retention"),
        ("packs-to-post", "Who is coming, and papers by post"),
    ],
)
def test_a_kind_is_called_after_what_is_in_it(demonstration: Flask, template: str, words: str) -> None:
    with demonstration.app_context():
        assert KINDS[letters.kind_of(template)] == words
        assert all(letters.kind_of(one) in KINDS for one in GATHERED.sender_of)


def test_only_emails_that_are_there_are_offered(stranger: Visitor) -> None:
    page = stranger.get(MAILBOX)
    offered = re.findall(r'href="([^"]+)"[^>]*>Emails to ([^<]+)<', page.text)
    assert "Morag Sinclair" in [name for _, name in offered]
    for address, name in offered:
        assert "None of the emails match" not in text_of(stranger.get(address.replace("&amp;", "&"))), name


def test_it_shows_who_was_written_to_and_about_what(stranger: Visitor) -> None:
    page = text_of(stranger.get(f"{MAILBOX}?person=rep@northfirth.example&kind=papers"))
    assert "To Morag Sinclair" in page
    assert "To Ann Fraser" not in page
    assert "Papers" in page
    assert "Show all emails" in page


def test_each_filter_leaves_out_the_rest(demonstration: Flask, stranger: Visitor) -> None:
    with demonstration.app_context():
        every = letters.letters()
    newest = every[0]
    for name, value in (("person", newest.head.to), ("kind", newest.kind), ("day", newest.head.day.isoformat())):
        same = [one for one in every if {"person": one.head.to, "kind": one.kind}.get(name, str(one.head.day)) == value]
        words = text_of(stranger.get(f"{MAILBOX}?{name}={value}"))
        assert f"{len(same)} email" in words, name
    nobody = text_of(stranger.get(f"{MAILBOX}?person=nobody@example.org"))
    assert "None of the emails match what you chose" in nobody


def test_it_is_read_newest_first_and_page_by_page(own_demonstration: Flask) -> None:
    clock.use(None)
    folder = Path(own_demonstration.config["PORTAL"].mailbox_folder)
    for path in folder.glob("*.eml"):
        path.unlink()
    for number in range(ON_A_PAGE + 2):
        put(folder, number, f"Number {number}")
    stranger = Visitor(own_demonstration)
    first = stranger.get(MAILBOX)
    assert re.findall(r"Number (\d+)", text_of(first))[:2] == ["41", "40"]
    assert "Page 1 of 2" in text_of(first)
    older = re.search(r'href="([^"]+)">Older emails', first.text)
    assert older
    second = stranger.get(older[1].replace("&amp;", "&"))
    assert re.findall(r"Number (\d+)", text_of(second)) == ["1", "0"]
    assert "Newer emails" in text_of(second)
    assert "Older emails" not in text_of(second)
    assert stranger.get(f"{MAILBOX}?page=99").text.count("Number") == second.text.count("Number")
    (folder / "x.eml").write_bytes((folder / f"{1:032x}.eml").read_bytes())
    assert stranger.get(f"{MAILBOX}/x").status_code == 404, "no email that the portal wrote is called so"


def put(folder: Path, number: int, subject: str) -> None:
    message = EmailMessage()
    message["To"], message["Subject"] = "rep@northfirth.example", subject
    message["Date"] = format_datetime(clock.now() - timedelta(hours=5) + timedelta(minutes=number))
    message.set_content("Hello")
    (folder / f"{number:032x}.eml").write_bytes(message.as_bytes())


def test_an_email_is_shown_as_text_and_as_people_see_it(stranger: Visitor) -> None:
    listed = stranger.get(f"{MAILBOX}?person=rep@northfirth.example")
    path = re.search(rf'href="({MAILBOX}/[0-9a-f]{{32}})"', listed.text)[1]
    plain = stranger.get(path)
    assert "Hello Morag" in text_of(plain)
    assert "To Morag Sinclair (rep@northfirth.example)" in text_of(plain)
    assert "<iframe" not in plain.text
    framing = stranger.get(f"{path}?form=html")
    assert f'src="{path}/html"' in framing.text
    assert "frame-src 'self'" in framing.headers["Content-Security-Policy"]
    html = stranger.client.get(f"{path}/html")
    assert " style=" in html.text
    assert '<base target="_top">' in html.text
    policy = html.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize("odd", ["../../etc/passwd", "x", "0" * 32])
@pytest.mark.parametrize("form", ["", "/html"])
def test_no_other_file_is_shown(stranger: Visitor, odd: str, form: str) -> None:
    assert stranger.get(f"{MAILBOX}/{odd}{form}").status_code == 404
