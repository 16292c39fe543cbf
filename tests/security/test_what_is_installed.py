"""The list of what is installed is whole, and nothing is installed but what the locks name by version and hash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from config import ROOT

PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+).*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
LOCKS = ("audit", "base", "dev", "node")


def write(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "tools/sbom.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the command wrote."""
    file = tmp_path_factory.mktemp("sbom") / "sbom.json"
    done = write(str(file))
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(file.read_text())
    return said


def pinned(lock: str) -> set[str]:
    """Names with versions; one that differs from Python to Python has several."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    return {f"{found[1]}@{found[2]}" for found in PINNED.finditer(text)}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def of_kind(listed: dict[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    return {
        one["purl"].partition("/")[2]: one for one in listed["components"] if one["purl"].startswith(f"pkg:{kind}/")
    }


def test_it_is_a_cyclonedx_list_of_this_portal(listed: dict[str, Any]) -> None:
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["name"] == "carer-rep-portal"
    references = [one["bom-ref"] for one in listed["components"]]
    assert len(references) == len(set(references))


def test_every_python_package_is_on_it_with_version_and_licence(listed: dict[str, Any]) -> None:
    installed = {f"{plain(one.metadata['Name'])}@{one.version}" for one in metadata.distributions()}
    found = of_kind(listed, "pypi")
    assert set(found) == installed
    needed = pinned("base")
    assert {name for name, one in found.items() if one["scope"] == "required"} == needed & installed
    assert len(needed & installed) > 50
    assert [name for name, one in found.items() if one["scope"] == "required" and not one.get("licenses")] == []


def test_every_npm_package_is_on_it_and_what_browsers_get_is_marked(listed: dict[str, Any]) -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    there = [one for one in lock if one and (ROOT / one / "package.json").exists()]
    found = of_kind(listed, "npm")
    versions = {f"{one.removeprefix('node_modules/').replace('@', '%40')}@{lock[one]['version']}" for one in there}
    assert set(found) == versions
    assert [one["name"] for one in found.values() if one["scope"] == "required"] == ["govuk-frontend"]
    assert all(one["licenses"] and one["hashes"] for one in found.values())


@pytest.mark.parametrize("arguments", [(), ("",), ("a.json", "b.json")])
def test_without_the_name_of_a_file_it_says_what_to_do(arguments: tuple[str, ...]) -> None:
    done = write(*arguments)
    assert done.returncode == 1
    assert done.stderr == "Say which file to write: make sbom FILE=sbom.json\n"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    begun = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert len(begun) == len(pinned(lock)) > 0, "nothing is there in any other form"
    assert [found[1] for found in PINNED.finditer(text) if "--hash=sha256:" not in found[0]] == []


def test_whatever_installs_asks_for_the_hashes() -> None:
    """But `uv`, which writes the locks and is in no portal."""
    source = (ROOT / "tools" / "setup.py").read_text()
    installs = re.findall(r"run\([^)]*\"install\"[^)]*\)", source)
    assert len(installs) == 4
    without = [one for one in installs if "--require-hashes" not in one]
    assert [one for one in without if '"apt-get"' not in one and '"uv"' not in one] == []
    assert 'npm("ci")' in source, "which installs what package-lock.json holds, by its hashes"


def test_the_locks_are_those_that_are_there() -> None:
    assert sorted(path.stem for path in Path(ROOT / "requirements").glob("*.txt")) == list(LOCKS)
