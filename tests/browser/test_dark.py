"""On a dark screen: words stand out from their ground on a page of each type, and the ground is dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import axe
from tests.browser.conftest import Running, sign_in
from tests.run_folder import count

pytestmark = pytest.mark.browser
OF_EACH_TYPE = {  # today, list, thing, form, figures, document
    "": ["/", "/sign-in", "/help", "/help/carer-rep"],
    "rep@northfirth.test": [
        "/",
        "/papers",
        "/meetings/{meeting_id}",
        "/papers/{paper_id}",
        "/claims",
        "/care/new",
        "/training",
        "/boards/northfirth/notice",
        "/account",
    ],
    "officer@northfirth.test": ["/boards/northfirth/desk", "/care/to-arrange", "/boards/northfirth/reps", "/more"],
    "clerk@northfirth.test": [
        "/meetings/{coming_id}",
        "/meetings/{coming_id}/papers/sort",
        "/boards/northfirth/people",
    ],
    "coordinator@carers.test": ["/notice", "/support-figures", "/role-model"],
}
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize("email", OF_EACH_TYPE)
def test_words_stand_out_on_a_dark_screen(chromium: Browser, running: Running, axe_address: str, email: str) -> None:
    size = {"width": 360, "height": 800}
    context = chromium.new_context(base_url=running.address, viewport=size, bypass_csp=True)  # as axe is put in
    page, wrong = context.new_page(), []
    if email:
        running.forget_tries()
        sign_in(page, email)
    light = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    for path in OF_EACH_TYPE[email]:
        count("pages in the browser")
        page.goto(path.format(**running.cast.northfirth.things))
        assert page.evaluate(GROUND) != light, path
        wrong += [f"{path}: {one}" for one in axe.violations(page, axe_address, "color-contrast")]
    context.close()
    assert not wrong
