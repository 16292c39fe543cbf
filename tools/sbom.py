"""Writes what is installed here as a CycloneDX list: `sbom.py FILE`, with names, versions and licences.

It holds the Python packages of this environment and the npm packages of node_modules. What a portal needs to run is
`required`; what only its tests and its building need is `excluded`. Libraries in C inside a package are not listed by
themselves: the version of the package stands for them.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "base.txt"
NODE_MODULES = ROOT / "node_modules"
ON_PAGES = ("govuk-frontend",)  # of npm, what browsers get; the others build it
LONGEST_LICENCE = 60  # some packages give its whole text where its name belongs
INTEGRITY = {"sha512": HashAlgorithm.SHA_512, "sha384": HashAlgorithm.SHA_384, "sha256": HashAlgorithm.SHA_256}


def plain(name: str) -> str:
    """The name of a Python package as locks and package URLs write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> set[str]:
    """The Python packages that a portal needs to run."""
    return {plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", LOCK.read_text(), re.MULTILINE)}


def scope(is_needed: bool) -> ComponentScope:
    return ComponentScope.REQUIRED if is_needed else ComponentScope.EXCLUDED


def component(kind: str, name: str, version: str, licence: str, is_needed: bool, hashes: list[HashType]) -> Component:
    group, _, last = name.rpartition("/")
    return Component(
        name=last,
        group=group or None,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{kind}:{name}@{version}",
        purl=PackageURL(kind, group or None, last, version),
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        scope=scope(is_needed),
        hashes=hashes,
    )


def of_python() -> Iterator[Component]:
    needed = locked()
    for found in metadata.distributions():
        name = plain(found.metadata["Name"])
        yield component("pypi", name, found.version, licence_of(found.metadata), name in needed, [])


def licence_of(said: metadata.PackageMetadata) -> str:
    """What a package says of its licence: an SPDX expression, or its name; '' where it says nothing."""
    classifiers = [one for one in said.get_all("Classifier") or [] if one.startswith("License :: ")]
    named = " and ".join(one.rpartition(" :: ")[2] for one in classifiers if one != "License :: OSI Approved")
    given = (said.get_all("License") or [""])[0].strip()
    is_a_name = "\n" not in given and len(given) <= LONGEST_LICENCE
    return str((said.get_all("License-Expression") or [""])[0] or (given if is_a_name else "") or named)


def of_npm() -> Iterator[Component]:
    """What npm says that it put into node_modules, as far as it is still there."""
    kept = NODE_MODULES / ".package-lock.json"
    if not kept.exists():
        sys.exit(
            "There is no node_modules/.package-lock.json, so npm has installed nothing here. Run make setup first."
        )
    for place, one in json.loads(kept.read_text())["packages"].items():
        name = place.rpartition("node_modules/")[2]
        if (NODE_MODULES / place.removeprefix("node_modules/")).exists():
            hashes = hashes_of(one.get("integrity", ""))
            yield component("npm", name, one["version"], one.get("license", ""), name in ON_PAGES, hashes)


def hashes_of(integrity: str) -> list[HashType]:
    kind, _, encoded = integrity.partition("-")
    return [HashType(alg=INTEGRITY[kind], content=base64.b64decode(encoded).hex())] if kind in INTEGRITY else []


def listed() -> Bom:
    about = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    portal = Component(
        name=about["name"],
        version=about["version"],
        type=ComponentType.APPLICATION,
        bom_ref=about["name"],
        licenses=[LicenseFactory().make_from_string(about["license"])],
    )
    bom = Bom(components=[*of_python(), *of_npm()])
    bom.metadata.component = portal
    bom.register_dependency(portal, [one for one in bom.components if one.scope == ComponentScope.REQUIRED])
    return bom


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or not arguments[0].strip():
        sys.exit("Say which file to write: make sbom FILE=sbom.json")
    bom = listed()
    make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_to_file(
        arguments[0], allow_overwrite=True, indent=2
    )
    needed = sum(one.scope == ComponentScope.REQUIRED for one in bom.components)
    print(f"{arguments[0]}: {len(bom.components)} packages, {needed} of them needed to run the portal")
    if unknown := sorted(one.name for one in bom.components if not one.licenses):
        print(f"No licence is named by: {', '.join(unknown)}")


if __name__ == "__main__":
    main(sys.argv[1:])
