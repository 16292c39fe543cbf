"""Takes the pictures of help and of README.md from the demonstration: `make pictures`.

It starts the demonstration, or uses the one that is running at ADDRESS=http://…, and takes every picture of the list
in portal/help/pictures.py, or those that are named: `tools/pictures.py rep-home`. Look at each before you commit it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from portal.access.roles import COORDINATOR
from portal.demonstration import accounts
from portal.help.pictures import MOST_BYTES, MOST_IN_README, PICTURES, WHOLE, Picture

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
BOARD = "northfirth"
ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
FINE, FINER = {True: 1.5, False: 1}, {True: 2, False: 1.5}  # pixels for one of CSS, by whether it is of a phone
COLOURS = (96, 64, 48, 40, 32, 24, 16)  # the most that there is room for: words stay sharp, as nothing is blurred
MARGIN = 16  # around what is shown, where the page has it
TALL = 3000  # CSS pixels, so that what is fixed to the bottom of the window is below the picture
STARTS_WITHIN = 600  # seconds: the first start fills the demonstration


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of one that runs already, or of one that is started for the pictures."""
    if given := os.environ.get("ADDRESS"):
        yield given.rstrip("/")
        return
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = (sys.executable, "-m", "flask", "--app", "wsgi", "portal", "demo")
    process = subprocess.Popen(command, env={**os.environ, "PORT": str(port)})
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/health/live", timeout=5).close()  # noqa: S310 - our own, just started
        except OSError:
            time.sleep(1)
        else:
            return
    sys.exit("The demonstration did not start.")


def sign_in(page: Page, one: Picture) -> None:
    """As the first of the cast who has the role; their tour would be above every page."""
    page.goto("/demonstration")
    token = page.locator("[name=csrf_token]").first.get_attribute("value")
    page.request.post(
        "/demonstration/sign-in",
        form={"csrf_token": token or "", "who": address_of(one.role)},
        headers={"Referer": page.url},
    )
    page.goto("/account")
    leave = page.locator('form[action="/demonstration/tour/leave"] button')
    if leave.count():
        leave.first.click()
        page.wait_for_load_state()


def address_of(role: str) -> str:
    """The account of the demonstration."""
    return accounts.COORDINATOR[0] if role == COORDINATOR else accounts.address(role, BOARD)


def open_page(page: Page, one: Picture) -> None:
    address = one.address.replace("{board}", BOARD)
    if one.link_on:
        page.goto(one.link_on.replace("{board}", BOARD))
        pattern = re.compile(re.sub(r"\\{\w+_id\\}", ID, re.escape(address)) + "$")
        links = page.locator("main a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        address = next((link for link in links if pattern.match(link)), "")
        if not address:
            sys.exit(f"{one.name}: no link on {one.link_on} leads to such a page as {one.address}")
    answer = page.goto(address)
    styles = page.locator("link[rel=stylesheet]").get_attribute("href")
    if not page.request.get(styles or "").ok:
        sys.exit("The page has no styles: the demonstration was started before they were built. Start it again.")
    headings = [" ".join(words.split()) for words in page.locator("h1, h2, h3").all_inner_texts()]
    if not answer or not answer.ok or not any(words.startswith(one.heading) for words in headings):
        sys.exit(f"{one.name}: {address} has no heading “{one.heading}”, but {headings}")


def take(browser: Browser, address: str, one: Picture, fine: float) -> Image.Image:
    size = {"width": one.width_of_window, "height": TALL}
    context = browser.new_context(
        base_url=address, viewport=size, device_scale_factor=fine, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    sign_in(page, one)
    open_page(page, one)
    begins = page.locator(one.part).first
    box = begins.bounding_box() if begins.count() else None
    if box is None:
        sys.exit(f"{one.name}: nothing on the page is {one.part}")
    above = 0 if one.part == WHOLE else MARGIN
    left, top = max(0, box["x"] - MARGIN), max(0, box["y"] - above)
    width = one.width or min(one.width_of_window - left, box["width"] + 2 * MARGIN)
    height = min(one.height, page.evaluate("document.querySelector('main').getBoundingClientRect().bottom") - top)
    clip = {"x": left, "y": top, "width": width, "height": height}
    shot = page.screenshot(full_page=True, clip=clip)
    context.close()
    return Image.open(io.BytesIO(shot)).convert("RGB")


def with_few_colours(image: Image.Image, most: int) -> Image.Image:
    """Every pixel in the nearest of the colours that are there most often, so that grounds keep theirs."""
    common = sorted(image.getcolors(image.width * image.height), reverse=True)[:most]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in common for part in colour])
    return image.quantize(palette=palette, dither=Image.Dither.NONE).convert("RGB")


def save(image: Image.Image, file: Path, most: int) -> None:
    """As well as it can be within so many bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for colours in COLOURS:
        made = io.BytesIO()
        with_few_colours(image, colours).save(made, "WEBP", lossless=True, quality=100, method=6)
        if len(made.getvalue()) <= most:
            file.write_bytes(made.getvalue())
            print(f"{file.name}: {image.width} × {image.height}, {len(made.getvalue()):,} bytes, {colours} colours")
            return
    sys.exit(f"{file}: it cannot be made so small. Show less of the page.")


def main(names: list[str]) -> None:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    with demonstration() as address, sync_playwright() as playwright:
        port = address.rpartition(":")[2]
        switches = ["--no-sandbox", f"--explicitly-allowed-ports={port}"]
        browser = playwright.chromium.launch(executable_path=path, args=switches)
        for one in PICTURES:
            if names and one.name not in names:
                continue
            save(take(browser, address, one, FINE[one.is_narrow]), one.file, MOST_BYTES)
            if one.in_readme:
                save(take(browser, address, one, FINER[one.is_narrow]), one.file_in_readme, MOST_IN_README)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
