"""A rep's role as they meet it on a phone, without JavaScript: read, agree, log an hour, choose what is public."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, unfold

pytestmark = pytest.mark.browser
REP, OFFICER = "rep@northfirth.test", "officer@northfirth.test"


def test_a_role_is_written_published_mailed_and_agreed_to(running: Running, open_page: Callable[..., Page]) -> None:
    officer = open_page(OFFICER)
    officer.goto("/boards/northfirth/roles")
    officer.get_by_role("link", name="CANARYNORTH Main Group").click()
    officer.get_by_role("link", name="Write a new version").click()
    officer.get_by_label("What this role is for").fill("Speak for **carers**\n\n- listen\n- ask")
    officer.get_by_role("button", name="Save, and see it").click()
    expect(officer.locator("ins").first).to_be_visible()
    officer.get_by_role("button", name="Publish it").click()
    running.wait_for_mail(lambda: [m for m in running.post_office.to(REP) if "New version" in m["Subject"]])
    rep = open_page(REP, width=320, scripts=False)
    unfold(rep)
    rep.get_by_role("link", name="Read and agree your role description").click()
    expect(rep.get_by_text("What has changed since you agreed")).to_be_visible()
    rep.get_by_role("button", name="I agree to this role").click()
    expect(rep.get_by_text("Thank you. You agreed to this role today.")).to_be_visible()


def test_an_hour_in_one_line_and_a_public_profile(
    running: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    rep = open_page(REP, width=320, scripts=False)
    rep.goto("/role")
    rep.get_by_label("How many hours?").fill("1:30")
    rep.get_by_role("button", name="Save these hours").click()
    rep.get_by_text("What you logged").click()
    expect(rep.get_by_text("1 hour 30 minutes, reading and preparing")).to_be_visible()
    photo = io.BytesIO()
    Image.new("RGB", (1200, 900), (11, 60, 111)).save(photo, "JPEG")
    (tmp_path / "me.jpg").write_bytes(photo.getvalue())
    rep.get_by_role("link", name="Change this").click()
    rep.get_by_label("My name").check()
    rep.get_by_label("My photo").check()
    rep.get_by_label("Your photo").set_input_files([tmp_path / "me.jpg"])
    rep.get_by_role("button", name="Save").click()
    anybody = open_page(width=320, scripts=False)
    anybody.goto("/public/boards/northfirth")
    assert anybody.locator("img.portal-photo").evaluate("image => image.naturalWidth") == 400
    anybody.get_by_role("link", name="Write to CANARYNORTH Rep").click()
    anybody.get_by_label("Your name").fill("Lee")
    anybody.get_by_label("Your email address").fill("lee@new.test")
    anybody.get_by_label("Your message").fill("May I come to a meeting?")
    anybody.get_by_role("button", name="Continue").click()
    expect(anybody.get_by_role("heading", name="Check your email to send your message")).to_be_visible()
    [asked] = running.wait_for_mail(lambda: running.post_office.to("lee@new.test"))
    anybody.goto(re.search(r"/public/letters/\S+", asked.get_body(("plain",)).get_content())[0])
    anybody.get_by_role("button", name="Send my message").click()
    expect(anybody.get_by_role("heading", name="Your message has been sent")).to_be_visible()
    running.wait_for_mail(lambda: [m for m in running.post_office.to(REP) if "Message for you" in m["Subject"]])
    rep.goto("/role/messages")
    expect(rep.get_by_text("May I come to a meeting?")).to_be_visible()
