"""Has LibreOffice make a PDF of one file: with 1 GB of memory, 60 seconds, a profile of its own, and no network.

Run as `python -m portal.papers.converting.convert_file FILE KIND PROGRAM`; the PDF lies beside the file, and both in
a folder of their own that is the program's home, and goes with everything in it.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from portal.infra.documents.sandbox import STOPPED_BY_OTHERS, Limits
from portal.papers.converting.rules import POWERPOINT, WORD

CPU_SECONDS = 60
MEMORY_BYTES = 1024 * 1024 * 1024
MOST_MADE = 120 * 1024 * 1024
BEGINS_AGAIN = 81  # what it answers after it has made its profile
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # as unshare(2) has them
DIES_WITH_PARENT = 1  # as prctl(2) has it
NOWHERE = "127.0.0.1"
PORT_OF_NOTHING = 9
READS = {WORD: "MS Word 2007 XML", POWERPOINT: "Impress MS PowerPoint 2007 XML"}
WRITES = {WORD: "writer_pdf_Export", POWERPOINT: "impress_pdf_Export"}
OPTIONS = (
    '{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportFormFields":{"type":"boolean","value":"false"},'
    '"ExportNotes":{"type":"boolean","value":"false"},"ExportHiddenSlides":{"type":"boolean","value":"false"}}'
)
SETTINGS = {  # of the fresh profile: no macro runs, nothing is fetched, and what would be is asked of nobody
    "Office.Common/Security/Scripting": {
        "DisableMacrosExecution": "true",
        "MacroSecurityLevel": "3",
        "BlockUntrustedRefererLinks": "true",
    },
    "Inet/Settings": {
        "ooInetProxyType": "2",
        "ooInetHTTPProxyName": NOWHERE,
        "ooInetHTTPProxyPort": str(PORT_OF_NOTHING),
        "ooInetHTTPSProxyName": NOWHERE,
        "ooInetHTTPSProxyPort": str(PORT_OF_NOTHING),
    },
}
SYSTEM = ctypes.CDLL(None, use_errno=True)


def convert(path: str, kind: str, program: str) -> int:
    """What the program answered; 0 when there is a PDF."""
    Limits(CPU_SECONDS, MEMORY_BYTES).take(MOST_MADE)
    folder = Path(path).parent
    _make_profile(folder)
    environment = environment_of(folder, has_network=not leave_network())
    command = command_of(path, kind, program)
    answer = BEGINS_AGAIN
    for _ in range(2):
        if answer == BEGINS_AGAIN:
            answer = _run(command, environment)
    if answer in STOPPED_BY_OTHERS and _seconds_used() < CPU_SECONDS:
        os.kill(os.getpid(), signal.SIGKILL)  # whoever started this hears that it was not the file
    return answer


def leave_network() -> bool:
    """Whether this process has no network from now on: not every machine lets everybody leave it."""
    return bool(SYSTEM.unshare(NEW_USER | NEW_NETWORK) == 0 or SYSTEM.unshare(NEW_NETWORK) == 0)


def environment_of(folder: Path, has_network: bool) -> dict[str, str]:
    """Nothing of the portal's own. Where the network could not be left, every way out leads nowhere."""
    own = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    nowhere = f"http://{NOWHERE}:{PORT_OF_NOTHING}"
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), nowhere)
    return {**own, "SAL_USE_VCLPLUGIN": "svp", **(proxies if has_network else {})}


def command_of(path: str, kind: str, program: str) -> list[str]:
    folder = Path(path).parent
    return [
        *(program, "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation=file://{folder}/profile",
        f"--infilter={READS[kind]}",
        *("--convert-to", f"pdf:{WRITES[kind]}:{OPTIONS}", "--outdir", str(folder), path),
    ]


def _make_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, settings in SETTINGS.items()
        for name, value in settings.items()
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(f'<?xml version="1.0"?><oor:items {spaces}>{items}</oor:items>')


def _run(command: list[str], environment: dict[str, str]) -> int:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, env=environment, preexec_fn=_die_with_parent, check=False, **quiet).returncode  # type: ignore[call-overload, no-any-return]  # noqa: S603 - our own words only


def _die_with_parent() -> None:
    SYSTEM.prctl(DIES_WITH_PARENT, signal.SIGKILL)


def _seconds_used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(0 if convert(*sys.argv[1:]) == 0 else 1)
